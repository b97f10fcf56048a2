import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aKey } from '../../support/order-operations.ts';
import { aPaidOrder } from '../../support/orders.ts';
import { aFinanceClerk, aLearner, anAdmin, type TestPerson } from '../../support/people.ts';
import {
  balanceOf,
  decimal,
  reconciled,
  type SeenException,
  seeRun,
  stripeFile,
} from '../../support/reconciliation.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CLEARING = 'provider:sandbox:clearing';
const COST = 'platform:reconciliation';

type Step = 'assign' | 'resolve' | 'accept' | 'reopen';

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly exception?: { readonly state: string; readonly ledgerTransactionId: string | null };
}

async function step(
  app: TestApp,
  who: { token?: string },
  name: Step,
  input: Record<string, unknown>,
): Promise<Answer> {
  const title = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const type =
    { assign: 'AssignExceptionInput', resolve: 'ResolveExceptionInput' }[name as string] ?? 'ExceptionStepInput';
  const document = `mutation ($input: ${type}!) { answer: ${name}Exception(input: $input) {
    __typename ... on ${title}ExceptionSuccess { exception { state ledgerTransactionId } } ... on UserError { code message } } }`;
  return (await app.query<{ answer: Answer }>(document, { input: { reason: 'Looked into.', ...input } }, who)).answer;
}

/** A run that found a payment of 12.34 which our books do not have, and one of ours that it lacks. */
async function aRun(app: TestApp, clerk: TestPerson) {
  const at = app.clock.now();
  const [first, missing, last] = [
    await aPaidOrder(app, { paidAt: new Date(at.getTime() - 3_600_000) }),
    await aPaidOrder(app, { paidAt: new Date(at.getTime() - 1_800_000) }),
    await aPaidOrder(app, { paidAt: at }),
  ];
  const charge = (order: typeof first, when: Date) => ({
    txn: order.id,
    at: when,
    category: 'charge' as const,
    gross: decimal(order.totalMinor),
    fee: decimal((order.totalMinor * 6n + 500n) / 1_000n),
    charge: `sbx_${order.id}`,
  });
  const unknown = { txn: 'nobody', category: 'charge' as const, gross: '12.34', charge: 'ch_nobody' };
  const lines = [charge(first, new Date(at.getTime() - 3_600_000)), charge(last, at), unknown];
  const run = await reconciled(app, clerk, stripeFile(lines, at));
  const of = (name: string) => run.exceptions.find((one) => one.class === name) as SeenException;
  const later = stripeFile([charge(missing, new Date(at.getTime() - 1_800_000))], at);
  return { run, missing, later, unknown: of('MISSING_IN_LEDGER'), absent: of('MISSING_IN_FILE') };
}

describe('an exception', () => {
  it('is assigned, resolved by an entry that moves its difference, and opened again by the opposite one', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const { run, unknown } = await aRun(app, clerk);
    const before = await balanceOf(app, CLEARING);
    const exceptionId = unknown.id;
    const assigned = await step(app, clerk, 'assign', { exceptionId, assigneeId: globalId('User', clerk.id) });
    expect(assigned.exception?.state).toBe('ASSIGNED');
    const learner = globalId('User', (await aLearner(app)).id);
    expect(await step(app, clerk, 'assign', { exceptionId, assigneeId: learner })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    const idempotencyKey = aKey();
    const resolved = await step(app, clerk, 'resolve', { exceptionId, idempotencyKey });
    expect(resolved.exception).toMatchObject({ state: 'RESOLVED', ledgerTransactionId: expect.any(String) });
    expect(await step(app, clerk, 'resolve', { exceptionId, idempotencyKey })).toEqual(resolved);
    expect(await step(app, clerk, 'resolve', { exceptionId, idempotencyKey, amountMinor: '1' })).toMatchObject({
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect(await step(app, clerk, 'resolve', { exceptionId, idempotencyKey: aKey() })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
    expect([await balanceOf(app, CLEARING), await balanceOf(app, COST)]).toEqual([before + 1_234n, -1_234n]);
    await step(app, clerk, 'reopen', { exceptionId });
    expect([await balanceOf(app, CLEARING), await balanceOf(app, COST)]).toEqual([before, 0n]);
    expect((await step(app, clerk, 'accept', { exceptionId })).exception?.state).toBe('ACCEPTED');
    const seen = (await seeRun(app, clerk, run.id)).exceptions.find(({ id }) => id === exceptionId);
    expect(seen?.steps.map(({ to, by }) => [to, by])).toEqual([
      ['OPEN', 'system:reconciliation'],
      ['ASSIGNED', `user:${clerk.id}`],
      ['RESOLVED', `user:${clerk.id}`],
      ['OPEN', `user:${clerk.id}`],
      ['ACCEPTED', `user:${clerk.id}`],
    ]);
  });

  it('is resolved by one of two clerks who try at once', async () => {
    await using app = await startTestApp();
    const clerks = [await aFinanceClerk(app), await aFinanceClerk(app), await anAdmin(app)];
    const { unknown } = await aRun(app, clerks[0] as TestPerson);
    const input = () => ({ exceptionId: unknown.id, idempotencyKey: aKey() });
    const answers = await Promise.all(clerks.map((clerk) => step(app, clerk, 'resolve', input())));
    const names = answers.map(({ __typename }) => __typename).toSorted();
    expect(names).toEqual(['IllegalTransitionError', 'IllegalTransitionError', 'ResolveExceptionSuccess']);
    expect(await balanceOf(app, COST)).toBe(-1_234n);
  });

  it('closes by itself when a later file brings what was missing, and takes back what was posted for it', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const { run, absent, later, missing } = await aRun(app, clerk);
    await step(app, clerk, 'resolve', { exceptionId: absent.id, idempotencyKey: aKey() });
    expect(await balanceOf(app, COST)).toBe(missing.totalMinor);
    const next = await reconciled(app, clerk, later, { name: 'november.csv' });
    expect(next.exceptions).toEqual([]);
    const seen = (await seeRun(app, clerk, run.id)).exceptions.find(({ id }) => id === absent.id);
    expect(seen).toMatchObject({ state: 'SETTLED', ledgerTransactionId: null });
    expect(seen?.steps.at(-1)).toMatchObject({ reason: 'Both sides of it were found when november.csv was read.' });
    expect(await balanceOf(app, COST)).toBe(0n);
  });

  it('is resolved with many others, each for itself', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const { unknown, absent, missing } = await aRun(app, clerk);
    await step(app, clerk, 'accept', { exceptionId: absent.id });
    const document = /* GraphQL */ `
      mutation ($input: ResolveExceptionsInput!) {
        resolveExceptions(input: $input) {
          ... on ResolveExceptionsSuccess { results { code exception { state } } }
          ... on UserError { code }
        }
      }`;
    const input = { exceptionIds: [unknown.id, absent.id], reason: 'All of them.', idempotencyKey: aKey() };
    const results = [
      { code: null, exception: { state: 'RESOLVED' } },
      { code: 'ILLEGAL_TRANSITION', exception: null },
    ];
    for (let time = 0; time < 2; time++) {
      expect(await app.query(document, { input }, clerk)).toEqual({ resolveExceptions: { results } });
    }
    expect(await balanceOf(app, COST)).toBe(-1_234n);
    expect(missing.totalMinor).not.toBe(0n);
  });

  it('is for finance staff and admins alone, as runs, lines and files are', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const { run, unknown } = await aRun(app, clerk);
    const list = '{ reconciliationRuns { edges { node { id } } } }';
    const lines = 'query ($id: ID!) { reconciliationLines(runId: $id) { edges { node { lineNumber } } } }';
    const all = '{ reconciliationExceptions { edges { node { id run { id } steps { to } } } } }';
    const node = 'query ($id: ID!) { node(id: $id) { id } }';
    for (const [who, code] of [
      [await aLearner(app), 'FORBIDDEN'],
      [{}, 'UNAUTHENTICATED'],
    ] as const) {
      for (const query of [list, lines, all]) {
        const { errors } = await app.graphql(query, query === lines ? { id: run.id } : {}, who);
        expect(errors[0]?.extensions?.code).toBe(code);
      }
      for (const id of [run.id, unknown.id]) {
        expect((await app.graphql(node, { id }, who)).data).toEqual({ node: null });
      }
      for (const name of ['assign', 'resolve', 'accept', 'reopen'] as const) {
        const input = { exceptionId: unknown.id, ...(name === 'resolve' && { idempotencyKey: aKey() }) };
        expect(await step(app, who, name, input)).toMatchObject({ code });
      }
    }
    for (const who of [clerk, await anAdmin(app)]) {
      for (const query of [list, lines, all]) {
        const { errors } = await app.graphql(query, query === lines ? { id: run.id } : {}, who);
        expect(errors).toEqual([]);
      }
      expect((await app.graphql(node, { id: run.id }, who)).data).toEqual({ node: { id: run.id } });
    }
  });
});
