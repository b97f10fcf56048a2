import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, platformAndOwner } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { rawSql } from '../../support/ledger.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aSale, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const LINES = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!, $first: Int = 50) {
    statement(partnerId: $partnerId, period: $period) {
      closing { amount }
      lines(first: $first) {
        edges {
          node {
            kind amount { amount }
            trace {
              explanation payoutId order { orderId } payment { provider } allocation { kind } recompute { equal } touchpoint { kind }
              contract { contractId name versionNumber term { clause kind } } dispute { id }
            }
          }
        }
      }
    }
  }`;

interface Line {
  readonly kind: string;
  readonly amount: { readonly amount: string };
  readonly trace: Record<string, unknown>;
}

/** A partner that is guaranteed 100.00 a month, or was promised an advance. */
async function aPartnerWith(app: TestApp, kind: 'MINIMUM_GUARANTEE' | 'ADVANCE') {
  const { id } = await aPartner(app);
  const promise = { step: 3, beneficiary: 'PARTNER' as const, partnerId: id };
  const promises = {
    MINIMUM_GUARANTEE: { clause: '7.1', amountMinor: 10_000n, window: 'MONTH' as const },
    ADVANCE: { clause: '8.1', amountMinor: 5_000n, percent: '50' },
  };
  const terms = [...platformAndOwner, { ...promise, kind, ...promises[kind], description: 'A promise.' }];
  const contract = await aContract(app, { name: 'Floor', parties: [{ partnerId: id }], versions: [{ terms }] });
  const { id: contentId } = await aContent(app, { partnerId: id, priceMinor: 10_000n });
  const supplier = { id, contentId, globalId: globalId('Partner', id) };
  const owner = await aMember(app, { partnerId: id });
  const ask = async (period: string, first = 50) => {
    const variables = { partnerId: supplier.globalId, period, first };
    const token = await app.tokenOf(owner.id);
    const { statement } = await app.query<{
      statement: { closing: { amount: string }; lines: { edges: readonly { node: Line }[] } };
    }>(LINES, variables, { token });
    return { closing: statement.closing.amount, lines: statement.lines.edges.map(({ node }) => node) };
  };
  return { supplier, contract, ask };
}

const nothing = { order: null, payment: null, allocation: null, recompute: null, touchpoint: null };

describe('the source of a line that no sale brought', () => {
  it('of a guarantee is its clause; closing posts what is missing before it takes the lines', async () => {
    await using app = await startTestApp({ now: new Date('2026-10-05T08:00:00Z') });
    const { supplier, contract, ask } = await aPartnerWith(app, 'MINIMUM_GUARANTEE');
    await aSale(app, supplier, '2026-10-10T00:00:00Z');
    expect((await ask('2026-10')).lines.map(({ kind }) => kind)).not.toContain('GUARANTEE');
    const before = Number((await ask('2026-10')).closing);
    app.clock.set(new Date('2026-11-05T08:00:00Z'));
    await close(app, '2026-10');
    const { closing, lines } = await ask('2026-10');
    expect([before < 100, closing]).toEqual([true, '100.00']);
    const guarantee = lines.find(({ kind }) => kind === 'GUARANTEE');
    expect(guarantee?.trace).toMatchObject({
      ...nothing,
      dispute: null,
      payoutId: null,
      contract: {
        contractId: globalId('Contract', contract.id),
        name: 'Floor',
        versionNumber: 1,
        term: { clause: '7.1', kind: 'MINIMUM_GUARANTEE' },
      },
    });
    // A month without any sale is topped up whole; one that was topped up stays as it is.
    app.clock.set(new Date('2026-12-05T08:00:00Z'));
    await Promise.all([close(app, '2026-11'), close(app, '2026-11'), close(app, '2026-11')]);
    expect(await ask('2026-11')).toMatchObject({ closing: '200.00', lines: [{ kind: 'GUARANTEE' }] });
  });

  it('of an advance is its clause, and of a payout the payout', async () => {
    await using app = await startTestApp({ now: new Date('2026-10-05T08:00:00Z') });
    const { supplier, ask } = await aPartnerWith(app, 'ADVANCE');
    const [term] = await rawSql(app, "select id from contract_terms where clause = '8.1'");
    const payoutId = app.platform.ids.next();
    await post(app, supplier, [
      { kind: 'ADVANCE', amountMinor: 5_000n, sourceId: String(term?.id), explanation: 'Ahead.' },
      { kind: 'PAYOUT', amountMinor: -5_000n, sourceId: payoutId },
      { kind: 'PAYOUT_RETURN', amountMinor: 5_000n, sourceId: payoutId },
    ]);
    const { lines } = await ask('2026-10');
    const [advance, payout, returned] = lines.map(({ trace }) => trace);
    expect(advance).toMatchObject({ ...nothing, explanation: 'Ahead.', contract: { term: { clause: '8.1' } } });
    for (const trace of [payout, returned]) {
      expect(trace).toMatchObject({ ...nothing, contract: null, payoutId: globalId('Payout', payoutId) });
    }
  });

  it('is found with as many statements for forty lines of all kinds as for four', async () => {
    await using app = await startTestApp({ now: new Date('2026-10-05T08:00:00Z') });
    const { supplier, ask } = await aPartnerWith(app, 'ADVANCE');
    const [term] = await rawSql(app, "select id from contract_terms where clause = '8.1'");
    await aSale(app, supplier, '2026-10-01T00:00:00Z');
    const kinds = ['ADVANCE', 'ADJUSTMENT', 'PAYOUT'] as const;
    const entries = Array.from({ length: 39 }, (_, n) => ({
      kind: kinds[n % 3] ?? 'PAYOUT',
      amountMinor: 5n,
      sourceId: String(term?.id),
    }));
    await post(app, supplier, entries);
    const four = await countQueries(app, () => ask('2026-10', 4));
    expect(await countQueries(app, () => ask('2026-10', 40))).toBe(four);
  });
});
