import { Field, Int, ObjectType } from 'type-graphql';
import type {
  AcceptanceRow,
  ContractRow,
  ContractState,
  ContractStepRow,
  PartyRole,
  PartyRow,
  PoolModel,
  VersionRow,
} from '../../src/contracts/index.ts';
import type { RoundingRule } from '../../src/math/allocation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import { Node } from '../shared/node.type.ts';
import { ContractStateEnum, PartyRoleEnum, PoolModelEnum, RoundingRuleEnum } from './contract.enums.ts';

@ObjectType('Contract', {
  implements: Node,
  description: 'An agreement of the platform with partners. What it says is in its versions.',
  simpleResolvers: true,
})
export class ContractType extends Node {
  @Field(() => String, { description: 'Its name.' })
  readonly name: string;

  @Field(() => String, { description: 'The first of its currencies, ISO 4217.' })
  readonly currency: string;

  @Field(() => [String], { description: 'Currencies of the sales that it splits.' })
  readonly currencies: readonly string[];

  @Field(() => String, { description: 'IANA time zone that decides in which month a sale falls.' })
  readonly timeZone: string;

  @Field(() => ContractStateEnum, { description: 'Where it stands.' })
  readonly state: ContractState;

  @Field(() => Int, { description: 'Days from notice to the earliest end.' })
  readonly noticeDays: number;

  @Field(() => Date, { nullable: true, description: 'When notice was given, from which on the end is known.' })
  readonly noticeGivenAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'First instant whose sales it no longer splits, once it is known.',
  })
  readonly endsAt: Date | null;

  @Field(() => Date, { description: 'When it was written.' })
  readonly createdAt: Date;
}

export const ContractConnection = connectionOf('Contract', () => ContractType);

@ObjectType('ContractParty', { description: 'A partner that signs a contract. The platform signs every one.' })
export class ContractPartyType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => PartyRoleEnum, { description: 'What it is to the contract.' })
  readonly role: PartyRole;
}

@ObjectType('ContractVersion', { description: 'What a contract says from one instant on. Never changed.' })
export class ContractVersionType {
  /** Not part of the API. The proposer is null for the platform. */
  readonly localId: string;
  readonly proposerId: string | null;

  @Field(() => Int, { description: '1, 2, 3, ... within the contract.' })
  readonly number: number;

  @Field(() => Date, { description: 'First instant whose sales it splits.' })
  readonly effectiveFrom: Date;

  @Field(() => Date, { nullable: true, description: 'When the last party accepted; absent while it is proposed only.' })
  readonly recordedAt: Date | null;

  @Field(() => RoundingRuleEnum, { description: 'Who gets the cents that are left over.' })
  readonly rounding: RoundingRule;

  @Field(() => PoolModelEnum, { description: 'How a campaign pool is shared.' })
  readonly poolModel: PoolModel;

  @Field(() => Int, { description: 'Days that earnings are kept back before they can be paid out.' })
  readonly holdDays: number;

  @Field(() => [MoneyType], { description: 'From how much on partners are paid out, by currency.' })
  readonly payoutMinimums: readonly MoneyType[];

  @Field(() => String, { description: 'What it is for, or what it changes.' })
  readonly note: string;

  @Field(() => Date, { description: 'When it was proposed.' })
  readonly proposedAt: Date;

  @Field(() => String, { description: 'Who proposed it: "user:..." or "system:...".' })
  readonly proposedBy: string;

  @Field(() => Date, { nullable: true, description: 'When it was taken off the table unsigned.' })
  readonly withdrawnAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Who took it off the table.' })
  readonly withdrawnBy: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was taken off the table.' })
  readonly withdrawalReason: string | null;
}

@ObjectType('ContractAcceptance', { description: "A party's signature under a version." })
export class ContractAcceptanceType {
  /** Not part of the API. Null for the platform. */
  readonly partnerId: string | null;

  @Field(() => Date, { description: 'When.' })
  readonly acceptedAt: Date;

  @Field(() => String, { description: 'Who signed: "user:..." or "system:...".' })
  readonly acceptedBy: string;

  @Field(() => String, { description: 'Why.' })
  readonly reason: string;
}

@ObjectType('ContractInForce', { description: 'The contract that splits a sale, and its version that does.' })
export class ContractInForceType {
  /** Not part of the API. */
  readonly versionId: string;

  @Field(() => ContractType, { description: 'The contract.' })
  readonly contract: ContractType;
}

export const ContractStepType = lifecycleStepOf<ContractState>('Contract', () => ContractStateEnum);
export type ContractStepType = InstanceType<typeof ContractStepType>;

export function toContract({ id, ...facts }: ContractRow): ContractType {
  return build(ContractType, { id: globalId('Contract', id), localId: id, ...facts });
}

export function toContractInForce(found: { contract: ContractRow; version: { id: string } }): ContractInForceType {
  return build(ContractInForceType, { versionId: found.version.id, contract: toContract(found.contract) });
}

export function toContractParty({ partnerId, role }: PartyRow): ContractPartyType {
  return build(ContractPartyType, { partnerId, role });
}

export function toContractVersion({ id, contractId: _, payoutMinimums, ...words }: VersionRow): ContractVersionType {
  const minimums = payoutMinimums.map(({ currency, amount }) => toMoney(BigInt(amount), currency));
  return build(ContractVersionType, { localId: id, ...words, payoutMinimums: minimums });
}

export function toContractAcceptance({ versionId: _, ...signature }: AcceptanceRow): ContractAcceptanceType {
  return build(ContractAcceptanceType, signature);
}

export function toContractStep({ fromState, toState, by, reason, at }: ContractStepRow): ContractStepType {
  return build(ContractStepType, { from: fromState, to: toState, by, reason, at });
}
