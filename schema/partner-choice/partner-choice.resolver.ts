import { Arg, Ctx, FieldResolver, Float, Int, Query, Resolver, Root } from 'type-graphql';
import { present } from '../../src/shared/invariant.ts';
import { pageRequest } from '../../src/shared/page.ts';
import { PartnerType, toPartner } from '../partners/partner.type.ts';
import type { RequestContext } from '../shared/context.ts';
import { PartnerEffectInputType, RankPartnersInputType, toEffectWish, toRankingWish } from './partner-choice.input.ts';
import {
  PartnerEffectPartType,
  PartnerEffectType,
  RegistrationForecastType,
  toPartnerEffect,
  toRegistrationForecast,
} from './partner-effect.type.ts';
import {
  PartnerRankingType,
  RankedPartnerType,
  toPartnerRanking,
  UnrankedPartnerType,
} from './partner-ranking.type.ts';

/** Both look through what people did for months. */
const COST = 300;
const FIRST = { defaultValue: 20, description: 'How many at most, from 1 to 100.' };

@Resolver(() => PartnerRankingType)
export class PartnerRankingResolver {
  @Query(() => PartnerRankingType, {
    description:
      'Which partners fit a goal best, by TOPSIS over what is known of them, with the part of each criterion. Figures that ' +
      'rest on fewer than 10 people count as missing. For admins.',
    complexity: ({ childComplexity }) => COST + childComplexity,
  })
  async rankPartners(
    @Arg('input', () => RankPartnersInputType, { description: 'Which partners, for what.' })
    input: RankPartnersInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<PartnerRankingType> {
    return toPartnerRanking(await services.partnerChoice.rank(actor, toRankingWish(input)));
  }

  @FieldResolver(() => [RankedPartnerType], { description: 'The best first.' })
  ranked(
    @Root() { all }: PartnerRankingType,
    @Arg('first', () => Int, FIRST) first: number,
  ): readonly RankedPartnerType[] {
    return all.ranked.slice(0, pageRequest(first, null).first);
  }

  @FieldResolver(() => [UnrankedPartnerType], { description: 'Partners that are not ranked, and why.' })
  leftOut(
    @Root() { all }: PartnerRankingType,
    @Arg('first', () => Int, FIRST) first: number,
  ): readonly UnrankedPartnerType[] {
    return all.leftOut.slice(0, pageRequest(first, null).first);
  }
}

@Resolver(() => RankedPartnerType)
export class RankedPartnerResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  partner(@Root() row: RankedPartnerType, @Ctx() context: RequestContext): Promise<PartnerType> {
    return partnerOf(row, context);
  }
}

@Resolver(() => UnrankedPartnerType)
export class UnrankedPartnerResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  partner(@Root() row: UnrankedPartnerType, @Ctx() context: RequestContext): Promise<PartnerType> {
    return partnerOf(row, context);
  }
}

@Resolver(() => PartnerEffectPartType)
export class PartnerEffectPartResolver {
  @FieldResolver(() => PartnerType, { description: 'The partner.' })
  partner(@Root() row: PartnerEffectPartType, @Ctx() context: RequestContext): Promise<PartnerType> {
    return partnerOf(row, context);
  }
}

@Resolver(() => PartnerEffectType)
export class PartnerEffectResolver {
  @Query(() => PartnerEffectType, {
    description: 'What some partners may bring together: the effect index, and a forecast. For admins.',
    complexity: ({ childComplexity }) => COST + childComplexity,
  })
  async partnerEffect(
    @Arg('input', () => PartnerEffectInputType, { description: 'Which partners, for what.' })
    input: PartnerEffectInputType,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<PartnerEffectType> {
    return toPartnerEffect(await services.partnerChoice.effect(actor, toEffectWish(input)), input.periodDays);
  }

  @FieldResolver(() => RegistrationForecastType, {
    description:
      'Registrations of a campaign of these partners: a ridge regression of log registrations on the log factors of the ' +
      'latest past campaigns, each as in as many days before it began, once there are enough. Costs another look.',
    complexity: ({ childComplexity }) => COST + childComplexity,
  })
  async registrationForecast(
    @Root() { planned, periodDays }: PartnerEffectType,
    @Arg('level', () => Float, {
      defaultValue: 0.95,
      description: 'Chance that the interval holds the number, from 0.5 to 0.999.',
    })
    level: number,
    @Ctx() { services, actor }: RequestContext,
  ): Promise<RegistrationForecastType> {
    return toRegistrationForecast(await services.partnerChoice.forecast(actor, { planned, periodDays, level }));
  }
}

async function partnerOf({ partnerId }: { partnerId: string }, { loaders }: RequestContext): Promise<PartnerType> {
  return toPartner(present(await loaders.partners.load(partnerId), 'a partner that is compared'));
}
