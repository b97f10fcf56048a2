import { Field, ID, Int, ObjectType } from 'type-graphql';
import {
  AmbiguousTermsError,
  ContractOverlapError,
  type NamedTerm,
  VersionSupersededError,
} from '../../src/contracts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { mutationResult } from '../shared/mutation-result.ts';
import {
  ForbiddenFailure,
  IllegalTransitionFailure,
  InvalidInputFailure,
  UnauthenticatedFailure,
  UserError,
} from '../shared/user-error.ts';
import { ContractType } from './contract.type.ts';

@ObjectType('ProposeContractSuccess', { description: 'The contract is on the table.', simpleResolvers: true })
export class ProposeContractSuccess {
  @Field(() => ContractType, { description: 'The contract, in state PROPOSED.' })
  readonly contract: ContractType;
}

@ObjectType('DraftContractSuccess', { description: 'The contract is written.', simpleResolvers: true })
export class DraftContractSuccess {
  @Field(() => ContractType, { description: 'The contract, in state DRAFT.' })
  readonly contract: ContractType;
}

@ObjectType('CounterContractSuccess', { description: 'Another version is on the table.', simpleResolvers: true })
export class CounterContractSuccess {
  @Field(() => ContractType, { description: 'The contract. Its last version is the new one.' })
  readonly contract: ContractType;
}

@ObjectType('WithdrawContractSuccess', { description: 'The version is off the table.', simpleResolvers: true })
export class WithdrawContractSuccess {
  @Field(() => ContractType, { description: 'The contract, ended when it was never signed.' })
  readonly contract: ContractType;
}

@ObjectType('GiveNoticeSuccess', { description: 'The end is known.', simpleResolvers: true })
export class GiveNoticeSuccess {
  @Field(() => ContractType, { description: 'The contract, in state NOTICE_GIVEN.' })
  readonly contract: ContractType;
}

@ObjectType('AmendContractSuccess', { description: 'The new version is on the table.', simpleResolvers: true })
export class AmendContractSuccess {
  @Field(() => ContractType, { description: 'The contract. Its last version is the new one.' })
  readonly contract: ContractType;
}

@ObjectType('AcceptContractSuccess', { description: 'The side has signed.', simpleResolvers: true })
export class AcceptContractSuccess {
  @Field(() => ContractType, {
    description: 'The contract, accepted when this was the last signature, and in force when its date has come.',
  })
  readonly contract: ContractType;
}

@ObjectType('ContractOverlapError', {
  implements: UserError,
  description: 'A supplier sells under another contract in the same currency.',
})
export class ContractOverlapFailure extends UserError {
  static readonly source = ContractOverlapError;

  @Field(() => ID, {
    name: 'contractId',
    description: 'The contract that was to come into force.',
  })
  contract(this: ContractOverlapFailure & ContractOverlapError): string {
    return globalId('Contract', this.contractId);
  }

  @Field(() => ID, { name: 'otherContractId', description: 'The contract that is in force.' })
  otherContract(this: ContractOverlapFailure & ContractOverlapError): string {
    return globalId('Contract', this.otherContractId);
  }
}

@ObjectType('VersionSupersededError', { implements: UserError, description: 'Another version is on the table.' })
export class VersionSupersededFailure extends UserError {
  static readonly source = VersionSupersededError;

  @Field(() => Int, { description: 'Number of the version that is on the table now.' })
  readonly latestNumber: number;
}

@ObjectType('AmbiguousTerm', { description: 'One of two clauses of which nothing says which applies.' })
export class AmbiguousTermType {
  @Field(() => String, { description: 'Number of the clause.' })
  readonly clause: string;

  @Field(() => Int, { description: 'Its place in the contract, from 0.' })
  readonly position: number;

  @Field(() => ID, { nullable: true, description: 'Its identifier; absent while it is only proposed.' })
  readonly id: string | null;
}

@ObjectType('AmbiguousTermsError', {
  implements: UserError,
  description: 'Two clauses can meet in one sale, and neither is the more specific.',
})
export class AmbiguousTermsFailure extends UserError {
  static readonly source = AmbiguousTermsError;

  @Field(() => [AmbiguousTermType], { name: 'terms', description: 'The two clauses.' })
  named(this: AmbiguousTermsFailure & AmbiguousTermsError): AmbiguousTermType[] {
    return this.terms.map(toAmbiguousTerm);
  }
}

function toAmbiguousTerm({ clause, position, id }: NamedTerm): AmbiguousTermType {
  return build(AmbiguousTermType, { clause, position, id: id && globalId('ContractTerm', id) });
}

const REFUSALS = [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure] as const;

export const DraftContractResult = mutationResult({
  name: 'DraftContractResult',
  success: DraftContractSuccess,
  failures: [...REFUSALS, AmbiguousTermsFailure],
});

export const ProposeDraftResult = mutationResult({
  name: 'ProposeDraftResult',
  success: ProposeContractSuccess,
  failures: [...REFUSALS, IllegalTransitionFailure],
});

export const ProposeContractResult = mutationResult({
  name: 'ProposeContractResult',
  success: ProposeContractSuccess,
  failures: [...REFUSALS, AmbiguousTermsFailure],
});

export const CounterContractResult = mutationResult({
  name: 'CounterContractResult',
  success: CounterContractSuccess,
  failures: [...REFUSALS, AmbiguousTermsFailure, IllegalTransitionFailure, VersionSupersededFailure],
});

export const AmendContractResult = mutationResult({
  name: 'AmendContractResult',
  success: AmendContractSuccess,
  failures: [...REFUSALS, AmbiguousTermsFailure, IllegalTransitionFailure],
});

export const AcceptContractResult = mutationResult({
  name: 'AcceptContractResult',
  success: AcceptContractSuccess,
  failures: [
    ...REFUSALS,
    AmbiguousTermsFailure,
    IllegalTransitionFailure,
    VersionSupersededFailure,
    ContractOverlapFailure,
  ],
});

export const WithdrawContractResult = mutationResult({
  name: 'WithdrawContractResult',
  success: WithdrawContractSuccess,
  failures: [...REFUSALS, IllegalTransitionFailure, VersionSupersededFailure],
});

export const GiveNoticeResult = mutationResult({
  name: 'GiveNoticeResult',
  success: GiveNoticeSuccess,
  failures: [...REFUSALS, IllegalTransitionFailure],
});
