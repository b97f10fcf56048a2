import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { ShareTrace } from '../../src/allocations/index.ts';
import type { Channel, TouchKind } from '../../src/campaigns/index.ts';
import type { PartnerEntryKind } from '../../src/partner-accounts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import type { LineTrace } from '../../src/statements/index.ts';
import { SplitLineType, toSplitLine } from '../allocations/split.type.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { ContractTermType, toContractTerm } from '../contracts/contract-term.type.ts';
import { build } from '../shared/build.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { LineDisputeType, toLineDispute } from './line-dispute.type.ts';
import { StatementLineKindEnum } from './statement.type.ts';

@ObjectType('TracedOrder', { description: 'The order behind an earning, without its buyer.' })
export class TracedOrderType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => ID, { description: 'Identifier of the order.' })
  readonly orderId: string;

  @Field(() => Date, { description: 'When it was placed.' })
  readonly placedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was paid.' })
  readonly paidAt: Date | null;

  @Field(() => MoneyType, { description: 'All that it cost.' })
  readonly total: MoneyType;

  @Field(() => MoneyType, { description: 'What the content cost.' })
  readonly price: MoneyType;

  @Field(() => String, { nullable: true, description: 'Why it was paid back, for a refund.' })
  readonly refundReason: string | null;
}

@ObjectType('TracedPayment', { description: 'The payment behind an earning.', simpleResolvers: true })
export class TracedPaymentType {
  @Field(() => String, { description: 'Name of the payment provider.' })
  readonly provider: string;

  @Field(() => String, { nullable: true, description: "The provider's own name of the payment." })
  readonly reference: string | null;

  @Field(() => Date, { nullable: true, description: 'When the provider collected it.' })
  readonly capturedAt: Date | null;

  @Field(() => MoneyType, { nullable: true, description: 'What the provider kept of the order.' })
  readonly fee: MoneyType | null;
}

@ObjectType('TracedCounter', {
  description: 'What a clause had counted of the sales of a window when a sale was split, and what that sale added.',
  simpleResolvers: true,
})
export class TracedCounterType {
  @Field(() => String, { description: 'COUNTED: revenue that tiers depend on. TAKEN: of a cap, or of an advance.' })
  readonly kind: string;

  @Field(() => String, { description: '"2026-10", "2026-Q4", or "ALL" for the whole contract.' })
  readonly window: string;

  @Field(() => MoneyType, { description: 'Before the sale.' })
  readonly before: MoneyType;

  @Field(() => MoneyType, { description: 'What the sale added.' })
  readonly added: MoneyType;
}

@ObjectType('SupersededSplit', { description: 'A split that another one took the place of.', simpleResolvers: true })
export class SupersededSplitType {
  @Field(() => Int, { description: 'Number of the version that made it.' })
  readonly versionNumber: number;

  @Field(() => [SplitLineType], { description: 'Who got what. Finance and admins see all; partners their own parts.' })
  readonly shares: readonly SplitLineType[];
}

@ObjectType('TracedAllocation', {
  description: 'How the sale or refund of one content was split.',
  simpleResolvers: true,
})
export class TracedAllocationType {
  @Field(() => StatementLineKindEnum, { description: 'Sale, a return of one, or one split anew.' })
  readonly kind: PartnerEntryKind;

  @Field(() => MoneyType, { description: 'What was split; negative for a refund.' })
  readonly amount: MoneyType;

  @Field(() => String, { description: "Month in which it counts, in the contract's time zone." })
  readonly period: string;

  @Field(() => [SplitLineType], { description: 'Who got what. Finance and admins see all; partners their own parts.' })
  readonly shares: readonly SplitLineType[];

  @Field(() => [TracedCounterType], {
    description: 'What the clause had counted before the sale; none of a clause that counts nothing.',
  })
  readonly counters: readonly TracedCounterType[];

  @Field(() => [SupersededSplitType], {
    description: 'The splits of the same sale whose place this one took, or takes back; the latest first.',
  })
  readonly superseded: readonly SupersededSplitType[];
}

@ObjectType('TracedContract', { description: 'The contract version that split or promised it.', simpleResolvers: true })
export class TracedContractType {
  @Field(() => ID, { description: 'Identifier of the contract.' })
  readonly contractId: string;

  @Field(() => String, { description: 'Name of the contract.' })
  readonly name: string;

  @Field(() => Int, { description: 'Number of the version.' })
  readonly versionNumber: number;

  @Field(() => ContractTermType, { nullable: true, description: 'The clause that gave it.' })
  readonly term: ContractTermType | null;
}

@ObjectType('TracedTouchpoint', { description: 'The contact that earned it, for a part of a campaign pool.' })
export class TracedTouchpointType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ID, { description: 'Identifier of the campaign.' })
  readonly campaignId: string;

  @Field(() => String, { description: 'Name of the campaign.' })
  readonly campaignName: string;

  @Field(() => ChannelEnum, { description: 'Through which channel.' })
  readonly channel: Channel;

  @Field(() => String, { description: 'IMPRESSION, CLICK or VISIT.' })
  readonly kind: TouchKind;

  @Field(() => Date, { description: 'When.' })
  readonly occurredAt: Date;

  @Field(() => String, { nullable: true, description: 'Part of the sale that was credited to it: "1/3".' })
  readonly credit: string | null;
}

@ObjectType('Recomputation', { description: 'What computing the split again brought.', simpleResolvers: true })
export class RecomputationType {
  @Field(() => Boolean, { description: 'Parties, amounts, clauses and postings come out the same to the last cent.' })
  readonly equal: boolean;

  @Field(() => MoneyType, {
    nullable: true,
    description: 'What this line would be; absent when it would not be at all.',
  })
  readonly amount: MoneyType | null;
}

@ObjectType('StatementLineTrace', { description: 'Where a line comes from, all the way down.', simpleResolvers: true })
export class StatementLineTraceType {
  @Field(() => String, { description: 'How the amount came about, in one sentence.' })
  readonly explanation: string;

  @Field(() => TracedOrderType, { nullable: true, description: 'The order; absent for what no sale brought.' })
  readonly order: TracedOrderType | null;

  @Field(() => TracedPaymentType, { nullable: true, description: 'The payment; absent as the order.' })
  readonly payment: TracedPaymentType | null;

  @Field(() => TracedAllocationType, { nullable: true, description: 'The split; absent as the order.' })
  readonly allocation: TracedAllocationType | null;

  @Field(() => TracedContractType, {
    nullable: true,
    description: 'The contract that split it, or promised it; absent for payouts and adjustments.',
  })
  readonly contract: TracedContractType | null;

  @Field(() => TracedTouchpointType, { nullable: true, description: 'The contact, for a part of a campaign pool.' })
  readonly touchpoint: TracedTouchpointType | null;

  @Field(() => RecomputationType, {
    nullable: true,
    description: 'The split computed again from what it was first computed from; absent as the order.',
  })
  readonly recompute: RecomputationType | null;

  @Field(() => LineDisputeType, { nullable: true, description: 'The dispute, with its line, for an adjustment.' })
  readonly dispute: LineDisputeType | null;

  @Field(() => ID, { nullable: true, description: 'The payout, for money that was sent or came back.' })
  readonly payoutId: string | null;
}

export function toStatementLineTrace({
  explanation,
  share,
  clause,
  dispute,
  payoutId,
}: LineTrace): StatementLineTraceType {
  const contract = share ?? clause;
  return build(StatementLineTraceType, {
    explanation,
    order: share && toTracedOrder(share),
    payment: share && toTracedPayment(share),
    allocation: share && toTracedAllocation(share),
    contract: contract && toTracedContract(contract),
    touchpoint: share && toTracedTouchpoint(share),
    recompute: share && toRecomputation(share),
    dispute: dispute && toLineDispute(dispute),
    payoutId: payoutId && globalId('Payout', payoutId),
  });
}

function toTracedPayment({ share, allocation: { currency } }: ShareTrace): TracedPaymentType {
  return build(TracedPaymentType, {
    provider: share.paymentProvider,
    reference: share.paymentReference,
    capturedAt: share.paymentCapturedAt,
    fee: share.paymentFeeMinor === null ? null : toMoney(share.paymentFeeMinor, currency),
  });
}

function toTracedAllocation(trace: ShareTrace): TracedAllocationType {
  const { allocation, terms, visibleShares } = trace;
  const { currency } = allocation;
  const toLine = (visible: ShareTrace['visibleShares'][number]) => toSplitLine(visible, { terms, currency });
  return build(TracedAllocationType, {
    kind: allocation.kind,
    amount: toMoney(allocation.amountMinor, currency),
    period: allocation.period,
    shares: visibleShares.map(toLine),
    counters: trace.counters.map(({ kind, window, beforeMinor, addedMinor }) =>
      build(TracedCounterType, {
        kind,
        window,
        before: toMoney(BigInt(beforeMinor), currency),
        added: toMoney(BigInt(addedMinor), currency),
      }),
    ),
    superseded: trace.superseded.map((split) =>
      build(SupersededSplitType, {
        versionNumber: split.version.number,
        shares: split.visibleShares.map(toLine),
      }),
    ),
  });
}

function toTracedContract({ version, term }: Pick<ShareTrace, 'version' | 'term'>): TracedContractType {
  return build(TracedContractType, {
    contractId: globalId('Contract', version.contractId),
    name: version.contractName,
    versionNumber: version.number,
    term: term && toContractTerm(term),
  });
}

function toTracedOrder({ share, allocation: { currency } }: ShareTrace): TracedOrderType {
  return build(TracedOrderType, {
    contentId: share.contentId,
    orderId: globalId('Order', share.orderId),
    placedAt: share.orderPlacedAt,
    paidAt: share.orderPaidAt,
    total: toMoney(share.orderTotalMinor, currency),
    price: toMoney(share.itemPriceMinor, currency),
    refundReason: share.refundReason,
  });
}

function toTracedTouchpoint({ touchpoint, credit }: ShareTrace): TracedTouchpointType | null {
  if (!touchpoint) return null;
  const { campaignId, campaignName, partnerId, channel, kind, occurredAt } = touchpoint;
  const facts = { campaignName, partnerId, channel, kind, occurredAt, credit: credit?.credit ?? null };
  return build(TracedTouchpointType, { campaignId: globalId('Campaign', campaignId), ...facts });
}

function toRecomputation({ recomputation, share, allocation: { currency } }: ShareTrace): RecomputationType {
  const again = recomputation.shares[share.position];
  return build(RecomputationType, {
    equal: recomputation.isEqual,
    amount: again ? toMoney(again.amountMinor, currency) : null,
  });
}
