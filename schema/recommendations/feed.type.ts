import { ArgsType, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentKind, Module } from '../../src/content/index.ts';
import type { InteractionKind } from '../../src/interactions/index.ts';
import {
  FEED_OBSTACLES,
  type FeedExplanation,
  type FeedFilter,
  type FeedItem,
  type FeedObstacle,
  type FeedReason,
  REASON_KINDS,
  type ReasonKind,
  type SimilarContent,
} from '../../src/recommendations/index.ts';
import { ContentKindEnum, ModuleEnum } from '../content/content.enums.ts';
import { InteractionKindEnum } from '../interactions/interaction.type.ts';
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

const FeedObstacleEnum = enumOf(FEED_OBSTACLES);
registerEnumType(FeedObstacleEnum, {
  name: 'FeedObstacle',
  description: 'Why a feed does not show a content.',
  valuesConfig: {
    NOT_ON_OFFER: { description: 'It is not published, no licence covers the viewer now, or it does not exist.' },
    OWNED: { description: 'The viewer has it.' },
    FINISHED: { description: 'The viewer worked through all of it.' },
    DISMISSED: { description: 'The viewer cleared it from the feed.' },
  },
});

@ObjectType('FeedContribution', {
  description: "How much a content of the viewer's own brings another.",
  simpleResolvers: true,
})
export class FeedContributionType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => InteractionKindEnum, { description: 'The strongest thing that the viewer did with it.' })
  readonly kind: InteractionKind;

  @Field(() => Float, { description: 'Above 0 and at most 1; the parts of all add up to the likeness to the taste.' })
  readonly part: number;
}

@ObjectType('FeedExplanation', { description: "What the viewer's feed makes of a content.", simpleResolvers: true })
export class FeedExplanationType {
  @Field(() => [FeedObstacleEnum], { description: 'Why the feed does not show it; empty when it does.' })
  readonly obstacles: readonly FeedObstacle[];

  @Field(() => FeedItemType, { nullable: true, description: 'Its place; absent when the feed does not show it.' })
  readonly item: FeedItemType | null;

  @Field(() => [FeedContributionType], {
    description:
      'What the viewer did with contents like it, the greatest part first; what everybody does is not among it.',
  })
  readonly contributions: readonly FeedContributionType[];
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

export function toFeedExplanation({ obstacles, item, contributions }: FeedExplanation): FeedExplanationType {
  return build(FeedExplanationType, {
    obstacles,
    item: item && toFeedItem(item),
    contributions: contributions.map(({ contentId, kind, part }) =>
      build(FeedContributionType, { contentId, kind, part }),
    ),
  });
}

function toReason(reason: FeedReason): FeedReasonType {
  return build(FeedReasonType, reason);
}
