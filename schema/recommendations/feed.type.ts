import { ArgsType, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentKind, Module } from '../../src/content/index.ts';
import {
  type FeedFilter,
  type FeedItem,
  type FeedReason,
  REASON_KINDS,
  type ReasonKind,
  type SimilarContent,
} from '../../src/recommendations/index.ts';
import { ContentKindEnum, ModuleEnum } from '../content/content.enums.ts';
import { build } from '../shared/build.ts';
import { connectionOf, PageArgs } from '../shared/connection.ts';
import { enumOf } from '../shared/enum.ts';

export const ReasonKindEnum = enumOf(REASON_KINDS);
registerEnumType(ReasonKindEnum, {
  name: 'FeedReasonKind',
  description: 'What the place of an item in a feed comes from.',
  valuesConfig: {
    BECAUSE_YOU_INTERACTED: { description: 'It is like a content that the viewer did something with.' },
    POPULAR: { description: 'Many people do much with it.' },
    POPULAR_IN_DOMAIN: { description: 'As POPULAR, within the domains that were asked for.' },
    NEW: { description: 'It came on the shelf within the last 30 days.' },
    CATALOGUE: { description: 'It is on offer, and nothing else is known of it yet.' },
    SEEN_BEFORE: { description: 'The viewer did something with it before; such items stand at the end.' },
  },
});

@ArgsType()
export class FeedArgs extends PageArgs {
  @Field(() => [ModuleEnum], { nullable: true, description: 'Only of these lines of business.' })
  readonly modules?: Module[] | null;

  @Field(() => [String], { nullable: true, description: 'Only of the domains with these codes.' })
  readonly domains?: string[] | null;

  @Field(() => [ContentKindEnum], { nullable: true, description: 'Only of these kinds.' })
  readonly kinds?: ContentKind[] | null;

  @Field(() => [String], { nullable: true, description: 'Only in these languages, BCP 47; "zh" finds "zh-CN" too.' })
  readonly languages?: string[] | null;

  toFilter(): FeedFilter {
    const { modules, domains, kinds, languages } = this;
    return { modules: modules ?? [], domains: domains ?? [], kinds: kinds ?? [], languages: languages ?? [] };
  }
}

@ObjectType('FeedReason', { description: 'Why an item stands where it stands.', simpleResolvers: true })
export class FeedReasonType {
  @Field(() => ReasonKindEnum, { description: 'What it comes from.' })
  readonly kind: ReasonKind;

  @Field(() => String, { description: "A sentence in the viewer's language, Chinese or English." })
  readonly text: string;

  /** Not part of the API. */
  readonly contentId: string | null;
}

@ObjectType('FeedItem', { description: 'A content that the viewer may want next.', simpleResolvers: true })
export class FeedItemType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => Float, { description: 'From 0 to 1, falling along the feed. It orders; it is no probability.' })
  readonly score: number;

  @Field(() => [FeedReasonType], { description: 'What the score comes from, the weightiest first.' })
  readonly reasons: readonly FeedReasonType[];
}

@ObjectType('SimilarContent', { description: 'A content that is like another.', simpleResolvers: true })
export class SimilarContentType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => Float, { description: 'How much alike, above 0 and at most 1: by what the same people did with both.' })
  readonly similarity: number;
}

export const FeedConnection = connectionOf('FeedItem', () => FeedItemType);

export function toFeedItem({ contentId, score, reasons }: FeedItem): FeedItemType {
  return build(FeedItemType, { contentId, score, reasons: reasons.map(toReason) });
}

export function toSimilarContent(row: SimilarContent): SimilarContentType {
  return build(SimilarContentType, row);
}

function toReason(reason: FeedReason): FeedReasonType {
  return build(FeedReasonType, reason);
}
