import { Field, ID, InputType, Int } from 'type-graphql';
import type { Channel } from '../../src/campaigns/index.ts';
import type { Module } from '../../src/content/index.ts';
import type {
  BeneficiaryKind,
  CapWindow,
  TermBasis,
  TermKind,
  TermProposal,
  TermWindow,
} from '../../src/contracts/index.ts';
import type { SaleCost } from '../../src/math/allocation/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { ModuleEnum } from '../content/content.enums.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import {
  BeneficiaryEnum,
  CapWindowEnum,
  SaleCostEnum,
  TermBasisEnum,
  TermKindEnum,
  TermWindowEnum,
} from './contract.enums.ts';

@InputType('TermTierInput', { description: 'One rate of a scale. It holds up to where the next tier begins.' })
export class TermTierInputType {
  @Field(() => MinorUnits, {
    description: 'From how much on, in minor units, counted over the window. The first: "0".',
  })
  readonly from: bigint;

  @Field(() => String, { description: 'From "0" to "100", with at most twelve decimals.' })
  readonly percent: string;
}

@InputType('ContractTermInput', {
  description:
    'A clause. PERCENTAGE: basis, percent, beneficiary. FLAT: amountMinor, beneficiary. TIERED: basis, tiers, window, ' +
    'beneficiary. DEDUCTION: cost, and of a DISCOUNT the beneficiary who funds it. ADVANCE: amountMinor, percent that ' +
    'recoups it, a PARTNER. MINIMUM_GUARANTEE: amountMinor, window, a PARTNER. The first three may have a cap. All but a ' +
    'guarantee may have a scope, of which every part is a condition; of rivals the most specific applies.',
})
export class ContractTermInputType {
  @Field(() => String, { description: 'Number of the clause in the text, up to 20 characters.' })
  readonly clause: string;

  @Field(() => Int, { description: 'Place in the waterfall, from 1. Terms of one step share the same rest.' })
  readonly step: number;

  @Field(() => TermKindEnum, { description: 'What it does.' })
  readonly kind: TermKind;

  @Field(() => TermBasisEnum, { nullable: true, description: 'What the percentage is taken of.' })
  readonly basis?: TermBasis | null;

  @Field(() => String, { nullable: true, description: 'From "0" to "100", with at most twelve decimals.' })
  readonly percent?: string | null;

  @Field(() => MinorUnits, { nullable: true, description: 'In minor units of its currency.' })
  readonly amountMinor?: bigint | null;

  @Field(() => [TermTierInputType], { nullable: true, description: 'Up to 20, lowest first.' })
  readonly tiers?: readonly TermTierInputType[] | null;

  @Field(() => BeneficiaryEnum, { nullable: true, description: 'Who it goes to, or who funds a discount.' })
  readonly beneficiary?: BeneficiaryKind | null;

  @Field(() => ID, { nullable: true, description: 'The partner, when the beneficiary is PARTNER: one of the parties.' })
  readonly partnerId?: string | null;

  @Field(() => SaleCostEnum, { nullable: true, description: 'What a deduction pays.' })
  readonly cost?: SaleCost | null;

  @Field(() => TermWindowEnum, { nullable: true, description: 'How long tiers or a guarantee are counted.' })
  readonly window?: TermWindow | null;

  @Field(() => MinorUnits, { nullable: true, description: 'The most that it takes, in minor units of its currency.' })
  readonly capMinor?: bigint | null;

  @Field(() => CapWindowEnum, { nullable: true, description: 'How long the cap is counted.' })
  readonly capWindow?: CapWindow | null;

  @Field(() => Int, {
    nullable: true,
    description: "Applies until so many months after the buyer's first sale under the same supplier.",
  })
  readonly maxMonths?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Only sales of this content, which a supplier of the contract owns.',
  })
  readonly contentId?: string | null;

  @Field(() => String, { nullable: true, description: 'Only sales of contents of this domain.' })
  readonly domainCode?: string | null;

  @Field(() => ModuleEnum, { nullable: true, description: 'Only sales of contents of this module.' })
  readonly module?: Module | null;

  @Field(() => ID, { nullable: true, description: 'Only sales that this campaign decided.' })
  readonly campaignId?: string | null;

  @Field(() => ChannelEnum, { nullable: true, description: 'Only sales that a touchpoint of this channel decided.' })
  readonly channel?: Channel | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only sales in this currency. A term with an amount needs one where the contract has several.',
  })
  readonly currency?: string | null;

  @Field(() => String, { description: 'The clause in words, up to 500 characters.' })
  readonly description: string;
}

/** The clauses with identifiers as the business knows them. */
export function toTermProposals(terms: readonly ContractTermInputType[]): TermProposal[] {
  return terms.map((term) => ({
    ...term,
    tiers: term.tiers?.map(({ from, percent }) => ({ from: String(from), percent })) ?? null,
    partnerId: term.partnerId ? localId('Partner', term.partnerId) : null,
    contentId: term.contentId ? localId('Content', term.contentId) : null,
    campaignId: term.campaignId ? localId('Campaign', term.campaignId) : null,
  }));
}
