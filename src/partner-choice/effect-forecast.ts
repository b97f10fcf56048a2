import { type EffectFactors, forecastRegistrations, type PastCampaign } from '../math/partner-ranking/index.ts';
import { type Period, periodBefore } from './choice-goal.ts';
import { effectFactorsOf, type FactorName, wholeFactors } from './effect-factors.ts';
import type { CountedFigures, FigureSpan } from './partner-figures.queries.ts';
import { figuresOf } from './partner-figures.ts';
import type { PastCampaignRow } from './past-campaigns.queries.ts';

/** A regression on five factors learns little from fewer. */
const NEEDED_CAMPAIGNS = 20;
/** The latest: what people did before each of them is looked through. */
export const MOST_PAST_CAMPAIGNS = 60;

export const FORECAST_STATES = ['FORECAST', 'NOT_ENOUGH_CAMPAIGNS', 'FACTORS_MISSING'] as const;
export type ForecastState = (typeof FORECAST_STATES)[number];

export interface RegistrationForecast {
  /** As likely to be exceeded as not. */
  readonly registrations: number;
  readonly lower: number;
  readonly upper: number;
  readonly level: number;
  /** Percent more registrations for one percent more of the factor. */
  readonly elasticities: Readonly<Record<FactorName, number>>;
  /** Factors beyond what past campaigns had. */
  readonly extrapolates: readonly FactorName[];
}

export interface EffectForecast {
  readonly state: ForecastState;
  /** Past campaigns with every factor of every partner known; null when they were not looked at. */
  readonly campaigns: number | null;
  readonly needed: number;
  readonly forecast: RegistrationForecast | null;
  /** Why there is no forecast. */
  readonly reason: string | null;
}

/** A campaign's partners in the days before it began. */
export function spansBefore(campaigns: readonly PastCampaignRow[], days: number): FigureSpan[] {
  return campaigns.flatMap(({ startsAt, partnerIds }) => {
    const period: Period = periodBefore(startsAt, days);
    return partnerIds.map((partnerId) => ({ partnerId, ...period }));
  });
}

/**
 * Those of the campaigns whose factors are all known.
 *
 * @param counted of `spansBefore`, in its order
 */
export function usableCampaigns(
  campaigns: readonly PastCampaignRow[],
  counted: readonly CountedFigures[],
): PastCampaign[] {
  let place = 0;
  return campaigns.flatMap(({ id, partnerIds, domainMix, registrations }) => {
    const mix = new Map(Object.entries(domainMix));
    const own = counted.slice(place, place + partnerIds.length);
    place += partnerIds.length;
    const partners = own.flatMap(
      (figures) => wholeFactors(effectFactorsOf(figuresOf(figures, { mix, isTargeted: false }))) ?? [],
    );
    return partners.length === partnerIds.length && partners.length > 0 ? [{ id, partners, registrations }] : [];
  });
}

const none = { needed: NEEDED_CAMPAIGNS, forecast: null } as const;

/** @param level chance that the interval holds the number, above 0 and below 1 */
export function forecastFrom(
  past: readonly PastCampaign[],
  planned: readonly EffectFactors[],
  level: number,
): EffectForecast {
  const told = forecastRegistrations(past, planned, { level });
  if (told.status === 'NOT_ENOUGH') {
    const reason = `Not enough past campaigns of which all factors are known: ${told.campaigns} of ${told.needed}.`;
    return { ...none, state: 'NOT_ENOUGH_CAMPAIGNS', campaigns: told.campaigns, reason };
  }
  const { registrations, interval, elasticities, extrapolates } = told;
  const [lower, upper] = interval;
  const forecast = { registrations, lower, upper, level, elasticities, extrapolates };
  return { state: 'FORECAST', campaigns: told.campaigns, needed: NEEDED_CAMPAIGNS, forecast, reason: null };
}

export function factorsMissing(): EffectForecast {
  const reason = 'A factor of a partner is not known: see what is missing of each.';
  return { ...none, state: 'FACTORS_MISSING', campaigns: null, reason };
}
