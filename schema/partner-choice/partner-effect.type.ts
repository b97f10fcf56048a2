import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type EffectForecast,
  FACTORS,
  type FactorName,
  type ForecastState,
  type KnownFactors,
  type PartnerEffect,
  type PartnerPart,
} from '../../src/partner-choice/index.ts';
import { build } from '../shared/build.ts';
import { ForecastStateEnum } from './partner-choice.enums.ts';

const NAMES = {
  demandFit: 'DEMAND_FIT',
  influence: 'INFLUENCE',
  experience: 'EXPERIENCE',
  promotion: 'PROMOTION',
  dataQuality: 'DATA_QUALITY',
} as const satisfies Record<FactorName, string>;

export const EffectFactorEnum = Object.fromEntries(FACTORS.map((factor) => [NAMES[factor], factor]));
registerEnumType(EffectFactorEnum, {
  name: 'EffectFactor',
  description: 'What a partner brings to a campaign, from 0 to 1, on a scale that no other partner moves.',
  valuesConfig: {
    DEMAND_FIT: { description: 'Cosine of the mix of domains wanted and that of what its people do.' },
    INFLUENCE: { description: 'ln(1 + people) / ln(1 + 1,000,000), at most 1.' },
    EXPERIENCE: { description: 'Of views and interactions the part that are interactions.' },
    PROMOTION: { description: 'Buyers per person, c, as c / (c + 0.05).' },
    DATA_QUALITY: { description: 'How much its figures rest on: people / (people + 100).' },
  },
});

@ObjectType('EffectFactors', { description: 'Each from 0 to 1; absent when it is not known.', simpleResolvers: true })
export class EffectFactorsType {
  @Field(() => Float, { nullable: true, description: 'C: how near what its people do is to what is wanted.' })
  readonly demandFit: number | null;

  @Field(() => Float, { nullable: true, description: 'P: how many people it reaches.' })
  readonly influence: number | null;

  @Field(() => Float, { nullable: true, description: 'U: how much people do with what they view.' })
  readonly experience: number | null;

  @Field(() => Float, { nullable: true, description: 'A: how many of them buy.' })
  readonly promotion: number | null;

  @Field(() => Float, { nullable: true, description: 'D: on how many people all this rests.' })
  readonly dataQuality: number | null;
}

@ObjectType('PartnerEffectPart', { description: 'What one partner adds to the effect of all.' })
export class PartnerEffectPartType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => EffectFactorsType, { description: 'What it brings.' })
  readonly factors: EffectFactorsType;

  @Field(() => [EffectFactorEnum], { description: 'Factors that are not known: they rest on too few people.' })
  readonly missing: readonly FactorName[];

  @Field(() => Float, { nullable: true, description: 'C P U A D; absent when one is missing.' })
  readonly product: number | null;

  @Field(() => Float, { nullable: true, description: 'Part of the sum of products; absent when there is no index.' })
  readonly share: number | null;

  @Field(() => EffectFactorEnum, {
    nullable: true,
    description: 'What holds it back most: the lowest factor; absent when one is missing.',
  })
  readonly weakest: FactorName | null;
}

@ObjectType('PartnerEffect', { description: 'What partners may bring together.' })
export class PartnerEffectType {
  /** Not part of the API: what the forecast is made from. */
  readonly planned: PartnerEffect['factors'];

  /** Not part of the API. */
  readonly periodDays: number;

  @Field(() => Float, {
    nullable: true,
    description:
      '(sum over the n partners of C P U A D)^(1/n): it compares campaigns and forecasts no number. Absent when a factor ' +
      'is missing: nothing stands in for it here.',
  })
  readonly index: number | null;

  @Field(() => [PartnerEffectPartType], { description: 'Each partner, in the order given.' })
  readonly partners: readonly PartnerEffectPartType[];
}

@ObjectType('ForecastRegistrations', { description: 'How many may register.', simpleResolvers: true })
export class ForecastRegistrationsType {
  @Field(() => Float, { description: 'As likely to be exceeded as not.' })
  readonly registrations: number;

  @Field(() => Float, { description: 'Lower end of the interval.' })
  readonly lower: number;

  @Field(() => Float, { description: 'Upper end of the interval.' })
  readonly upper: number;

  @Field(() => Float, { description: 'Chance that the interval holds the number, if the campaign is like past ones.' })
  readonly level: number;

  @Field(() => EffectFactorsType, {
    description: 'Percent more registrations for one percent more of each factor; 0 for one that never changed.',
  })
  readonly elasticities: EffectFactorsType;

  @Field(() => [EffectFactorEnum], {
    description: 'Factors beyond what past campaigns had: there the forecast only guesses.',
  })
  readonly extrapolates: readonly FactorName[];
}

@ObjectType('RegistrationForecast', { description: 'Registrations by past campaigns.', simpleResolvers: true })
export class RegistrationForecastType {
  @Field(() => ForecastStateEnum, { description: 'Whether there is a forecast.' })
  readonly state: ForecastState;

  @Field(() => Int, {
    nullable: true,
    description: 'Past campaigns of which every factor of every partner is known; absent when they were not looked at.',
  })
  readonly campaigns: number | null;

  @Field(() => Int, { description: 'How many are needed.' })
  readonly needed: number;

  @Field(() => ForecastRegistrationsType, { nullable: true, description: 'The forecast; absent when there is none.' })
  readonly forecast: ForecastRegistrationsType | null;

  @Field(() => String, { nullable: true, description: 'Why there is none.' })
  readonly reason: string | null;
}

export function toPartnerEffect({ index, partners, factors }: PartnerEffect, periodDays: number): PartnerEffectType {
  return build(PartnerEffectType, { index, planned: factors, periodDays, partners: partners.map(toPart) });
}

export function toRegistrationForecast({ forecast, ...told }: EffectForecast): RegistrationForecastType {
  const shown =
    forecast && build(ForecastRegistrationsType, { ...forecast, elasticities: toFactors(forecast.elasticities) });
  return build(RegistrationForecastType, { ...told, forecast: shown });
}

function toPart({ factors, ...part }: PartnerPart): PartnerEffectPartType {
  return build(PartnerEffectPartType, { ...part, factors: toFactors(factors) });
}

function toFactors(factors: KnownFactors): EffectFactorsType {
  return build(EffectFactorsType, { ...factors });
}
