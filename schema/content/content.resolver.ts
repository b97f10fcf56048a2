import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { instantCursor } from '../../src/shared/keyset.ts';
import { DomainType, toDomain } from '../domains/domain.type.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import { type Connection, PageArgs, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { registerNode } from '../shared/node.registry.ts';
import { ContentFilterType, SuppliedContentFilterType, toContentFilter } from './content.input.ts';
import {
  ContentConnection,
  ContentStepType,
  ContentType,
  LicenceType,
  toContent,
  toContentStep,
  toLicence,
} from './content.type.ts';

async function findContent(id: string, { actor, services }: RequestContext): Promise<ContentType | null> {
  const row = await services.contents.find(actor, id);
  return row && toContent(row);
}

registerNode('Content', findContent);

@Resolver(() => ContentType)
export class ContentResolver {
  @Query(() => ContentType, {
    nullable: true,
    description: 'A content that is on offer where the viewer is, or that the viewer supplies.',
  })
  content(
    @Arg('id', () => ID, { description: 'Identifier of the content.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<ContentType | null> {
    return findContent(localId('Content', id), context);
  }

  @Query(() => ContentConnection, { description: 'What is on offer where the viewer is, newest first.' })
  async contents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => ContentFilterType, { defaultValue: {}, description: 'Which ones.' }) filter: ContentFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ContentType>> {
    const request = { filter: toContentFilter(filter), page: page.toRequest() };
    return toConnection(await services.contents.listOffered(actor, request), {
      node: toContent,
      cursor: (row) => instantCursor(present(row.publishedAt, 'when a content on offer was published'), row.id),
    });
  }

  @Query(() => ContentConnection, {
    description: "What the viewer's partners supply, drafts and all, newest first. Admins see that of all partners.",
  })
  async suppliedContents(
    @Args(() => PageArgs) page: PageArgs,
    @Arg('filter', () => SuppliedContentFilterType, { defaultValue: {}, description: 'Which ones.' })
    filter: SuppliedContentFilterType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<ContentType>> {
    const request = { filter: toContentFilter(filter), page: page.toRequest() };
    return toConnection(await services.contents.listSupplied(actor, request), {
      node: toContent,
      cursor: (row) => instantCursor(row.createdAt, row.id),
    });
  }

  @FieldResolver(() => DomainType, { description: 'Its subject area.' })
  async domain(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<DomainType> {
    return toDomain(await loaders.domains.load(content.domainCode));
  }

  @FieldResolver(() => PartnerType, { description: 'The partner that supplies it.' })
  async partner(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<PartnerType> {
    return toPartner(present(await loaders.partners.load(content.partnerId), 'the supplier of a content'));
  }

  @FieldResolver(() => Boolean, { description: 'Whether it can be bought now where the viewer is.' })
  onOffer(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<boolean> {
    return loaders.contentOffered.load(content.localId);
  }

  @FieldResolver(() => [LicenceType], {
    description: 'Rights to offer it, earliest first. Empty for others than its supplier and admins.',
  })
  async licences(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<LicenceType[]> {
    return (await loaders.contentLicences.load(content.localId)).map(toLicence);
  }

  @FieldResolver(() => [ContentStepType], {
    description: 'How it came to its state, oldest first. Empty for others than its supplier and admins.',
  })
  async steps(@Root() content: ContentType, @Ctx() { loaders }: RequestContext): Promise<ContentStepType[]> {
    return (await loaders.contentSteps.load(content.localId)).map(toContentStep);
  }
}
