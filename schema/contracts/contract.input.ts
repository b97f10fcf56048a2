import { Field, ID, InputType, Int } from 'type-graphql';
import type {
  BeneficiaryKind,
  PartyRole,
  PoolModel,
  TermBasis,
  TermKind,
  TermProposal,
} from '../../src/contracts/index.ts';
import type { RoundingRule, SaleCost } from '../../src/math/allocation/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import {
  BeneficiaryEnum,
  PartyRoleEnum,
  PoolModelEnum,
  RoundingRuleEnum,
  SaleCostEnum,
  TermBasisEnum,
  TermKindEnum,
} from './contract.enums.ts';

@InputType('ContractTermInput', {
  description: 'A clause. A PERCENTAGE has basis, percent and beneficiary; a DEDUCTION has a cost.',
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

  @Field(() => BeneficiaryEnum, { nullable: true, description: 'Who the percentage goes to.' })
  readonly beneficiary?: BeneficiaryKind | null;

  @Field(() => ID, { nullable: true, description: 'The partner, when the beneficiary is PARTNER: one of the parties.' })
  readonly partnerId?: string | null;

  @Field(() => SaleCostEnum, { nullable: true, description: 'What a deduction pays.' })
  readonly cost?: SaleCost | null;

  @Field(() => String, { description: 'The clause in words, up to 500 characters.' })
  readonly description: string;
}

@InputType({ description: 'What every version says.' })
abstract class VersionInput {
  @Field(() => Date, { description: 'First instant whose sales the version splits.' })
  readonly effectiveFrom: Date;

  @Field(() => RoundingRuleEnum, { defaultValue: 'LARGEST_REMAINDER', description: 'Who gets the cents left over.' })
  readonly rounding: RoundingRule;

  @Field(() => PoolModelEnum, { defaultValue: 'LAST_TOUCH', description: 'How a campaign pool is shared.' })
  readonly poolModel: PoolModel;

  @Field(() => String, { description: 'What it is for, or what it changes. Up to 500 characters.' })
  readonly note: string;

  @Field(() => [ContractTermInputType], { description: 'The clauses in the order of the text, which decides ties.' })
  readonly terms: readonly ContractTermInputType[];
}

@InputType('ContractPartyInput', { description: 'A partner that is to sign.' })
export class ContractPartyInputType {
  @Field(() => ID, { description: 'The partner, approved or active.' })
  readonly partnerId: string;

  @Field(() => PartyRoleEnum, { description: 'What it is to the contract.' })
  readonly role: PartyRole;
}

@InputType('ProposeContractInput', { description: 'A contract and its first version.' })
export class ProposeContractInputType extends VersionInput {
  @Field(() => String, { description: 'Name, up to 120 characters.' })
  readonly name: string;

  @Field(() => String, { description: 'Currency of the sales that it splits, ISO 4217.' })
  readonly currency: string;

  @Field(() => String, { description: 'IANA time zone that decides in which month a sale falls.' })
  readonly timeZone: string;

  @Field(() => [ContractPartyInputType], { description: 'Up to 20 partners, of whom at least one is a supplier.' })
  readonly parties: readonly ContractPartyInputType[];
}

@InputType('AmendContractInput', { description: 'A new version of a contract.' })
export class AmendContractInputType extends VersionInput {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;
}

@InputType('AcceptContractInput', { description: "A party's signature." })
export class AcceptContractInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version that was read. Another one is not accepted by mistake.' })
  readonly versionNumber: number;

  @Field(() => ID, { description: 'In whose name. The viewer must be its owner or manager.' })
  readonly partnerId: string;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

/** The clauses with identifiers as the business knows them. */
export function toTermProposals(terms: readonly ContractTermInputType[]): TermProposal[] {
  return terms.map((term) => ({ ...term, partnerId: term.partnerId ? localId('Partner', term.partnerId) : null }));
}
