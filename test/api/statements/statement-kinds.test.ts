import { describe, expect, it } from 'vitest';
import { PARTNER_ENTRY_KINDS } from '../../../src/partner-accounts/index.ts';
import { aMember } from '../../support/partners.ts';
import { aSupplier, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const STATEMENT = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!, $order: StatementLineOrder!, $kinds: [StatementLineKind!], $first: Int = 100, $after: String) {
    statement(partnerId: $partnerId, period: $period) {
      closedAt carriedFrom lineCount
      opening { amount } closing { amount } pending { amount } available { amount }
      totals { kind count amount { minor } }
      lines(order: $order, kinds: $kinds, first: $first, after: $after) {
        edges { node { kind latePeriod explanation availableAt amount { minor } } }
        pageInfo { hasNextPage endCursor }
      }
    }
  }`;

interface Shown {
  readonly closedAt: string | null;
  readonly carriedFrom: string | null;
  readonly lineCount: number;
  readonly opening: { amount: string };
  readonly closing: { amount: string };
  readonly pending: { amount: string };
  readonly available: { amount: string };
  readonly totals: readonly { kind: string; count: number; amount: { minor: string } }[];
  readonly lines: {
    readonly edges: readonly { node: { kind: string; latePeriod: string | null; amount: { minor: string } } }[];
    readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

interface Question {
  readonly period?: string;
  readonly order?: string;
  readonly kinds?: readonly string[];
  readonly first?: number;
  readonly after?: string | null;
}

async function aReader(app: TestApp) {
  const supplier = await aSupplier(app);
  const owner = await aMember(app, { partnerId: supplier.id });
  const ask = async ({ period = '2026-10', order = 'OLDEST_FIRST', ...rest }: Question = {}) => {
    const variables = { partnerId: supplier.globalId, period, order, ...rest };
    // A new session each time: the clock of a test runs past the end of one.
    const token = await app.tokenOf(owner.id);
    return (await app.query<{ statement: Shown }>(STATEMENT, variables, { token })).statement;
  };
  return { supplier, ask };
}

const kindsOf = ({ lines }: Shown) => lines.edges.map(({ node }) => node.kind);

describe('a statement of every kind of entry', () => {
  it('shows them all, open and closed alike, with sums by kind', async () => {
    await using app = await startTestApp({ now: new Date('2026-10-15T08:00:00Z') });
    const { supplier, ask } = await aReader(app);
    const entries = PARTNER_ENTRY_KINDS.flatMap((kind, day) => {
      const effectiveAt = new Date(Date.UTC(2026, 9, day + 1));
      return [
        { kind, amountMinor: 100n, effectiveAt },
        { kind, amountMinor: -BigInt(day + 1), effectiveAt: new Date(effectiveAt.getTime() + 1) },
      ];
    });
    await post(app, supplier, entries);
    const open = await ask();
    app.clock.set(new Date('2026-11-05T08:00:00Z'));
    await close(app, '2026-10');
    const closed = await ask();
    expect({ ...closed, closedAt: null }).toEqual(open);
    expect(closed.closedAt).toBe('2026-11-05T08:00:00.000Z');
    expect(new Set(kindsOf(closed))).toEqual(new Set(PARTNER_ENTRY_KINDS));
    expect(closed).toMatchObject({ lineCount: 20, opening: { amount: '0.00' }, closing: { amount: '9.45' } });
    expect(closed.totals).toEqual(
      PARTNER_ENTRY_KINDS.map((kind, day) => ({ kind, count: 2, amount: { minor: String(99 - day) } })),
    );
  });

  it.each(['open', 'closed'])('lists the lines of an %s month newest first, by kind, page by page', async (state) => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { supplier, ask } = await aReader(app);
    const kinds = ['SALE', 'PAYOUT', 'SALE', 'REFUND', 'SALE'] as const;
    const at = (day: number) => new Date(Date.UTC(2026, 9, day + 1));
    await post(
      app,
      supplier,
      kinds.map((kind, day) => ({ kind, amountMinor: BigInt(day + 1), effectiveAt: at(day) })),
    );
    if (state === 'closed') await close(app, '2026-10');
    expect(kindsOf(await ask({ order: 'NEWEST_FIRST' }))).toEqual(kinds.toReversed());
    const first = await ask({ order: 'NEWEST_FIRST', kinds: ['SALE', 'REFUND'], first: 2 });
    expect(kindsOf(first)).toEqual(['SALE', 'REFUND']);
    expect(first.lines.pageInfo.hasNextPage).toBe(true);
    const after = first.lines.pageInfo.endCursor;
    const rest = await ask({ order: 'NEWEST_FIRST', kinds: ['SALE', 'REFUND'], after });
    expect(rest.lines.edges.map(({ node }) => node.amount.minor)).toEqual(['3', '1']);
    expect(rest.lines.pageInfo.hasNextPage).toBe(false);
  });

  it('tells what is on hold from what is available, and carries both on', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { supplier, ask } = await aReader(app);
    const october = new Date('2026-10-20T00:00:00Z');
    await post(app, supplier, [
      { kind: 'SALE', amountMinor: 1_000n, effectiveAt: october },
      { kind: 'SALE', amountMinor: 500n, effectiveAt: october, availableAt: new Date('2026-12-20T00:00:00Z') },
      { kind: 'REFUND', amountMinor: -200n, effectiveAt: october, availableAt: new Date('2026-12-20T00:00:00Z') },
    ]);
    const split = async (period: string) => {
      const { opening, closing, pending, available, carriedFrom } = await ask({ period });
      return [opening.amount, closing.amount, pending.amount, available.amount, carriedFrom];
    };
    expect(await split('2026-10')).toEqual(['0.00', '13.00', '5.00', '8.00', null]);
    await close(app, '2026-10');
    expect(await split('2026-10')).toEqual(['0.00', '13.00', '5.00', '8.00', null]);
    expect(await split('2026-11')).toEqual(['13.00', '13.00', '5.00', '8.00', '2026-10']);
    app.clock.set(new Date('2026-12-21T00:00:00Z'));
    expect(await split('2026-11')).toEqual(['13.00', '13.00', '0.00', '13.00', '2026-10']);
    // What was closed says what was so when it was closed.
    expect(await split('2026-10')).toEqual(['0.00', '13.00', '5.00', '8.00', null]);
    await close(app, '2026-11');
    expect(await split('2026-11')).toEqual(['13.00', '13.00', '0.00', '13.00', '2026-10']);
  });

  it('says of a late line which month it is of, also when it is asked for by itself', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { supplier, ask } = await aReader(app);
    await close(app, '2026-10');
    const late = { kind: 'SALE' as const, amountMinor: 5n, effectiveAt: new Date('2026-10-31T00:00:00Z') };
    await post(app, supplier, [late]);
    const { lines } = await ask({ period: '2026-11' });
    expect(lines.edges.map(({ node }) => node.latePeriod)).toEqual(['2026-10']);
  });
});
