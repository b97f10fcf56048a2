import { Arg, Ctx, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AmendContractInputType,
  CounterContractInputType,
  DraftContractInputType,
  ProposeContractInputType,
  ProposeDraftInputType,
} from './contract.input.ts';
import {
  AmendContractResult,
  AmendContractSuccess,
  CounterContractResult,
  CounterContractSuccess,
  DraftContractResult,
  DraftContractSuccess,
  ProposeContractResult,
  ProposeContractSuccess,
  ProposeDraftResult,
} from './contract.results.ts';
import { toContract } from './contract.type.ts';
import { toNewContract, toSide, toVersion } from './contract-proposals.ts';

/** What is put on the table. */
@Resolver()
export class ContractMutationsResolver {
  @ResultMutation(DraftContractResult, {
    description: 'Write a contract that the parties do not see yet. Finance and admins.',
  })
  async draftContract(
    @Arg('input', () => DraftContractInputType, { description: 'The contract.' }) input: DraftContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<DraftContractSuccess> {
    const contract = await services.contracts.draft(actor, toNewContract(input));
    return build(DraftContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(ProposeDraftResult, { description: 'Put a draft to its parties. Finance and admins.' })
  async proposeDraft(
    @Arg('input', () => ProposeDraftInputType, { description: 'The draft.' }) input: ProposeDraftInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ProposeContractSuccess> {
    const contractId = localId('Contract', input.contractId);
    const contract = await services.contracts.proposeDraft(actor, { ...input, contractId });
    return build(ProposeContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(ProposeContractResult, {
    description: "Propose a contract in the platform's name. Finance and admins.",
  })
  async proposeContract(
    @Arg('input', () => ProposeContractInputType, { description: 'The contract.' }) input: ProposeContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ProposeContractSuccess> {
    const contract = await services.contracts.propose(actor, toNewContract(input));
    return build(ProposeContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(CounterContractResult, {
    description: 'Answer the version on the table with another one, which every other side then has to accept.',
  })
  async counterContract(
    @Arg('input', () => CounterContractInputType, { description: 'The version.' }) input: CounterContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<CounterContractSuccess> {
    const { versionNumber } = input;
    const contract = await services.contracts.counter(actor, { ...toVersion(input), ...toSide(input), versionNumber });
    return build(CounterContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(AmendContractResult, {
    description: 'Propose a new version of a contract. Nothing that was signed is ever changed.',
  })
  async amendContract(
    @Arg('input', () => AmendContractInputType, { description: 'The version.' }) input: AmendContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AmendContractSuccess> {
    const contract = await services.contracts.proposeAmendment(actor, { ...toVersion(input), ...toSide(input) });
    return build(AmendContractSuccess, { contract: toContract(contract) });
  }
}
