import { Arg, Ctx, Resolver } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import type { RequestContext } from '../shared/context.ts';
import { ResultMutation } from '../shared/mutation-result.ts';
import {
  AddPartnerMemberInputType,
  ApplyAsPartnerInputType,
  RemovePartnerMemberInputType,
  TransitionPartnerInputType,
} from './partner.input.ts';
import {
  AddPartnerMemberResult,
  AddPartnerMemberSuccess,
  ApplyAsPartnerResult,
  ApplyAsPartnerSuccess,
  RemovePartnerMemberResult,
  RemovePartnerMemberSuccess,
  TransitionPartnerResult,
  TransitionPartnerSuccess,
} from './partner.results.ts';
import { toPartner, toPartnerMember } from './partner.type.ts';

@Resolver()
export class PartnerMutationsResolver {
  @ResultMutation(ApplyAsPartnerResult, { description: 'Apply in the name of an organisation.' })
  async applyAsPartner(
    @Arg('input', () => ApplyAsPartnerInputType, { description: 'The organisation.' }) input: ApplyAsPartnerInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<ApplyAsPartnerSuccess> {
    const partner = await services.partners.apply(actor, { ...input, domainCode: input.domain });
    return build(ApplyAsPartnerSuccess, { partner: toPartner(partner) });
  }

  @ResultMutation(TransitionPartnerResult, { description: 'Move a partner along its lifecycle. Admins only.' })
  async transitionPartner(
    @Arg('input', () => TransitionPartnerInputType, { description: 'The step.' }) input: TransitionPartnerInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<TransitionPartnerSuccess> {
    const partnerId = localId('Partner', input.partnerId);
    const partner = await services.partners.transition(actor, { ...input, partnerId });
    return build(TransitionPartnerSuccess, { partner: toPartner(partner) });
  }

  @ResultMutation(AddPartnerMemberResult, { description: 'Give a person a role at a partner. Owners and admins.' })
  async addPartnerMember(
    @Arg('input', () => AddPartnerMemberInputType, { description: 'The role.' }) input: AddPartnerMemberInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<AddPartnerMemberSuccess> {
    const partnerId = localId('Partner', input.partnerId);
    const member = await services.partnerMembers.add(actor, { ...input, partnerId });
    return build(AddPartnerMemberSuccess, { member: toPartnerMember(member) });
  }

  @ResultMutation(RemovePartnerMemberResult, { description: "Take a person's role away. Owners and admins." })
  async removePartnerMember(
    @Arg('input', () => RemovePartnerMemberInputType, { description: 'Whose role.' })
    input: RemovePartnerMemberInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RemovePartnerMemberSuccess> {
    const userId = localId('User', input.userId);
    await services.partnerMembers.remove(actor, { partnerId: localId('Partner', input.partnerId), userId });
    return build(RemovePartnerMemberSuccess, { userId: input.userId });
  }
}
