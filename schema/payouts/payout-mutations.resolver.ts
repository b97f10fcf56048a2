import { Arg, Ctx, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  CreatePayoutBatchInputType,
  PayoutBatchStepInputType,
  RecordPayoutResultInputType,
  RecordPayoutResultsInputType,
  SetPayoutDetailsInputType,
} from './payout.input.ts';
import {
  ApprovePayoutBatchResult,
  ApprovePayoutBatchSuccess,
  CancelPayoutBatchResult,
  CancelPayoutBatchSuccess,
  CreatePayoutBatchResult,
  CreatePayoutBatchSuccess,
  MarkPayoutBatchSentResult,
  MarkPayoutBatchSentSuccess,
  RecordPayoutResultResult,
  RecordPayoutResultSuccess,
  RecordPayoutResultsResult,
  RecordPayoutResultsSuccess,
  SetPayoutDetailsResult,
  SetPayoutDetailsSuccess,
  toPayoutResult,
} from './payout.results.ts';
import { toPayout, toPayoutBatch } from './payout.type.ts';
import { toPayoutDetails } from './payout-details.type.ts';

function toStep({ batchId, reason }: PayoutBatchStepInputType) {
  return { batchId: localId('PayoutBatch', batchId), reason };
}

@Resolver()
export class PayoutMutationsResolver {
  @ResultMutation(SetPayoutDetailsResult, {
    description: "Say where a partner's money goes. Its owners alone; what was said before is kept.",
  })
  async setPayoutDetails(
    @Arg('input', () => SetPayoutDetailsInputType, { description: 'Where.' }) input: SetPayoutDetailsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SetPayoutDetailsSuccess> {
    const partnerId = localId('Partner', input.partnerId);
    const details = await services.payoutDetails.set(actor, { ...input, partnerId });
    return build(SetPayoutDetailsSuccess, { details: toPayoutDetails(details) });
  }

  @ResultMutation(CreatePayoutBatchResult, {
    description: 'Propose a payout to everybody who can be paid, and keep the money for it. Finance and admins.',
  })
  async createPayoutBatch(
    @Arg('input', () => CreatePayoutBatchInputType, { description: 'What.' }) input: CreatePayoutBatchInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CreatePayoutBatchSuccess> {
    const batch = await services.payoutProposals.create(actor, input);
    return build(CreatePayoutBatchSuccess, { batch: toPayoutBatch(batch) });
  }

  @ResultMutation(ApprovePayoutBatchResult, {
    description: 'Approve a batch that somebody else proposed. Finance and admins.',
  })
  async approvePayoutBatch(
    @Arg('input', () => PayoutBatchStepInputType, { description: 'Which and why.' }) input: PayoutBatchStepInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ApprovePayoutBatchSuccess> {
    const batch = await services.payoutBatches.approve(actor, toStep(input));
    return build(ApprovePayoutBatchSuccess, { batch: toPayoutBatch(batch) });
  }

  @ResultMutation(CancelPayoutBatchResult, {
    description: 'Give up a batch that was not sent; its money can be paid out again. Finance and admins.',
  })
  async cancelPayoutBatch(
    @Arg('input', () => PayoutBatchStepInputType, { description: 'Which and why.' }) input: PayoutBatchStepInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CancelPayoutBatchSuccess> {
    const batch = await services.payoutBatches.cancel(actor, toStep(input));
    return build(CancelPayoutBatchSuccess, { batch: toPayoutBatch(batch) });
  }

  @ResultMutation(MarkPayoutBatchSentResult, {
    description: 'Say that the file of an approved batch went to the bank. Finance and admins.',
  })
  async markPayoutBatchSent(
    @Arg('input', () => PayoutBatchStepInputType, { description: 'Which and why.' }) input: PayoutBatchStepInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<MarkPayoutBatchSentSuccess> {
    const batch = await services.payoutBatches.markSent(actor, toStep(input));
    return build(MarkPayoutBatchSentSuccess, { batch: toPayoutBatch(batch) });
  }

  @ResultMutation(RecordPayoutResultResult, {
    description: 'Record what the bank answered for a payout, and post it. Finance and admins.',
  })
  async recordPayoutResult(
    @Arg('input', () => RecordPayoutResultInputType, { description: 'What.' }) input: RecordPayoutResultInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RecordPayoutResultSuccess> {
    const payoutId = localId('Payout', input.payoutId);
    const payout = await services.payoutResults.record(actor, { ...input, payoutId });
    return build(RecordPayoutResultSuccess, { payout: toPayout(payout) });
  }

  @ResultMutation(RecordPayoutResultsResult, {
    description: 'Record what the bank answered for many payouts, each for itself. Finance and admins.',
  })
  async recordPayoutResults(
    @Arg('input', () => RecordPayoutResultsInputType, { description: 'What.' }) input: RecordPayoutResultsInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RecordPayoutResultsSuccess> {
    const results = input.results.map((result) => ({ ...result, payoutId: localId('Payout', result.payoutId) }));
    const answers = await services.payoutResults.recordAll(actor, { ...input, results });
    return build(RecordPayoutResultsSuccess, { results: answers.map(toPayoutResult) });
  }
}
