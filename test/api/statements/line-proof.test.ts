import { describe, expect, it } from 'vitest';
import { checkProof } from '../../../src/statements/index.ts';
import { countQueries } from '../../support/count-queries.ts';
import { tamper } from '../../support/ledger.ts';
import { aMember } from '../../support/partners.ts';
import { aSale, aSupplier, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const PROOFS = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!, $first: Int = 50) {
    statement(partnerId: $partnerId, period: $period) {
      merkleRoot
      lines(first: $first) { edges { node { postingId amount { minor } proof { leaf hash index size path root } } } }
    }
  }`;

interface Proved {
  readonly merkleRoot: string | null;
  readonly lines: {
    readonly edges: readonly {
      readonly node: {
        readonly postingId: string;
        readonly amount: { readonly minor: string };
        readonly proof: { readonly leaf: string; readonly root: string } | null;
      };
    }[];
  };
}

async function aProvedMonth(app: TestApp, lines: number) {
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-10-20T00:00:00Z');
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 21, 0, minute));
  const others = Array.from({ length: lines - 1 }, (_, n) => ({
    kind: 'ADJUSTMENT' as const,
    amountMinor: BigInt(n + 1),
    effectiveAt: at(n),
    explanation: `调整 "${n}" \\ <${n}>\u2028`,
  }));
  await post(app, supplier, others);
  await close(app, '2026-10');
  const owner = await aMember(app, { partnerId: supplier.id });
  const ask = async (options: { period?: string; first?: number } = {}) => {
    const variables = { partnerId: supplier.globalId, period: '2026-10', ...options };
    const token = await app.tokenOf(owner.id);
    return (await app.query<{ statement: Proved }>(PROOFS, variables, { token })).statement;
  };
  return { supplier, ask };
}

describe('the proof of a line', () => {
  it('leads from every line to the root of its statement, and says what the line says', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { ask } = await aProvedMonth(app, 13);
    const { merkleRoot, lines } = await ask();
    expect(merkleRoot).toMatch(/^[0-9a-f]{64}$/);
    expect(lines.edges).toHaveLength(13);
    for (const { node } of lines.edges) {
      expect(checkProof(node.proof, merkleRoot ?? '')).toMatchObject({ kind: 'LINE', holds: true });
      const { postingId, amount } = node;
      expect(JSON.parse(node.proof?.leaf ?? '')).toMatchObject({ postingId, amountMinor: amount.minor });
    }
  });

  it.each([
    ['the amount of the line', 'update statement_lines set amount_minor = amount_minor + 1 where position = 3'],
    ['its explanation', "update statement_lines set explanation = 'Nothing.' where position = 3"],
    [
      'the hash of another line',
      'update statement_lines set leaf_hash = md5(leaf_hash) || md5(leaf_hash) where position = 5',
    ],
    ['the header', 'update statements set closing_minor = closing_minor + 1'],
  ])('holds no more once somebody changed %s', async (_, change) => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { ask } = await aProvedMonth(app, 7);
    await tamper(app, change);
    const proof = (await ask()).lines.edges[2]?.node.proof;
    expect(checkProof(proof)).toMatchObject({ holds: false });
  });

  it('is absent while the month is open', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { supplier, ask } = await aProvedMonth(app, 2);
    await post(app, supplier, [{ kind: 'SALE', amountMinor: 5n }]);
    const open = await ask({ period: '2026-11' });
    expect([open.merkleRoot, open.lines.edges[0]?.node.proof]).toEqual([null, null]);
  });

  it('sends as many statements for thirty lines as for one', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const { ask } = await aProvedMonth(app, 31);
    const one = await countQueries(app, () => ask({ first: 1 }));
    expect(await countQueries(app, () => ask({ first: 30 }))).toBe(one);
  });
});
