import { present } from '../../../shared/invariant.ts';
import { print } from '../../output.ts';
import { StoryTeller } from '../story-teller.ts';

const SHOWN_LINES = 3;

const PROPOSE = /* GraphQL */ `
  mutation Propose($input: CreatePayoutBatchInput!) {
    createPayoutBatch(input: $input) {
      ... on CreatePayoutBatchSuccess {
        batch {
          id state payoutCount total { amount }
          exclusions(first: 2) { edges { node { partner { name } reason explanation } } }
        }
      }
      ... on UserError { message }
    }
  }`;

const APPROVE = /* GraphQL */ `
  mutation Approve($input: PayoutBatchStepInput!) {
    approvePayoutBatch(input: $input) {
      ... on ApprovePayoutBatchSuccess { batch { state fileSha256 filePath } }
      ... on UserError { code message }
    }
  }`;

const SEND = /* GraphQL */ `
  mutation Send($input: PayoutBatchStepInput!) {
    markPayoutBatchSent(input: $input) {
      ... on MarkPayoutBatchSentSuccess { batch { state } }
      ... on UserError { code message }
    }
  }`;

const PAYOUTS = /* GraphQL */ `
  query Payouts($id: ID!) { payoutBatch(id: $id) { payouts(first: 100) { edges { node { id } } } } }`;

const RECORD = /* GraphQL */ `
  mutation Record($input: RecordPayoutResultsInput!) {
    recordPayoutResults(input: $input) {
      ... on RecordPayoutResultsSuccess { results { code } }
      ... on UserError { code message }
    }
  }`;

const BATCH = /* GraphQL */ `
  query Batch($id: ID!) {
    payoutBatch(id: $id) {
      state
      payouts(first: 1) { edges { node { state amount { amount } partner { name } reference } } }
      steps { to by reason }
    }
  }`;

/** Money from closed statements to the bank: proposed by one person, approved by another, sent, and paid. */
export async function payPartners(clerk: StoryTeller): Promise<void> {
  const { product } = clerk;
  print('Who can be paid? The clerk proposes; what is on hold, too little or has nowhere to go stays.');
  const cutOffAt = product.clock.now().toISOString();
  const proposal = { input: { currency: 'CNY', cutOffAt, idempotencyKey: 'demo-payout-batch' } };
  const { createPayoutBatch } = await clerk.show<{ createPayoutBatch: { batch?: { id: string } } }>(PROPOSE, proposal);
  const batchId = present(createPayoutBatch.batch, 'a batch').id;
  print('Nobody approves what they proposed.');
  const step = { input: { batchId, reason: 'Statements of last month.' } };
  await clerk.show(APPROVE, step);
  print('The second person does, and the file for the bank is written.');
  const admin = await StoryTeller.as(product, 'admin@example.com');
  const { approvePayoutBatch } = await admin.show<{ approvePayoutBatch: { batch?: { filePath: string } } }>(
    APPROVE,
    step,
  );
  const { filePath } = present(approvePayoutBatch.batch, 'an approved batch');
  const file = await clerk.download(filePath);
  clerk.tell(`GET ${filePath}`, `${file.split('\r\n').slice(0, SHOWN_LINES).join('\n')}\n...`);
  await clerk.show(SEND, step);
  await recordAllPaid(clerk, batchId);
  await clerk.show(BATCH, { id: batchId });
}

/** What the bank answers the next day, told all at once. */
async function recordAllPaid(clerk: StoryTeller, batchId: string): Promise<void> {
  type Payouts = { payoutBatch: { payouts: { edges: { node: { id: string } }[] } } };
  const { payoutBatch } = await clerk.ask<Payouts>(PAYOUTS, { id: batchId });
  const results = payoutBatch.payouts.edges.map(({ node }, at) => {
    return { payoutId: node.id, outcome: 'PAID', reference: `BANK-${at + 1}` };
  });
  type Recorded = { recordPayoutResults: { results?: { code: string | null }[] } };
  const answer = await clerk.ask<Recorded>(RECORD, { input: { idempotencyKey: 'demo-bank-answers', results } });
  const recorded = (answer.recordPayoutResults.results ?? []).filter(({ code }) => code === null);
  print(`The bank answered: ${recorded.length} of ${results.length} are paid.`);
}
