import { Field, ID, Int, ObjectType } from 'type-graphql';
import { ContractOverlapError, VersionSupersededError } from '../../src/contracts/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
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

@ObjectType('AmendContractSuccess', { description: 'The new version is on the table.', simpleResolvers: true })
export class AmendContractSuccess {
  @Field(() => ContractType, { description: 'The contract. Its last version is the new one.' })
  readonly contract: ContractType;
}

@ObjectType('AcceptContractSuccess', { description: 'The party has signed.', simpleResolvers: true })
export class AcceptContractSuccess {
  @Field(() => ContractType, { description: 'The contract, in force when this was the last signature.' })
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

export const ProposeContractResult = mutationResult({
  name: 'ProposeContractResult',
  success: ProposeContractSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, InvalidInputFailure],
});

export const AmendContractResult = mutationResult({
  name: 'AmendContractResult',
  success: AmendContractSuccess,
  failures: [UnauthenticatedFailure, ForbiddenFailure, IllegalTransitionFailure, InvalidInputFailure],
});

export const AcceptContractResult = mutationResult({
  name: 'AcceptContractResult',
  success: AcceptContractSuccess,
  failures: [
    UnauthenticatedFailure,
    ForbiddenFailure,
    VersionSupersededFailure,
    ContractOverlapFailure,
    InvalidInputFailure,
  ],
});
