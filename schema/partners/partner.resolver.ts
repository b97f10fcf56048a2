import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { DomainType, toDomain } from '../domains/domain.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { Viewer } from '../users/viewer.resolver.ts';
import { PartnerFilterType } from './partner.input.ts';
import {
  PartnerConnection,
  PartnerMembershipType,
  PartnerMemberType,
  PartnerStepType,
  PartnerType,
  toPartner,
  toPartnerMember,
  toPartnerStep,
} from './partner.type.ts';

async function findPartner(id: string, { actor, services }: RequestContext): Promise<PartnerType | null> {
  const row = await services.partners.find(actor, id);
  return row && toPartner(row);
}

registerNode('Partner', findPartner);

@Resolver(() => PartnerType)
export class PartnerResolver {
  @Query(() => PartnerType, {
    nullable: true,
    description: 'A partner. Others than ACTIVE ones: own partners, or staff; absent for everybody else.',
  })
  partner(
    @Arg('id', () => ID, { description: 'Identifier of the partner.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<PartnerType | null> {
    return findPartner(localId('Partner', id), context);
  }

  @Query(() => PartnerConnection, { description: 'Partners that the viewer may see, by name.' })
  async partners(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => PartnerFilterType, { defaultValue: {}, description: 'Which ones.' }) filter: PartnerFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<PartnerType>> {
    const { domain, kind, state } = filter;
    const conditions = { domainCode: domain ?? undefined, kind: kind ?? undefined, state: state ?? undefined };
    const rows = await services.partners.list(actor, { filter: conditions, page: page.toRequest() });
    return toConnection(rows, { node: toPartner, cursor: (row) => [row.name, row.id] });
  }

  @FieldResolver(() => DomainType, { description: 'Its subject area.' })
  async domain(@Root() partner: PartnerType, @Ctx() { loaders }: RequestContext): Promise<DomainType> {
    return toDomain(await loaders.domains.load(partner.domainCode));
  }

  @FieldResolver(() => [PartnerMemberType], {
    description: 'Its people, longest-standing first. Empty for others than members and admins.',
  })
  async members(@Root() partner: PartnerType, @Ctx() { loaders }: RequestContext): Promise<PartnerMemberType[]> {
    return (await loaders.partnerMembers.load(partner.localId)).map(toPartnerMember);
  }

  @FieldResolver(() => [PartnerStepType], {
    description: 'How it came to its state, oldest first. Empty for others than members and admins.',
  })
  async steps(@Root() partner: PartnerType, @Ctx() { loaders }: RequestContext): Promise<PartnerStepType[]> {
    return (await loaders.partnerSteps.load(partner.localId)).map(toPartnerStep);
  }
}

@Resolver(() => Viewer)
export class ViewerPartnersResolver {
  @FieldResolver(() => [PartnerMembershipType], { description: 'Partners that the viewer belongs to.' })
  async partners(@Ctx() { services, actor }: RequestContext): Promise<PartnerMembershipType[]> {
    return (await services.partners.listOwn(actor)).map((row) => ({ partner: toPartner(row), role: row.role }));
  }
}
