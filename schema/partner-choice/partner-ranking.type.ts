import { Field, Float, Int, ObjectType } from 'type-graphql';
import type {
  ChoiceCriterion,
  CriterionScore,
  CriterionUse,
  LeftOutPartner,
  LeftOutReason,
  MarketMeasure,
  MissingReason,
  PartnerFigures,
  Period,
  RankedCandidate,
  Ranking,
  Treatment,
} from '../../src/partner-choice/index.ts';
import { build } from '../shared/build.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';
import {
  ChoiceCriterionEnum,
  ChoiceLeftOutReasonEnum,
  ChoiceMissingReasonEnum,
  ChoiceTreatmentEnum,
  MarketMeasureEnum,
} from './partner-choice.enums.ts';

const TOO_FEW = 'Absent when it would rest on fewer than 10 people.';

@ObjectType('PartnerFigures', { description: 'What is known of a partner in the period.', simpleResolvers: true })
export class PartnerFiguresType {
  @Field(() => Int, {
    nullable: true,
    description: `People who did something with its contents, or bought one; dismissals aside. ${TOO_FEW}`,
  })
  readonly people: number | null;

  @Field(() => Int, { nullable: true, description: `Views of its contents. ${TOO_FEW}` })
  readonly views: number | null;

  @Field(() => Int, {
    nullable: true,
    description: `What people did with its contents beside viewing and dismissing. ${TOO_FEW}`,
  })
  readonly interactions: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Cosine of the mix of domains wanted and that of its people, from 0 to 1. ${TOO_FEW}`,
  })
  readonly domainSimilarity: number | null;

  @Field(() => Float, {
    nullable: true,
    description: `Part of its people who are wanted, from 0 to 1. Absent too when the goal wants anybody. ${TOO_FEW}`,
  })
  readonly targetShare: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'People who bought something and have not all of their money back. Absent when they are from 1 to 9.',
  })
  readonly buyers: number | null;

  @Field(() => Int, { nullable: true, description: 'Items that they bought. Absent as the buyers are.' })
  readonly sales: number | null;

  @Field(() => [MoneyType], {
    nullable: true,
    description: 'What they paid less what went back since, by currency; one of fewer than 10 buyers is left out.',
  })
  readonly revenues: readonly MoneyType[] | null;

  @Field(() => Float, { nullable: true, description: 'Buyers by people, from 0 to 1. Absent as the buyers are.' })
  readonly conversion: number | null;
}

@ObjectType('CriterionScore', { description: 'How a partner stands in one criterion.', simpleResolvers: true })
export class CriterionScoreType {
  @Field(() => ChoiceCriterionEnum, { description: 'The criterion.' })
  readonly criterion: ChoiceCriterion;

  @Field(() => String, { description: 'What the figure is counted in.' })
  readonly unit: string;

  @Field(() => Float, { nullable: true, description: 'The figure; absent when it is missing.' })
  readonly figure: number | null;

  @Field(() => ChoiceMissingReasonEnum, { nullable: true, description: 'Why it is missing; absent when it is not.' })
  readonly missing: MissingReason | null;

  @Field(() => ChoiceTreatmentEnum, { nullable: true, description: 'What was done about that; absent when it is not.' })
  readonly treatment: Treatment | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What was counted with: the figure, or what stands in; absent when the criterion is not counted.',
  })
  readonly usedFigure: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'That over the root of the sum of squares of all ranked partners; absent when it is not counted.',
  })
  readonly normalised: number | null;

  @Field(() => Float, { description: 'Weight of the criterion, from 0 to 1.' })
  readonly weight: number;

  @Field(() => Float, { description: 'Its part of the closeness; those of all criteria sum to it.' })
  readonly gained: number;

  @Field(() => Float, { description: 'Its part of what is missing to 1; those of all criteria sum to it.' })
  readonly lost: number;
}

@ObjectType('RankedPartner', { description: 'A partner in its place.' })
export class RankedPartnerType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => Int, { description: 'From 1; partners of the same closeness have the same.' })
  readonly rank: number;

  @Field(() => Float, { description: '1 for one that is best in everything that counts, 0 for one that is worst.' })
  readonly closeness: number;

  @Field(() => Float, { description: 'Part of the weight asked for that rests on known figures, from 0 to 1.' })
  readonly confidence: number;

  @Field(() => PartnerFiguresType, { description: 'What the criteria are made of.' })
  readonly figures: PartnerFiguresType;

  @Field(() => [CriterionScoreType], { description: 'How it stands in each criterion.' })
  readonly scores: readonly CriterionScoreType[];
}

@ObjectType('UnrankedPartner', { description: 'A partner without a place.' })
export class UnrankedPartnerType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => ChoiceLeftOutReasonEnum, { description: 'Why.' })
  readonly reason: LeftOutReason;

  @Field(() => [ChoiceCriterionEnum], { description: 'Criteria that are missing of it.' })
  readonly missing: readonly ChoiceCriterion[];
}

@ObjectType('CriterionUse', { description: 'How a criterion counted.', simpleResolvers: true })
export class CriterionUseType {
  @Field(() => ChoiceCriterionEnum, { description: 'The criterion.' })
  readonly criterion: ChoiceCriterion;

  @Field(() => String, { description: 'What its figures are counted in.' })
  readonly unit: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Its weight as given, as a part of the sum of all; absent when weights are by entropy.',
  })
  readonly askedWeight: number | null;

  @Field(() => Float, {
    description: 'Its weight as used: one that is known of nobody has none, and the others share it.',
  })
  readonly weight: number;

  @Field(() => Int, { description: 'Candidates of which it is known.' })
  readonly knownCount: number;

  @Field(() => Boolean, { description: 'Whether all ranked partners have the same, so that it moves nobody.' })
  readonly isConstant: boolean;

  @Field(() => Boolean, { description: 'Whether it is known of nobody.' })
  readonly isUnknown: boolean;
}

@ObjectType('PartnerRanking', { description: 'Partners in order of how well they fit a goal.' })
export class PartnerRankingType {
  /** Not part of the API: pages are cut from it. */
  readonly all: { readonly ranked: readonly RankedPartnerType[]; readonly leftOut: readonly UnrankedPartnerType[] };

  @Field(() => Date, { description: 'What happened after it is looked at.' })
  readonly since: Date;

  @Field(() => Date, { description: 'And up to it.' })
  readonly until: Date;

  @Field(() => [CriterionUseType], { description: 'How each criterion counted.' })
  readonly criteria: readonly CriterionUseType[];

  @Field(() => MarketMeasureEnum, { description: 'What MARKET_PERFORMANCE took for what was sold.' })
  readonly marketMeasure: MarketMeasure;

  @Field(() => String, {
    nullable: true,
    description: 'Currency of REVENUE, ISO 4217; absent for SALES, and when nothing was sold.',
  })
  readonly marketCurrency: string | null;

  @Field(() => Int, { description: 'How many partners are ranked.' })
  readonly rankedCount: number;

  @Field(() => Int, { description: 'How many are left out.' })
  readonly leftOutCount: number;
}

export function toPartnerRanking(ranking: Ranking & { readonly period: Period }): PartnerRankingType {
  const { ranked, leftOut, criteria, market, period } = ranking;
  return build(PartnerRankingType, {
    all: { ranked: ranked.map(toRanked), leftOut: leftOut.map(toUnranked) },
    ...period,
    criteria: criteria.map(toCriterionUse),
    marketMeasure: market.measure,
    marketCurrency: market.currency,
    rankedCount: ranked.length,
    leftOutCount: leftOut.length,
  });
}

function toRanked({ figures, scores, ...place }: RankedCandidate): RankedPartnerType {
  const shown = scores.map((score: CriterionScore) => build(CriterionScoreType, { ...score }));
  return build(RankedPartnerType, { ...place, figures: toFigures(figures), scores: shown });
}

function toFigures({ revenues, ...figures }: PartnerFigures): PartnerFiguresType {
  const amounts = revenues?.map(({ minor, currency }) => toMoney(minor, currency)) ?? null;
  return build(PartnerFiguresType, { ...figures, revenues: amounts });
}

function toUnranked({ partnerId, reason, missing }: LeftOutPartner): UnrankedPartnerType {
  return build(UnrankedPartnerType, { partnerId, reason, missing });
}

function toCriterionUse({ flag, ...use }: CriterionUse): CriterionUseType {
  return build(CriterionUseType, { ...use, isConstant: flag === 'CONSTANT', isUnknown: flag === 'UNKNOWN' });
}
