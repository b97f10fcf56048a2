import { chartOfAccounts } from '../../src/ledger/index.ts';
import type { PartnerEntryKind } from '../../src/partner-accounts/index.ts';
import { system } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { aContent } from './contents.ts';
import { aContract } from './contracts.ts';
import { aPaidOrder, type TestOrder } from './orders.ts';
import { aPartner } from './partners.ts';
import type { TestApp } from './test-app.ts';

/** A partner whose course sells for 100.00 CNY, of which it gets 70.00, in months of Shanghai. */
export interface TestSupplier {
  readonly id: string;
  readonly contentId: string;
  /** The partner as the API names it. */
  readonly globalId: string;
}

export async function aSupplier(app: TestApp, options: { currency?: string } = {}): Promise<TestSupplier> {
  const { id } = await aPartner(app);
  const { currency = 'CNY' } = options;
  await aContract(app, { parties: [{ partnerId: id }], currency });
  const content = await aContent(app, { partnerId: id, priceMinor: 10_000n, currency });
  return { id, contentId: content.id, globalId: globalId('Partner', id) };
}

/** A sale that is paid and settled. */
export async function aSale(app: TestApp, supplier: TestSupplier, paidAt: string): Promise<TestOrder> {
  const order = await aPaidOrder(app, { contentIds: [supplier.contentId], paidAt: new Date(paidAt), feeMinor: 60n });
  await app.services.allocations.settleSales([order.id]);
  return order;
}

export interface EntryOptions {
  readonly kind: PartnerEntryKind;
  /** Positive: the platform owes the partner more. */
  readonly amountMinor: bigint;
  readonly currency?: string;
  readonly period?: string;
  readonly effectiveAt?: Date;
  readonly availableAt?: Date;
  readonly sourceId?: string;
  readonly explanation?: string;
}

/** Entries on a supplier's account that no sale brought, in one transaction. @returns the ids of their lines */
export async function post(app: TestApp, { id: partnerId }: { id: string }, entries: readonly EntryOptions[]) {
  const drafts = entries.map((options) => draftOf(app, partnerId, options));
  const posted = await app.platform.database.transaction((em) => app.services.partnerAccounts.post(em, drafts));
  return posted.map(({ postingIds: [postingId] }) => present(postingId, 'the posting of the partner'));
}

function draftOf(app: TestApp, partnerId: string, options: EntryOptions) {
  const { kind, amountMinor, currency = 'CNY', sourceId = app.platform.ids.next() } = options;
  const effectiveAt = options.effectiveAt ?? app.clock.now();
  const { period = effectiveAt.toISOString().slice(0, 7), availableAt = effectiveAt } = options;
  const explanation = options.explanation ?? `A ${kind} of the tests.`;
  const partnerEntry = { partnerId, kind, period, availableAt, sourceId, explanation };
  const [reference, idempotencyKey] = [`test:${kind}`, `test:${app.platform.ids.next()}`];
  return {
    idempotencyKey,
    kind,
    reference,
    effectiveAt,
    postings: [
      {
        account: chartOfAccounts.partnerPayable(partnerId),
        amountMinor: -amountMinor,
        currency,
        reference,
        partnerEntry,
      },
      { account: chartOfAccounts.platformAdjustments, amountMinor, currency, reference },
    ],
  };
}

export function close(app: TestApp, period: string) {
  return app.services.statements.closePeriod(system('test'), period);
}

/** A statement as the API shows it. */
export interface ShownStatement {
  readonly period: string;
  readonly currency: string;
  readonly closedAt: string | null;
  readonly opening: { readonly amount: string };
  readonly closing: { readonly amount: string };
  readonly lines: {
    readonly edges: readonly {
      readonly node: {
        readonly postingId: string;
        readonly kind: string;
        readonly amount: { readonly minor: string; readonly amount: string };
        readonly effectiveAt: string;
        readonly latePeriod: string | null;
      };
    }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const STATEMENT = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!, $currency: String, $first: Int!, $after: String) {
    statement(partnerId: $partnerId, period: $period, currency: $currency) {
      period currency closedAt opening { amount } closing { amount }
      lines(first: $first, after: $after) {
        edges { node { postingId kind amount { minor amount } effectiveAt latePeriod } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

export interface StatementQuestion {
  readonly partnerId: string;
  readonly period: string;
  readonly currency?: string;
  readonly first?: number;
  readonly after?: string | null;
}

/** Asks the API for a statement in somebody's name. */
export async function askStatement(
  app: TestApp,
  who: { token?: string },
  question: StatementQuestion,
): Promise<ShownStatement | null> {
  const variables = { first: 100, ...question };
  return (await app.query<{ statement: ShownStatement | null }>(STATEMENT, variables, who)).statement;
}
