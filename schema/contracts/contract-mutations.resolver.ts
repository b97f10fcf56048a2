import { Arg, Ctx, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AcceptContractInputType,
  AmendContractInputType,
  ProposeContractInputType,
  toTermProposals,
} from './contract.input.ts';
import {
  AcceptContractResult,
  AcceptContractSuccess,
  AmendContractResult,
  AmendContractSuccess,
  ProposeContractResult,
  ProposeContractSuccess,
} from './contract.results.ts';
import { toContract } from './contract.type.ts';

@Resolver()
export class ContractMutationsResolver {
  @ResultMutation(ProposeContractResult, {
    description: "Propose a contract in the platform's name. Finance and admins.",
  })
  async proposeContract(
    @Arg('input', () => ProposeContractInputType, { description: 'The contract.' }) input: ProposeContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ProposeContractSuccess> {
    const parties = input.parties.map(({ partnerId, role }) => ({ partnerId: localId('Partner', partnerId), role }));
    const contract = await services.contracts.propose(actor, {
      ...input,
      parties,
      terms: toTermProposals(input.terms),
    });
    return build(ProposeContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(AmendContractResult, { description: 'Propose a new version of a contract. Finance and admins.' })
  async amendContract(
    @Arg('input', () => AmendContractInputType, { description: 'The version.' }) input: AmendContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AmendContractSuccess> {
    const contractId = localId('Contract', input.contractId);
    const proposal = { ...input, contractId, terms: toTermProposals(input.terms) };
    return build(AmendContractSuccess, {
      contract: toContract(await services.contracts.proposeAmendment(actor, proposal)),
    });
  }

  @ResultMutation(AcceptContractResult, { description: "Sign the version on the table in a party's name." })
  async acceptContract(
    @Arg('input', () => AcceptContractInputType, { description: 'The signature.' }) input: AcceptContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AcceptContractSuccess> {
    const [contractId, partnerId] = [localId('Contract', input.contractId), localId('Partner', input.partnerId)];
    const contract = await services.contractLifecycle.accept(actor, { ...input, contractId, partnerId });
    return build(AcceptContractSuccess, { contract: toContract(contract) });
  }
}
