import { Args, Ctx, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { highlight, searchCursor } from '../../src/search/index.ts';
import { present } from '../../src/shared/invariant.ts';
import { ContentType, toContent } from '../content/content.type.ts';
import { toConnection } from '../shared/connection.ts';
import type { RequestContext } from '../shared/context.ts';
import {
  type HighlightedField,
  SearchArgs,
  SearchConnection,
  SearchHighlightType,
  type SearchHits,
  SearchHitType,
  toHighlight,
  toSearchHit,
} from './search.type.ts';

@Resolver(() => SearchConnection)
export class SearchResolver {
  @Query(() => SearchConnection, {
    description:
      'Contents on offer where the viewer is that have what was looked for in their title, authors, keywords, ' +
      'description or the name of their partner, best first, in Chinese and English.',
  })
  async search(
    @Args(() => SearchArgs) args: SearchArgs,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<SearchHits> {
    const asked = args.toSearch();
    const page = await services.search.search(actor, { ...asked, page: args.toRequest() });
    const hits = toConnection(page, { node: (row) => toSearchHit(page, row), cursor: searchCursor });
    return { ...hits, asked };
  }

  @FieldResolver(() => Int, {
    description: 'How many contents all pages hold together. Costs another search: only when it is shown.',
    complexity: 100,
  })
  totalCount(@Root() { asked }: SearchHits, @Ctx() { services, actor }: RequestContext): Promise<number> {
    return services.search.count(actor, asked);
  }
}

@Resolver(() => SearchHitType)
export class SearchHitResolver {
  @FieldResolver(() => ContentType, { description: 'The content.' })
  async content(@Root() { contentId }: SearchHitType, @Ctx() { loaders }: RequestContext): Promise<ContentType> {
    return toContent(present(await loaders.contents.load(contentId), 'a content that was found'));
  }

  @FieldResolver(() => [SearchHighlightType], {
    description: 'Where it has what was looked for; empty when that is only in the name of its partner.',
  })
  async highlights(@Root() hit: SearchHitType, @Ctx() { loaders }: RequestContext): Promise<SearchHighlightType[]> {
    const content = present(await loaders.contents.load(hit.contentId), 'a content that was found');
    const texts: [HighlightedField, string][] = [
      ['TITLE', content.title],
      ...content.authors.map((author): [HighlightedField, string] => ['AUTHOR', author]),
      ...content.keywords.map((keyword): [HighlightedField, string] => ['KEYWORD', keyword]),
      ['DESCRIPTION', content.description],
    ];
    return texts.flatMap(([field, text]) => {
      const fragments = highlight(text, hit.terms);
      return fragments ? [toHighlight(field, fragments)] : [];
    });
  }
}
