import { chartOfAccounts } from '../../src/ledger/index.ts';
import type { PartnerEntryKind } from '../../src/partner-accounts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { monthOf } from '../../src/shared/month.ts';
import { aMember, aPartner, type PartnerOptions } from './partners.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

export interface TestPayee {
  readonly id: string;
  readonly globalId: string;
  readonly owner: TestPerson;
}

/** An active partner with an owner, who has said where its money goes unless told otherwise. */
export async function aPayee(
  app: TestApp,
  options: PartnerOptions & { account?: string | null; beneficiary?: string } = {},
): Promise<TestPayee> {
  const { account = 'DE89370400440532013000', beneficiary = 'Partner GmbH', ...partner } = options;
  const { id } = await aPartner(app, partner);
  const owner = await aMember(app, { partnerId: id });
  const payee = { id, globalId: globalId('Partner', id), owner };
  if (account !== null) await setDetails(app, payee, { account, beneficiary });
  return payee;
}

const SET_DETAILS = /* GraphQL */ `
  mutation ($input: SetPayoutDetailsInput!) {
    setPayoutDetails(input: $input) {
      __typename
      ... on SetPayoutDetailsSuccess { details { number beneficiary account bankName country setBy } }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

export interface DetailsAnswer {
  readonly __typename: string;
  readonly code?: string;
  readonly field?: string;
  readonly details?: { readonly number: number; readonly account: string };
}

export async function setDetails(
  app: TestApp,
  { globalId: partnerId, owner }: TestPayee,
  options: {
    account?: string;
    beneficiary?: string;
    bankName?: string;
    country?: string;
    by?: { token?: string };
  } = {},
): Promise<DetailsAnswer> {
  const { by = owner, ...given } = options;
  const facts = { account: 'DE89370400440532013000', beneficiary: 'Partner GmbH', bankName: 'A Bank', country: 'DE' };
  const variables = { input: { partnerId, ...facts, ...given } };
  return (await app.query<{ setPayoutDetails: DetailsAnswer }>(SET_DETAILS, variables, by)).setPayoutDetails;
}

export interface EarningOptions {
  readonly amountMinor: bigint;
  readonly currency?: string;
  readonly at?: Date;
  readonly availableAt?: Date;
  readonly kind?: PartnerEntryKind;
}

/** Posts something on a partner's account, positive or negative, as a settled sale or refund does. */
export async function anEarning(app: TestApp, partnerId: string, options: EarningOptions): Promise<void> {
  const { amountMinor, currency = 'CNY', at = app.clock.now() } = options;
  const { availableAt = at, kind = amountMinor > 0n ? ('SALE' as const) : ('REFUND' as const) } = options;
  const sourceId = app.platform.ids.next();
  const partnerEntry = {
    partnerId,
    kind,
    period: monthOf(at, 'UTC'),
    availableAt,
    sourceId,
    explanation: 'Of a test.',
  };
  const account = chartOfAccounts.partnerPayable(partnerId);
  const clearing = chartOfAccounts.providerClearing('sandbox');
  const entry = {
    idempotencyKey: `test:${sourceId}`,
    kind,
    reference: `test:${sourceId}`,
    effectiveAt: at,
    postings: [
      { account, amountMinor: -amountMinor, currency, reference: 'share', partnerEntry },
      { account: clearing, amountMinor, currency, reference: 'money' },
    ],
  };
  await app.platform.database.transaction((em) => app.services.partnerAccounts.post(em, [entry]));
}

const PAYABLE = /* GraphQL */ `
  query ($partnerId: ID!, $currency: String!) {
    payable(partnerId: $partnerId, currency: $currency) {
      currency at reason explanation
      balance { amount } available { amount } waiting { amount } deducted { amount } paidOut { amount }
      underWay { amount } payable { amount } minimum { amount } payout { amount } carriedOver { amount }
      waitingParts { period waitsFor availableAt amount { amount } }
    }
  }`;

const SUMS = [
  'balance',
  'available',
  'waiting',
  'deducted',
  'paidOut',
  'underWay',
  'payable',
  'minimum',
  'payout',
  'carriedOver',
] as const;
type Sum = (typeof SUMS)[number];

/** A payable with its sums in major units. */
export type ShownPayable = Readonly<Record<Sum, string>> & {
  readonly reason: string | null;
  readonly explanation: string | null;
  readonly waitingParts: readonly unknown[];
};

/** Asks the API what can be paid to a partner. */
export async function askPayable(
  app: TestApp,
  who: { token?: string },
  { globalId: partnerId, currency = 'CNY' }: { globalId: string; currency?: string },
): Promise<ShownPayable | null> {
  const { payable } = await app.query<{ payable: Record<Sum, { amount: string }> | null }>(
    PAYABLE,
    { partnerId, currency },
    who,
  );
  if (!payable) return null;
  const sums = Object.fromEntries(SUMS.map((name) => [name, payable[name].amount]));
  return { ...payable, ...sums } as unknown as ShownPayable;
}
