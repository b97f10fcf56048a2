import { Field, ID, InputType, Int } from 'type-graphql';
import type { Channel } from '../../src/campaigns/index.ts';
import type { Module } from '../../src/content/index.ts';
import { ChannelEnum } from '../campaigns/campaign.type.ts';
import { ModuleEnum } from '../content/content.enums.ts';
import { MinorUnits } from '../shared/minor-units.scalar.ts';

@InputType('SimulatedCreditInput', { description: "A partner's credit for bringing the buyer." })
export class SimulatedCreditInputType {
  @Field(() => ID, { description: 'The partner.' })
  readonly partnerId: string;

  @Field(() => String, { description: 'Its part, exact: "1/3". All parts sum to 1.' })
  readonly credit: string;
}

@InputType('SimulatedScopeInput', { description: 'What of a sale clauses may ask for.' })
export class SimulatedScopeInputType {
  @Field(() => ID, { nullable: true, description: 'The content that is sold under a named contract.' })
  readonly contentId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Domain of what is sold; that of the content when one is named.',
  })
  readonly domainCode?: string | null;

  @Field(() => ModuleEnum, { nullable: true, description: 'Module of what is sold; as the domain.' })
  readonly module?: Module | null;

  @Field(() => ID, { nullable: true, description: 'Campaign of the contact that decided the sale.' })
  readonly campaignId?: string | null;

  @Field(() => ChannelEnum, { nullable: true, description: 'Channel of that contact.' })
  readonly channel?: Channel | null;

  @Field(() => Date, { nullable: true, description: 'First purchase of the buyer from the supplier; absent for now.' })
  readonly customerSince?: Date | null;
}

@InputType('SimulatedCounterInput', { description: 'What a clause is assumed to have counted before the sale.' })
export class SimulatedCounterInputType {
  @Field(() => String, { description: 'Number of the clause: "3.1".' })
  readonly clause: string;

  @Field(() => MinorUnits, { defaultValue: 0n, description: 'Cumulative revenue that its tiers begin with.' })
  readonly revenue: bigint;

  @Field(() => MinorUnits, {
    defaultValue: 0n,
    description: 'What its share has taken of its cap, or what was paid back of its advance.',
  })
  readonly taken: bigint;
}

@InputType('SimulateSplitInput', { description: 'A sale that did not happen: of a content, or under a contract.' })
export class SimulateSplitInputType {
  @Field(() => ID, { nullable: true, description: 'The content that is sold. Leave out to name a contract.' })
  readonly contentId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The contract, also one that is not signed yet.' })
  readonly contractId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Version of that contract; absent for the one in effect.' })
  readonly versionNumber?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The supplier whose content is sold under that contract; absent when it has only one.',
  })
  readonly ownerPartnerId?: string | null;

  @Field(() => MinorUnits, { description: 'What the buyer pays, in minor units.' })
  readonly amount: bigint;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217 code; absent for the currency of the content, or the first of the contract.',
  })
  readonly currency?: string | null;

  @Field(() => MinorUnits, { defaultValue: 0n, description: 'Tax in the amount.' })
  readonly tax: bigint;

  @Field(() => MinorUnits, { defaultValue: 0n, description: 'What was taken off the list price to get at the amount.' })
  readonly discount: bigint;

  @Field(() => MinorUnits, { defaultValue: 0n, description: 'What the payment provider keeps of it.' })
  readonly providerFee: bigint;

  @Field(() => Date, { nullable: true, description: 'When; absent for now.' })
  readonly soldAt?: Date | null;

  @Field(() => [SimulatedCreditInputType], { defaultValue: [], description: 'Who brought the buyer; at most 100.' })
  readonly credits: readonly SimulatedCreditInputType[];

  @Field(() => SimulatedScopeInputType, { nullable: true, description: 'What of it clauses may ask for.' })
  readonly scope?: SimulatedScopeInputType | null;

  @Field(() => [SimulatedCounterInputType], {
    defaultValue: [],
    description: 'What clauses have counted before it; nothing where it is not said. At most 50.',
  })
  readonly counted: readonly SimulatedCounterInputType[];
}

@InputType('CompareVersionsInput', { description: 'A past month of a contract, and a version to replay it under.' })
export class CompareVersionsInputType {
  @Field(() => ID, { description: 'The contract.' })
  readonly contractId: string;

  @Field(() => Int, { description: 'Number of the version, also of one that nobody has signed.' })
  readonly versionNumber: number;

  @Field(() => String, { description: 'Month in the time zone of the contract: "2026-10".' })
  readonly period: string;
}
