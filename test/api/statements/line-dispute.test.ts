import { describe, expect, it } from 'vitest';
import { countQueries } from '../../support/count-queries.ts';
import { rawSql } from '../../support/ledger.ts';
import { aKey } from '../../support/order-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin, type TestPerson } from '../../support/people.ts';
import { balances } from '../../support/settlement.ts';
import { aSale, aSupplier, close, post, type TestSupplier } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const DISPUTE = /* GraphQL */ `
  fragment Whole on LineDispute {
    id state reason answer stated { amount } claimed { amount } granted { amount }
    adjustment { kind amount { amount } }
    steps { from to reason }
  }`;
const OPEN = /* GraphQL */ `
  ${DISPUTE}
  mutation ($input: DisputeLineInput!) {
    disputeLine(input: $input) {
      __typename
      ... on LineDisputeSuccess { dispute { ...Whole } }
      ... on UserError { code message }
    }
  }`;
const ANSWER = /* GraphQL */ `
  ${DISPUTE}
  mutation ($input: AnswerLineDisputeInput!) {
    answerLineDispute(input: $input) {
      __typename
      ... on LineDisputeSuccess { dispute { ...Whole } }
      ... on UserError { code message }
    }
  }`;
const WITHDRAW = /* GraphQL */ `
  ${DISPUTE}
  mutation ($input: WithdrawLineDisputeInput!) {
    withdrawLineDispute(input: $input) {
      __typename
      ... on LineDisputeSuccess { dispute { ...Whole } }
      ... on UserError { code message }
    }
  }`;
const LINES = /* GraphQL */ `
  query ($partnerId: ID!, $period: String!) {
    statement(partnerId: $partnerId, period: $period) {
      closing { amount }
      lines {
        edges {
          node {
            id kind amount { amount } explanation latePeriod
            disputes { id state }
            trace { explanation order { orderId } dispute { id line { id amount { amount } } } }
          }
        }
      }
    }
  }`;

interface Dispute {
  readonly id: string;
  readonly state: string;
}
interface Result {
  readonly __typename: string;
  readonly code?: string;
  readonly dispute?: Dispute & Record<string, unknown>;
}
interface Line {
  readonly id: string;
  readonly kind: string;
  readonly [field: string]: unknown;
}
type Who = Pick<TestPerson, 'token'> | Record<string, never>;

const open = async (app: TestApp, who: Who, input: Record<string, unknown>) =>
  (
    await app.query<{ disputeLine: Result }>(
      OPEN,
      { input: { reason: 'The price was 120.00.', amount: '8400', idempotencyKey: aKey(), ...input } },
      who,
    )
  ).disputeLine;
const answer = async (app: TestApp, who: Who, input: Record<string, unknown>) =>
  (
    await app.query<{ answerLineDispute: Result }>(
      ANSWER,
      { input: { verdict: 'ACCEPT', amount: '8000', reason: 'We agree in part.', idempotencyKey: aKey(), ...input } },
      who,
    )
  ).answerLineDispute;
const withdraw = async (app: TestApp, who: Who, disputeId: string) =>
  (await app.query<{ withdrawLineDispute: Result }>(WITHDRAW, { input: { disputeId, reason: 'Our mistake.' } }, who))
    .withdrawLineDispute;
const linesOf = async (app: TestApp, who: Who, { supplier, period }: { supplier: TestSupplier; period: string }) => {
  const variables = { partnerId: supplier.globalId, period };
  const { statement } = await app.query<{
    statement: { closing: { amount: string }; lines: { edges: readonly { node: Line }[] } };
  }>(LINES, variables, who);
  return { closing: statement.closing.amount, lines: statement.lines.edges.map(({ node }) => node) };
};

/** A supplier with one sale in October, of which it got 70.00 and says that it should be 84.00. */
async function aClosedSale(app: TestApp) {
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-10-20T00:00:00Z');
  await close(app, '2026-10');
  const owner = await aMember(app, { partnerId: supplier.id });
  const clerk = await aFinanceClerk(app);
  const { lines } = await linesOf(app, owner, { supplier, period: '2026-10' });
  return { supplier, owner, clerk, lineId: lines[0]?.id ?? '' };
}

const NOVEMBER = { now: new Date('2026-11-05T08:00:00Z') };

describe('a disputed line', () => {
  it('is granted in part: the difference is a line of the next statement that cites it, and the books balance', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, owner, clerk, lineId } = await aClosedSale(app);
    const opened = await open(app, owner, { lineId });
    expect(opened.dispute).toMatchObject({
      state: 'OPEN',
      stated: { amount: '70.00' },
      claimed: { amount: '84.00' },
      granted: null,
    });
    const disputeId = opened.dispute?.id ?? '';
    const answered = await answer(app, clerk, { disputeId });
    expect(answered.dispute).toMatchObject({
      state: 'ACCEPTED',
      granted: { amount: '80.00' },
      answer: 'We agree in part.',
      adjustment: { kind: 'ADJUSTMENT', amount: { amount: '10.00' } },
      steps: [
        { from: null, to: 'OPEN', reason: 'The price was 120.00.' },
        { from: 'OPEN', to: 'ACCEPTED', reason: 'We agree in part.' },
      ],
    });
    const october = await linesOf(app, owner, { supplier, period: '2026-10' });
    expect(october).toMatchObject({ closing: '70.00', lines: [{ disputes: [{ id: disputeId, state: 'ACCEPTED' }] }] });
    const november = await linesOf(app, owner, { supplier, period: '2026-11' });
    expect(november).toMatchObject({
      closing: '80.00',
      lines: [
        {
          kind: 'ADJUSTMENT',
          latePeriod: null,
          trace: { order: null, dispute: { id: disputeId, line: { id: lineId, amount: { amount: '70.00' } } } },
        },
      ],
    });
    expect(november.lines[0]?.explanation).toContain('SALE of 2026-10-20');
    expect(await balances(app)).toMatchObject({
      'platform:adjustments': 1_000n,
      [`partner:${supplier.id}:payable`]: -8_000n,
    });
  });

  it('can be disputed again after the answer, from what it and its adjustment come to', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { owner, clerk, lineId } = await aClosedSale(app);
    const first = await open(app, owner, { lineId });
    await answer(app, clerk, { disputeId: first.dispute?.id });
    expect(await open(app, owner, { lineId, amount: '8000' })).toMatchObject({ code: 'INVALID_INPUT' });
    const second = await open(app, owner, { lineId });
    expect(second.dispute).toMatchObject({ stated: { amount: '80.00' }, claimed: { amount: '84.00' } });
    const answered = await answer(app, clerk, { disputeId: second.dispute?.id, amount: '8400' });
    expect(answered.dispute).toMatchObject({ adjustment: { amount: { amount: '4.00' } } });
    expect((await balances(app))['platform:adjustments']).toBe(1_400n);
  });

  it('is rejected with a reason, or withdrawn, and nothing is posted', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { owner, clerk, lineId } = await aClosedSale(app);
    const before = await balances(app);
    const first = (await open(app, owner, { lineId })).dispute?.id ?? '';
    expect(await answer(app, clerk, { disputeId: first, verdict: 'REJECT' })).toMatchObject({ code: 'INVALID_INPUT' });
    const rejected = await answer(app, clerk, {
      disputeId: first,
      verdict: 'REJECT',
      amount: null,
      reason: 'It was 100.',
    });
    expect(rejected.dispute).toMatchObject({ state: 'REJECTED', answer: 'It was 100.', adjustment: null });
    expect(await withdraw(app, owner, first)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const second = (await open(app, owner, { lineId })).dispute?.id ?? '';
    expect((await withdraw(app, owner, second)).dispute).toMatchObject({ state: 'WITHDRAWN' });
    expect((await withdraw(app, owner, second)).dispute).toMatchObject({ state: 'WITHDRAWN', steps: { length: 2 } });
    expect(await answer(app, clerk, { disputeId: second })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await balances(app)).toEqual(before);
  });

  it('may be one of an open statement, and one that takes away', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, owner, clerk } = await aClosedSale(app);
    await post(app, supplier, [{ kind: 'REFUND', amountMinor: -3_000n }]);
    const { lines } = await linesOf(app, owner, { supplier, period: '2026-11' });
    const opened = await open(app, owner, { lineId: lines[0]?.id, amount: '-1000' });
    const disputeId = opened.dispute?.id;
    for (const amount of ['-3001', '-999', '-3000', null]) {
      expect(await answer(app, clerk, { disputeId, amount })).toMatchObject({ code: 'INVALID_INPUT' });
    }
    const granted = await answer(app, clerk, { disputeId, amount: '-1000' });
    expect(granted.dispute).toMatchObject({ adjustment: { amount: { amount: '20.00' } } });
  });
});

describe('disputes under repetition and at once', () => {
  it('are one when they come with one key, and refused when the key comes with something else', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { owner, clerk, lineId } = await aClosedSale(app);
    const [idempotencyKey, answerKey] = [aKey(), aKey()];
    const same = await Promise.all(Array.from({ length: 6 }, () => open(app, owner, { lineId, idempotencyKey })));
    expect(new Set(same.map(({ dispute }) => dispute?.id)).size).toBe(1);
    expect(await open(app, owner, { lineId, idempotencyKey, amount: '8401' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    const disputeId = same[0]?.dispute?.id;
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => answer(app, clerk, { disputeId, idempotencyKey: answerKey })),
    );
    expect(new Set(answers.map(({ dispute }) => dispute?.state))).toEqual(new Set(['ACCEPTED']));
    expect(await answer(app, clerk, { disputeId, idempotencyKey: answerKey, amount: '8001' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect((await balances(app))['platform:adjustments']).toBe(1_000n);
    // The key opens the same dispute again after it was answered, too.
    expect((await open(app, owner, { lineId, idempotencyKey })).dispute).toMatchObject({
      id: disputeId,
      state: 'ACCEPTED',
    });
  });

  it('are one a line, and answered once, whoever is first', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { owner, clerk, lineId } = await aClosedSale(app);
    const opened = await Promise.all(Array.from({ length: 6 }, () => open(app, owner, { lineId })));
    const won = opened.filter(({ dispute }) => dispute);
    expect(won).toHaveLength(1);
    expect(opened.filter(({ code }) => code === 'LINE_DISPUTED')).toHaveLength(5);
    const disputeId = won[0]?.dispute?.id ?? '';
    const ends = await Promise.all([
      ...Array.from({ length: 4 }, () => answer(app, clerk, { disputeId })),
      answer(app, clerk, { disputeId, verdict: 'REJECT', amount: null }),
      withdraw(app, owner, disputeId),
    ]);
    expect(ends.filter(({ dispute }) => dispute)).toHaveLength(1);
    expect(ends.filter(({ code }) => code === 'ILLEGAL_TRANSITION')).toHaveLength(5);
    const [count] = await rawSql(
      app,
      `select count(*)::int as steps, (select count(*)::int from partner_entries where kind = 'ADJUSTMENT') as adjustments,
         (select count(*)::int from line_disputes where state = 'ACCEPTED') as accepted from line_dispute_steps`,
    );
    expect(count).toMatchObject({ steps: 2, adjustments: count?.accepted });
  });
});

describe('who may dispute and answer', () => {
  it('is the partner on one side and finance that does not belong to it on the other', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, owner, clerk, lineId } = await aClosedSale(app);
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    const viewer = await aMember(app, { partnerId: supplier.id, role: 'VIEWER' });
    for (const other of [stranger, viewer, clerk, await aLearner(app)]) {
      expect(await open(app, other, { lineId })).toMatchObject({ code: 'FORBIDDEN' });
    }
    expect(await open(app, {}, { lineId })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const disputeId = (await open(app, owner, { lineId })).dispute?.id ?? '';
    const insider = await aMember(app, { partnerId: supplier.id, personId: (await anAdmin(app)).id });
    for (const other of [owner, stranger, insider]) {
      expect(await answer(app, other, { disputeId })).toMatchObject({ code: 'FORBIDDEN' });
    }
    for (const other of [stranger, viewer, clerk]) {
      expect(await withdraw(app, other, disputeId)).toMatchObject({ code: 'FORBIDDEN' });
    }
    const manager = await aMember(app, { partnerId: supplier.id, role: 'MANAGER' });
    expect((await withdraw(app, manager, disputeId)).dispute).toMatchObject({ state: 'WITHDRAWN' });
  });

  it('decides on what is listed and fetched, too', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, owner, clerk, lineId } = await aClosedSale(app);
    const id = (await open(app, owner, { lineId })).dispute?.id;
    const stranger = await aMember(app, { partnerId: (await aPartner(app)).id });
    const node = 'query ($id: ID!) { node(id: $id) { id ... on LineDispute { state } ... on StatementLine { kind } } }';
    for (const who of [owner, clerk]) {
      expect((await app.graphql(node, { id }, who)).data).toEqual({ node: { id, state: 'OPEN' } });
      expect((await app.graphql(node, { id: lineId }, who)).data).toEqual({ node: { id: lineId, kind: 'SALE' } });
    }
    expect((await app.graphql(node, { id }, stranger)).data).toEqual({ node: null });
    expect((await app.graphql(node, { id: lineId }, stranger)).data).toEqual({ node: null });
    const list = `query ($partnerId: ID, $state: LineDisputeState) {
      lineDisputes(partnerId: $partnerId, state: $state, first: 5) { edges { node { id partner { name } line { kind } steps { to } } } } }`;
    const seen = async (who: Who, variables: object) => {
      const { data, errors } = await app.graphql(list, { ...variables }, who);
      const shown = data?.lineDisputes as { edges: unknown[] } | undefined;
      return shown ? shown.edges.length : errors[0]?.extensions?.code;
    };
    expect(await seen(clerk, { state: 'OPEN' })).toBe(1);
    expect(await seen(clerk, { state: 'ACCEPTED' })).toBe(0);
    expect(await seen(owner, { partnerId: supplier.globalId })).toBe(1);
    expect(await seen(owner, {})).toBe('FORBIDDEN');
    expect(await seen(stranger, { partnerId: supplier.globalId })).toBe('FORBIDDEN');
  });

  it('lists thirty disputes with as many statements as one', async () => {
    await using app = await startTestApp(NOVEMBER);
    const { supplier, owner, clerk } = await aClosedSale(app);
    await post(
      app,
      supplier,
      Array.from({ length: 30 }, () => ({ kind: 'SALE' as const, amountMinor: 5n })),
    );
    const { lines } = await linesOf(app, owner, { supplier, period: '2026-11' });
    const rest = await rawSql(app, 'select posting_id as id from partner_entries where statement_id is null');
    expect(lines.length).toBe(20);
    for (const { id } of rest) {
      const lineId = Buffer.from(`StatementLine:${id}`).toString('base64url');
      await open(app, owner, { lineId });
    }
    const list = `query ($first: Int!) { lineDisputes(first: $first) {
      edges { node { partner { name } line { kind } adjustment { kind } steps { to } } } } }`;
    const one = await countQueries(app, () => app.query(list, { first: 1 }, clerk));
    expect(await countQueries(app, () => app.query(list, { first: 30 }, clerk))).toBe(one);
  });
});
