import { ArgsType, Field, Float, ObjectType, registerEnumType } from 'type-graphql';
import type { ContentKind, Module, ShelfFilter } from '../../src/content/index.ts';
import type { InteractionKind } from '../../src/interactions/index.ts';
import {
  FEATURES,
  FEED_OBSTACLES,
  type FeatureName,
  type FeedExplanation,
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
    BECAUSE_YOU_INTERACTED: {
      description: 'The same people chose it and a content that the viewer did something with.',
    },
    ALIKE_IN_CONTENT: { description: 'It says much the same as a content that the viewer did something with.' },
    MATCHES_PROFILE: { description: 'It fits an interest, a goal or the occupation that the viewer told.' },
    POPULAR_WITH_OCCUPATION: { description: "Many people of the viewer's occupation do much with it." },
    POPULAR: { description: 'Many people do much with it.' },
    POPULAR_IN_DOMAIN: { description: 'As POPULAR, among the contents of its domain.' },
    NEW: { description: 'It came on the shelf within the last 30 days.' },
    NEW_FROM_PARTNER: { description: 'As NEW, from a partner whose contents the viewer likes.' },
    DISCOVERY: { description: 'Chance gave it the place, since little is known of it yet.' },
    CATALOGUE: { description: 'It is on offer, and nothing else is known of it yet.' },
    SEEN_BEFORE: {
      description: 'The viewer did something with it before; it comes after others until it has cooled down.',
    },
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

  toFilter(): ShelfFilter {
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

  @Field(() => Float, {
    description:
      'From 0 to 1, higher is better. Contents that are much like those just before them, discoveries and what was ' +
      'seen of late may stand beside their score.',
  })
  readonly score: number;

  @Field(() => Boolean, { description: 'Whether chance gave it the place, to learn what is little known.' })
  readonly isDiscovery: boolean;

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
    BLOCKED: { description: 'The viewer blocked its partner.' },
    TOO_YOUNG: { description: 'It is for older people, as far as the year of birth tells.' },
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

const FeedFeatureEnum = enumOf(FEATURES);
registerEnumType(FeedFeatureEnum, {
  name: 'FeedFeature',
  description: 'What the score of a content is made of; each from 0 to 1.',
  valuesConfig: {
    TASTE: { description: "How near it is to the viewer's taste by what the same people did, of the nearest." },
    TEXT: { description: "How near it is to the viewer's taste by what is told of it, of the nearest." },
    POPULARITY: { description: 'How much people do with it of late, of the most popular, on a logarithmic scale.' },
    DOMAIN_POPULARITY: { description: 'As POPULARITY, within its domain.' },
    OCCUPATION: { description: "As POPULARITY, with people of the viewer's occupation." },
    PROFILE: { description: 'How well it fits what the viewer told of themselves, of the best.' },
    FRESHNESS: { description: '1 on the day of publication, half of it thirty days later.' },
    DOMAIN_SHARE: { description: "Share of the viewer's taste that is in its domain." },
    PARTNER_SHARE: { description: "Share of the viewer's taste that is of its partner." },
    SEEN: { description: '1 for what the viewer met just now, half of it thirty days later.' },
    SHOWN: { description: 'Times that feeds of the last week showed it, in tens.' },
  },
});

@ObjectType('FeedScorePart', { description: 'What one feature adds to a score.', simpleResolvers: true })
export class FeedScorePartType {
  @Field(() => FeedFeatureEnum, { description: 'The feature.' })
  readonly feature: FeatureName;

  @Field(() => Float, { description: 'Its value, from 0 to 1.' })
  readonly value: number;

  @Field(() => Float, {
    description: 'What it adds to the log-odds that the score is made from; below 0 it takes away.',
  })
  readonly logOdds: number;
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

  @Field(() => [FeedScorePartType], {
    description: 'What its score is made of, the weightiest first; empty when the feed does not show it.',
  })
  readonly scoreParts: readonly FeedScorePartType[];

  @Field(() => Float, {
    nullable: true,
    description:
      'Log-odds that the score has beside these parts, so that all add up to it: where it starts from, and what features ' +
      'do together. Absent when the feed does not show the content.',
  })
  readonly baseLogOdds: number | null;
}

@ObjectType('SimilarContent', { description: 'A content that is like another.', simpleResolvers: true })
export class SimilarContentType {
  /** Not part of the API. */
  readonly contentId: string;

  @Field(() => Float, { description: 'How much alike, above 0 and at most 1: by what the same people did with both.' })
  readonly similarity: number;
}

export const FeedConnection = connectionOf('FeedItem', () => FeedItemType);

export function toFeedItem({ contentId, score, isDiscovery, reasons }: FeedItem): FeedItemType {
  return build(FeedItemType, { contentId, score, isDiscovery, reasons: reasons.map(toReason) });
}

export function toSimilarContent(row: SimilarContent): SimilarContentType {
  return build(SimilarContentType, row);
}

export function toFeedExplanation({
  obstacles,
  item,
  contributions,
  scoreParts,
  baseLogOdds,
}: FeedExplanation): FeedExplanationType {
  return build(FeedExplanationType, {
    obstacles,
    item: item && toFeedItem(item),
    contributions: contributions.map(({ contentId, kind, part }) =>
      build(FeedContributionType, { contentId, kind, part }),
    ),
    scoreParts: scoreParts.map((part) => build(FeedScorePartType, part)),
    baseLogOdds,
  });
}

function toReason(reason: FeedReason): FeedReasonType {
  return build(FeedReasonType, reason);
}
