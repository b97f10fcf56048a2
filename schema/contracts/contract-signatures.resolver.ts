import { Arg, Ctx, Resolver } from 'type-graphql';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import { AcceptContractInputType, GiveNoticeInputType, WithdrawContractInputType } from './contract.input.ts';
import {
  AcceptContractResult,
  AcceptContractSuccess,
  GiveNoticeResult,
  GiveNoticeSuccess,
  WithdrawContractResult,
  WithdrawContractSuccess,
} from './contract.results.ts';
import { toContract } from './contract.type.ts';
import { toSide } from './contract-proposals.ts';

/** What binds, and what ends. */
@Resolver()
export class ContractSignaturesResolver {
  @ResultMutation(AcceptContractResult, { description: 'Sign the version on the table in the name of a side.' })
  async acceptContract(
    @Arg('input', () => AcceptContractInputType, { description: 'The signature.' }) input: AcceptContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AcceptContractSuccess> {
    const contract = await services.contractLifecycle.accept(actor, { ...input, ...toSide(input) });
    return build(AcceptContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(WithdrawContractResult, {
    description:
      'Take the version on the table off it: its side takes it back, another one declines. A contract that was never ' +
      'signed ends by that, a signed one goes on as it was.',
  })
  async withdrawContract(
    @Arg('input', () => WithdrawContractInputType, { description: 'Which version.' }) input: WithdrawContractInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<WithdrawContractSuccess> {
    const contract = await services.contracts.withdraw(actor, { ...input, ...toSide(input) });
    return build(WithdrawContractSuccess, { contract: toContract(contract) });
  }

  @ResultMutation(GiveNoticeResult, { description: 'Announce the end of a contract in force.' })
  async giveNotice(
    @Arg('input', () => GiveNoticeInputType, { description: 'The notice.' }) input: GiveNoticeInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<GiveNoticeSuccess> {
    const contract = await services.contractLifecycle.giveNotice(actor, { ...input, ...toSide(input) });
    return build(GiveNoticeSuccess, { contract: toContract(contract) });
  }
}
