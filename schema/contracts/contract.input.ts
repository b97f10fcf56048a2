import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import type { PartyRole, PoolModel } from '../../src/contracts/index.ts';
import type { RoundingRule } from '../../src/math/allocation/index.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';
import { PartyRoleEnum, PoolModelEnum, RoundingRuleEnum } from './contract.enums.ts';
import { ContractTermInputType } from './contract-term.input.ts';

@InputType('PayoutMinimumInput', { description: 'From how much on partners are paid out, in a currency.' })
export class PayoutMinimumInputType {
  @Field(() => String, { description: 'A currency of the contract, ISO 4217.' })
  readonly currency: string;

  @Field(() => MinorUnits, { description: 'In minor units of the currency.' })
  readonly amount: bigint;
}

@InputType({ description: 'What every version says.' })
export abstract class VersionInput {
  @Field(() => Date, { description: 'First instant whose sales the version splits.' })
  readonly effectiveFrom: Date;

  @Field(() => RoundingRuleEnum, { defaultValue: 'LARGEST_REMAINDER', description: 'Who gets the cents left over.' })
  readonly rounding: RoundingRule;

  @Field(() => PoolModelEnum, { defaultValue: 'LAST_TOUCH', description: 'How a campaign pool is shared.' })
  readonly poolModel: PoolModel;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'Days that earnings are kept back before they can be paid out, up to 365.',
  })
  readonly holdDays: number;

  @Field(() => [PayoutMinimumInputType], { defaultValue: [], description: 'One a currency at most.' })
  readonly payoutMinimums: readonly PayoutMinimumInputType[];

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

@InputType({ description: 'What a new contract says.' })
abstract class NewContractInput extends VersionInput {
  @Field(() => String, { description: 'Name, up to 120 characters.' })
  readonly name: string;

  @Field(() => String, { description: 'Currency of the sales that it splits, ISO 4217.' })
  readonly currency: string;

  @Field(() => [String], { defaultValue: [], description: 'Further currencies of such sales, up to 20 in all.' })
  readonly currencies: readonly string[];

  @Field(() => Int, { defaultValue: 30, description: 'Days from notice to the earliest end, up to 730.' })
  readonly noticeDays: number;

  @Field(() => String, { description: 'IANA time zone that decides in which month a sale falls.' })
  readonly timeZone: string;

  @Field(() => [ContractPartyInputType], { description: 'Up to 20 partners, of whom at least one is a supplier.' })
  readonly parties: readonly ContractPartyInputType[];
}

@InputType('ProposeContractInput', { description: 'A contract and its first version.' })
export class ProposeContractInputType extends NewContractInput {}

@InputType('DraftContractInput', { description: 'A contract and its first version, not yet for the parties to see.' })
export class DraftContractInputType extends NewContractInput {}

@InputType('ProposeDraftInput', { description: 'A draft that is ready.' })
export class ProposeDraftInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

const IN_WHOSE_NAME =
  "In whose name: a party's, of which the viewer must be an owner or manager; the platform's when absent, for finance " +
  'and admins.';

@InputType('AmendContractInput', { description: 'A new version of a contract.' })
export class AmendContractInputType extends VersionInput {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => ID, { nullable: true, description: IN_WHOSE_NAME })
  readonly partnerId?: string | null;
}

@InputType('CounterContractInput', { description: 'Another version in answer to the one on the table.' })
export class CounterContractInputType extends VersionInput {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version that it answers.' })
  readonly versionNumber: number;

  @Field(() => ID, { nullable: true, description: IN_WHOSE_NAME })
  readonly partnerId?: string | null;
}

@InputType('AcceptContractInput', { description: 'A signature.' })
export class AcceptContractInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version that was read. Another one is not accepted by mistake.' })
  readonly versionNumber: number;

  @Field(() => ID, { nullable: true, description: IN_WHOSE_NAME })
  readonly partnerId?: string | null;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('WithdrawContractInput', { description: 'A version to be taken off the table.' })
export class WithdrawContractInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version on the table.' })
  readonly versionNumber: number;

  @Field(() => ID, { nullable: true, description: IN_WHOSE_NAME })
  readonly partnerId?: string | null;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@InputType('GiveNoticeInput', { description: 'The end of a contract in force.' })
export class GiveNoticeInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => ID, { nullable: true, description: IN_WHOSE_NAME })
  readonly partnerId?: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'First instant whose sales it no longer splits; after the days of notice when absent, never before.',
  })
  readonly endsAt?: Date | null;

  @Field(() => String, { description: 'Why, up to 500 characters. Kept for good.' })
  readonly reason: string;
}

@ArgsType()
export class ContractAtArgs {
  @Field(() => ID, { description: 'Partner whose content is sold.' })
  readonly supplierId: string;

  @Field(() => String, { description: 'Currency of the sale, ISO 4217.' })
  readonly currency: string;

  @Field(() => Date, { description: 'When the sale was.' })
  readonly soldAt: Date;

  @Field(() => Date, { nullable: true, description: 'By what was known then; absent for what is known now.' })
  readonly knownAt?: Date | null;
}
