import { Field, ID, Int, ObjectType } from 'type-graphql';
import type {
  BeneficiaryKind,
  CapWindow,
  TermBasis,
  TermKind,
  TermRow,
  TermTier,
  TermWindow,
} from '../../src/contracts/index.ts';
import type { SaleCost } from '../../src/math/allocation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { MoneyType } from '../shared/money.type.ts';
import {
  BeneficiaryEnum,
  CapWindowEnum,
  SaleCostEnum,
  TermBasisEnum,
  TermKindEnum,
  TermWindowEnum,
} from './contract.enums.ts';

@ObjectType('TermTier', { description: 'One rate of a scale. It holds up to where the next tier begins.' })
export class TermTierType {
  @Field(() => MoneyType, { description: 'From how much on, counted over the window.' })
  readonly from: MoneyType;

  @Field(() => String, { description: 'The percentage as it was signed: "12.5".' })
  readonly percent: string;
}

@ObjectType('ContractTerm', { description: 'One clause: where a part of a sale goes.' })
export class ContractTermType {
  /** Not part of the API. */
  readonly versionId: string;
  readonly partnerId: string | null;
  readonly amountMinor: bigint | null;
  readonly capMinor: bigint | null;
  readonly storedTiers: readonly TermTier[] | null;

  @Field(() => ID, { description: 'Identifier of the clause of this version.' })
  readonly id: string;

  @Field(() => String, {
    description: 'Number of the clause in the signed text. What it counts goes on under it in later versions.',
  })
  readonly clause: string;

  @Field(() => Int, { description: 'Place in the waterfall: steps run from the lowest up.' })
  readonly step: number;

  @Field(() => TermKindEnum, { description: 'What it does.' })
  readonly kind: TermKind;

  @Field(() => TermBasisEnum, { nullable: true, description: 'What the percentage is taken of.' })
  readonly basis: TermBasis | null;

  @Field(() => String, {
    nullable: true,
    description: 'The percentage as it was signed: "33.3333". Of an advance: how much of the earnings recoups it.',
  })
  readonly percent: string | null;

  @Field(() => BeneficiaryEnum, {
    nullable: true,
    description: 'Who it goes to; of a deduction of a discount, who funds it.',
  })
  readonly beneficiary: BeneficiaryKind | null;

  @Field(() => SaleCostEnum, { nullable: true, description: 'The cost that a deduction pays.' })
  readonly cost: SaleCost | null;

  @Field(() => TermWindowEnum, { nullable: true, description: 'How long tiers or a guarantee are counted.' })
  readonly window: TermWindow | null;

  @Field(() => CapWindowEnum, { nullable: true, description: 'How long the cap is counted.' })
  readonly capWindow: CapWindow | null;

  @Field(() => Int, {
    nullable: true,
    description: "It applies until so many months after the buyer's first sale under the same supplier.",
  })
  readonly maxMonths: number | null;

  @Field(() => ID, { nullable: true, description: 'Only sales of this content.' })
  readonly contentId: string | null;

  @Field(() => String, { nullable: true, description: 'Only sales of contents of this domain.' })
  readonly domainCode: string | null;

  @Field(() => String, { nullable: true, description: 'Only sales of contents of this module.' })
  readonly module: string | null;

  @Field(() => ID, { nullable: true, description: 'Only sales that this campaign decided.' })
  readonly campaignId: string | null;

  @Field(() => String, { nullable: true, description: 'Only sales that a touchpoint of this channel decided.' })
  readonly channel: string | null;

  @Field(() => String, { nullable: true, description: 'Only sales in this currency, ISO 4217.' })
  readonly currency: string | null;

  @Field(() => String, { description: 'The clause in words.' })
  readonly description: string;
}

export function toContractTerm({ id, tiers, contentId, campaignId, ...row }: TermRow): ContractTermType {
  const { position: _, ...words } = row;
  return build(ContractTermType, {
    ...words,
    id: globalId('ContractTerm', id),
    storedTiers: tiers,
    contentId: contentId && globalId('Content', contentId),
    campaignId: campaignId && globalId('Campaign', campaignId),
  });
}
