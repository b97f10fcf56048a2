import { ArgsType, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import type { Fragment, SearchPage, SearchQuery } from '../../src/search/index.ts';
import { FeedArgs } from '../recommendations/feed.type.ts';
import { build } from '../shared/build.ts';
import { type Connection, connectionOf } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';

const HIGHLIGHTED_FIELDS = ['TITLE', 'AUTHOR', 'KEYWORD', 'DESCRIPTION'] as const;
export type HighlightedField = (typeof HIGHLIGHTED_FIELDS)[number];

export const HighlightedFieldEnum = enumOf(HIGHLIGHTED_FIELDS);
registerEnumType(HighlightedFieldEnum, {
  name: 'HighlightedField',
  description: 'What of a content was found.',
  valuesConfig: {
    TITLE: { description: 'Its title.' },
    AUTHOR: { description: 'One of its authors.' },
    KEYWORD: { description: 'One of its keywords.' },
    DESCRIPTION: { description: 'Its description.' },
  },
});

@ArgsType()
export class SearchArgs extends FeedArgs {
  @Field(() => String, {
    description:
      'What to look for, up to 200 characters. Words may have a letter wrong from four letters on, two from eight.',
  })
  readonly query: string;

  toSearch(): SearchQuery {
    return { query: this.query, filter: this.toFilter() };
  }
}

@ObjectType('HighlightFragment', { description: 'A part of a text.', simpleResolvers: true })
export class HighlightFragmentType {
  @Field(() => String, { description: 'The part as it stands in the text.' })
  readonly text: string;

  @Field(() => Boolean, { description: 'Whether it is what was looked for.' })
  readonly isMatch: boolean;
}

@ObjectType('SearchHighlight', { description: 'Where a content has what was looked for.', simpleResolvers: true })
export class SearchHighlightType {
  @Field(() => HighlightedFieldEnum, { description: 'What it is a part of.' })
  readonly field: HighlightedField;

  @Field(() => [HighlightFragmentType], {
    description: 'The text, or up to 160 characters of a long one, in parts that follow one another.',
  })
  readonly fragments: readonly HighlightFragmentType[];
}

@ObjectType('SearchHit', { description: 'A content that was found.', simpleResolvers: true })
export class SearchHitType {
  /** Not part of the API. */
  readonly contentId: string;

  /** Not part of the API. */
  readonly terms: readonly string[];

  @Field(() => Float, { description: 'How well it fits, falling along the list. Compares within one search alone.' })
  readonly score: number;
}

export const SearchConnection = connectionOf('SearchHit', () => SearchHitType);

/** A page of hits that knows what was asked for, for those who want their number. */
export interface SearchHits extends Connection<SearchHitType> {
  readonly asked: SearchQuery;
}

export function toSearchHit({ terms }: SearchPage, row: SearchPage['rows'][number]): SearchHitType {
  return build(SearchHitType, { ...row, terms });
}

export function toHighlight(field: HighlightedField, fragments: readonly Fragment[]): SearchHighlightType {
  return build(SearchHighlightType, {
    field,
    fragments: fragments.map((fragment) => build(HighlightFragmentType, fragment)),
  });
}
