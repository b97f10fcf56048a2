import { aKey } from './order-operations.ts';
import type { TestApp } from './test-app.ts';

const BATCH = /* GraphQL */ `
  fragment BatchParts on PayoutBatch {
    id state payoutCount total { amount } fileSha256 filePath
    payouts(first: 50) { edges { node { id state amount { amount } partner { id } details { account } } } }
    exclusions(first: 50) { edges { node { reason explanation payable { amount } partner { id } } } }
    steps { from to by reason }
  }`;
const FAILURE = /* GraphQL */ `
      ... on UserError { code message }
      ... on InvalidInputError { field }`;
const OWN = '... on OwnPayoutError { partnerIds }';
const STEP_FAILURE = `${FAILURE} ... on IllegalTransitionError { from to }`;

export interface ShownBatch {
  readonly id: string;
  readonly state: string;
  readonly payoutCount: number;
  readonly total: { readonly amount: string };
  readonly fileSha256: string | null;
  readonly filePath: string | null;
  readonly payouts: { readonly edges: readonly { readonly node: ShownBatchPayout }[] };
  readonly exclusions: { readonly edges: readonly { readonly node: ShownExclusion }[] };
  readonly steps: readonly { readonly from: string | null; readonly to: string; readonly by: string }[];
}

interface ShownBatchPayout {
  readonly id: string;
  readonly state: string;
  readonly amount: { readonly amount: string };
  readonly partner: { readonly id: string };
}

interface ShownExclusion {
  readonly reason: string;
  readonly explanation: string;
  readonly payable: { readonly amount: string };
  readonly partner: { readonly id: string };
}

/** What a mutation of a batch answered: a success with the batch, or a failure with its code. */
export interface BatchAnswer {
  readonly __typename: string;
  readonly batch?: ShownBatch;
  readonly code?: string;
  readonly message?: string;
  readonly field?: string;
  readonly from?: string;
  readonly partnerIds?: readonly string[];
}

type Who = { readonly token?: string };

export async function createBatch(
  app: TestApp,
  who: Who,
  input: { currency?: string; cutOffAt?: Date; idempotencyKey?: string } = {},
): Promise<BatchAnswer> {
  const { currency = 'CNY', cutOffAt = app.clock.now(), idempotencyKey = aKey() } = input;
  const { createPayoutBatch } = await app.query<{ createPayoutBatch: BatchAnswer }>(
    `${BATCH} mutation ($input: CreatePayoutBatchInput!) { createPayoutBatch(input: $input) {
      __typename ... on CreatePayoutBatchSuccess { batch { ...BatchParts } } ${FAILURE} ${OWN} } }`,
    { input: { currency, cutOffAt, idempotencyKey } },
    who,
  );
  return createPayoutBatch;
}

/** Proposes a batch that must succeed. */
export async function aBatch(
  app: TestApp,
  who: Who,
  input: Parameters<typeof createBatch>[2] = {},
): Promise<ShownBatch> {
  const answer = await createBatch(app, who, input);
  if (!answer.batch) throw new Error(`No batch was made: ${answer.code}`);
  return answer.batch;
}

const STEPS = {
  approve: 'approvePayoutBatch',
  cancel: 'cancelPayoutBatch',
  send: 'markPayoutBatchSent',
} as const;

export async function moveBatch(
  app: TestApp,
  who: Who,
  { step, batchId, reason = 'Looked at it.' }: { step: keyof typeof STEPS; batchId: string; reason?: string },
): Promise<BatchAnswer> {
  const name = STEPS[step];
  const success = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Success`;
  const stale = step === 'approve' ? '... on StaleBatchError { partnerIds }' : '';
  const own = step === 'cancel' ? '' : OWN;
  const answer = await app.query<Record<string, BatchAnswer>>(
    `${BATCH} mutation ($input: PayoutBatchStepInput!) { ${name}(input: $input) {
      __typename ... on ${success} { batch { ...BatchParts } } ${STEP_FAILURE} ${stale} ${own} } }`,
    { input: { batchId, reason } },
    who,
  );
  const moved = answer[name];
  if (!moved) throw new Error(`${name} answered nothing`);
  return moved;
}

/** A batch that is with the bank: proposed by one person, approved by another. */
export async function aSentBatch(
  app: TestApp,
  { proposer, approver }: { proposer: Who; approver: Who },
): Promise<ShownBatch> {
  const { id: batchId } = await aBatch(app, proposer);
  await moveBatch(app, approver, { step: 'approve', batchId });
  const { batch } = await moveBatch(app, proposer, { step: 'send', batchId });
  if (!batch) throw new Error('The batch was not sent.');
  return batch;
}

/** What the recording of an answer of the bank answered itself. */
export interface ResultAnswer {
  readonly __typename: string;
  readonly payout?: { readonly id: string; readonly state: string };
  readonly code?: string;
  readonly partnerIds?: readonly string[];
  readonly field?: string;
  readonly from?: string;
}

export interface BankAnswer {
  readonly payoutId: string;
  readonly outcome?: 'PAID' | 'RETURNED' | 'FAILED';
  readonly reference?: string | null;
  readonly reason?: string | null;
}

export async function recordResult(
  app: TestApp,
  who: Who,
  { idempotencyKey = aKey(), ...answer }: BankAnswer & { idempotencyKey?: string },
): Promise<ResultAnswer> {
  const { recordPayoutResult } = await app.query<{ recordPayoutResult: ResultAnswer }>(
    `mutation ($input: RecordPayoutResultInput!) { recordPayoutResult(input: $input) {
      __typename ... on RecordPayoutResultSuccess { payout { id state } } ${STEP_FAILURE} ${OWN} } }`,
    { input: { ...complete(answer), idempotencyKey } },
    who,
  );
  return recordPayoutResult;
}

export interface BulkAnswer {
  readonly __typename: string;
  readonly results?: readonly {
    readonly payoutId: string;
    readonly payout: { readonly state: string } | null;
    readonly code: string | null;
  }[];
  readonly code?: string;
  readonly field?: string;
}

export async function recordResults(
  app: TestApp,
  who: Who,
  { results, idempotencyKey = aKey() }: { results: readonly BankAnswer[]; idempotencyKey?: string },
): Promise<BulkAnswer> {
  const { recordPayoutResults } = await app.query<{ recordPayoutResults: BulkAnswer }>(
    `mutation ($input: RecordPayoutResultsInput!) { recordPayoutResults(input: $input) {
      __typename ... on RecordPayoutResultsSuccess { results { payoutId payout { state } code message } }
      ... on UserError { code message } ... on InvalidInputError { field } } }`,
    { input: { results: results.map(complete), idempotencyKey } },
    who,
  );
  return recordPayoutResults;
}

function complete({ outcome = 'PAID', ...answer }: BankAnswer) {
  const words = outcome === 'PAID' ? { reference: 'BANK-1' } : { reason: 'The account is closed.' };
  return { outcome, ...words, ...answer };
}
