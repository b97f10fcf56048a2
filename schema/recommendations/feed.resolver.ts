import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { MOST_RANKED } from '../../src/content/index.ts';
import { MOST_SIMILAR } from '../../src/recommendations/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { present } from '../../src/shared/invariant.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { type Connection, toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import { Viewer } from '../users/viewer.resolver.ts';
import {
  FeedArgs,
  FeedConnection,
  FeedContributionType,
  FeedExplanationType,
  FeedItemType,
  FeedReasonType,
  SimilarContentType,
  toFeedExplanation,
  toFeedItem,
  toSimilarContent,
} from './feed.type.ts';

@Resolver(() => Viewer)
export class FeedResolver {
  @FieldResolver(() => FeedConnection, {
    description:
      'What the viewer may want next. Owned, finished and dismissed contents never come, nor those of blocked partners. ' +
      'The pages after the first go on with the list as it was made then.',
  })
  async feed(
    @Args(() => FeedArgs) args: FeedArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<Connection<FeedItemType>> {
    const page = await services.feed.feed(actor, { page: args.toRequest(), filter: args.toFilter() });
    return toConnection(page, { node: toFeedItem, cursor: (item) => item.cursor });
  }

  @FieldResolver(() => [FeedItemType], {
    description:
      "A given set, best first by the scores of the viewer's feed. What the feed would not show is left out.",
    complexity: ({ args, childComplexity }) => (args.contentIds as string[]).length * (1 + childComplexity),
  })
  async rank(
    @Arg('contentIds', () => [ID], { description: `The contents, from 1 to ${MOST_RANKED}.` }) contentIds: string[],
    @Ctx() { services, actor }: RequestContext,
  ): Promise<FeedItemType[]> {
    const ids = contentIds.map((id) => localId('Content', id));
    return (await services.feed.rank(actor, ids)).map(toFeedItem);
  }

  @FieldResolver(() => FeedExplanationType, {
    description: "Why a content stands where it stands in the viewer's feed, or why it does not come at all.",
  })
  async explain(
    @Arg('contentId', () => ID, { description: 'The content.' }) contentId: string,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<FeedExplanationType> {
    return toFeedExplanation(await services.feed.explain(actor, localId('Content', contentId)));
  }

  @Query(() => [SimilarContentType], {
    description:
      'The contents most like one, best first: those that the same people chose, or for one that nobody has met, those ' +
      'that say the same. Only those on offer.',
  })
  async similarContent(
    @Arg('contentId', () => ID, { description: 'The content.' }) contentId: string,
    @Arg('first', () => Int, { defaultValue: 10, description: `How many, from 1 to ${MOST_SIMILAR}.` }) first: number,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SimilarContentType[]> {
    const rows = await services.similarContents.similarTo(actor, { contentId: localId('Content', contentId), first });
    return rows.map(toSimilarContent);
  }
}

@Resolver(() => FeedItemType)
export class FeedItemResolver {
  @FieldResolver(() => ContentType, { description: 'The content.' })
  async content(@Root() item: FeedItemType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(item.contentId), 'a content of the feed'));
  }
}

@Resolver(() => FeedReasonType)
export class FeedReasonResolver {
  @FieldResolver(() => ContentType, {
    nullable: true,
    description: "The content of the viewer's own that brought the item; absent for other kinds of reasons.",
  })
  async content(
    @Root() { contentId }: FeedReasonType,
    @Ctx() { loaders }: RequestContext,
  ): Promise<ContentType | null> {
    const row = contentId === null ? null : await loaders.contents.load(contentId);
    return row && toContent(row);
  }
}

@Resolver(() => FeedContributionType)
export class FeedContributionResolver {
  @FieldResolver(() => ContentType, { description: "The content of the viewer's own." })
  async content(@Root() { contentId }: FeedContributionType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(contentId), 'a content that the viewer met'));
  }
}

@Resolver(() => SimilarContentType)
export class SimilarContentResolver {
  @FieldResolver(() => ContentType, { description: 'The content.' })
  async content(@Root() item: SimilarContentType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(item.contentId), 'a content that is on offer'));
  }
}
