import { Field, Int, ObjectType } from 'type-graphql';
import type {
  AcceptanceRow,
  BeneficiaryKind,
  ContractRow,
  ContractState,
  ContractStepRow,
  PartyRole,
  PartyRow,
  PoolModel,
  TermBasis,
  TermKind,
  TermRow,
  VersionRow,
} from '../../src/contracts/index.ts';
import type { RoundingRule, SaleCost } from '../../src/math/allocation/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { connectionOf } from '../shared/connection.ts';
import { lifecycleStepOf } from '../shared/lifecycle-step.ts';
import { Node } from '../shared/node.type.ts';
import {
  BeneficiaryEnum,
  ContractStateEnum,
  PartyRoleEnum,
  PoolModelEnum,
  RoundingRuleEnum,
  SaleCostEnum,
  TermBasisEnum,
  TermKindEnum,
} from './contract.enums.ts';

@ObjectType('Contract', {
  implements: Node,
  description: 'An agreement of the platform with partners. What it says is in its versions.',
  simpleResolvers: true,
})
export class ContractType extends Node {
  @Field(() => String, { description: 'Its name.' })
  readonly name: string;

  @Field(() => String, { description: 'Currency of the sales that it splits, ISO 4217.' })
  readonly currency: string;

  @Field(() => String, { description: 'IANA time zone that decides in which month a sale falls.' })
  readonly timeZone: string;

  @Field(() => ContractStateEnum, { description: 'Where it stands.' })
  readonly state: ContractState;

  @Field(() => Date, { description: 'When it was first proposed.' })
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
  /** Not part of the API. */
  readonly localId: string;

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

  @Field(() => String, { description: 'What it is for, or what it changes.' })
  readonly note: string;

  @Field(() => Date, { description: 'When it was proposed.' })
  readonly proposedAt: Date;
}

@ObjectType('ContractTerm', { description: 'One clause: where a part of a sale goes.' })
export class ContractTermType {
  /** Not part of the API. */
  readonly partnerId: string | null;

  @Field(() => String, { description: 'Number of the clause in the signed text.' })
  readonly clause: string;

  @Field(() => Int, { description: 'Place in the waterfall: steps run from the lowest up.' })
  readonly step: number;

  @Field(() => TermKindEnum, { description: 'What it does.' })
  readonly kind: TermKind;

  @Field(() => TermBasisEnum, { nullable: true, description: 'What the percentage is taken of.' })
  readonly basis: TermBasis | null;

  @Field(() => String, { nullable: true, description: 'The percentage as it was signed: "33.3333".' })
  readonly percent: string | null;

  @Field(() => BeneficiaryEnum, { nullable: true, description: 'Who the percentage goes to.' })
  readonly beneficiary: BeneficiaryKind | null;

  @Field(() => SaleCostEnum, { nullable: true, description: 'The cost that a deduction pays.' })
  readonly cost: SaleCost | null;

  @Field(() => String, { description: 'The clause in words.' })
  readonly description: string;
}

@ObjectType('ContractAcceptance', { description: "A party's signature under a version." })
export class ContractAcceptanceType {
  /** Not part of the API. Null for the platform. */
  readonly partnerId: string | null;

  @Field(() => Date, { description: 'When.' })
  readonly acceptedAt: Date;

  @Field(() => String, { description: 'Who signed: "user:..." or "system:...".' })
  readonly acceptedBy: string;
}

export const ContractStepType = lifecycleStepOf<ContractState>('Contract', () => ContractStateEnum);
export type ContractStepType = InstanceType<typeof ContractStepType>;

export function toContract({ id, ...facts }: ContractRow): ContractType {
  const { name, currency, timeZone, state, createdAt } = facts;
  return build(ContractType, { id: globalId('Contract', id), localId: id, name, currency, timeZone, state, createdAt });
}

export function toContractParty({ partnerId, role }: PartyRow): ContractPartyType {
  return build(ContractPartyType, { partnerId, role });
}

export function toContractVersion(row: VersionRow): ContractVersionType {
  const { id, number, effectiveFrom, recordedAt, rounding, poolModel, note, proposedAt } = row;
  const facts = { number, effectiveFrom, recordedAt, rounding, poolModel, note, proposedAt };
  return build(ContractVersionType, { localId: id, ...facts });
}

export function toContractTerm(row: TermRow): ContractTermType {
  const { clause, step, kind, basis, percent, beneficiary, partnerId, cost, description } = row;
  return build(ContractTermType, { clause, step, kind, basis, percent, beneficiary, partnerId, cost, description });
}

export function toContractAcceptance({ partnerId, acceptedAt, acceptedBy }: AcceptanceRow): ContractAcceptanceType {
  return build(ContractAcceptanceType, { partnerId, acceptedAt, acceptedBy });
}

export function toContractStep({ fromState, toState, by, reason, at }: ContractStepRow): ContractStepType {
  return build(ContractStepType, { from: fromState, to: toState, by, reason, at });
}
