import t from '@stdlib/stats-base-dists-t';
import { assertAtLeast, assertInput } from '../assert.ts';
import { EFFECT_FACTORS, type EffectFactors, logFactorsOf } from './effect-factors.ts';
import { fitRidge, type RidgeFit } from './ridge.ts';

export interface PastCampaign {
  readonly id: string;
  readonly partners: readonly EffectFactors[];
  /** How many registered, at least 0. */
  readonly registrations: number;
}

export interface RegistrationForecast {
  readonly status: 'FORECAST';
  /** As likely to be exceeded as not. */
  readonly registrations: number;
  /** Holds the number with the probability `level`, if the campaign is like those before it. */
  readonly interval: readonly [lower: number, upper: number];
  readonly level: number;
  /** Percent more registrations for one percent more of a factor; 0 for a factor that never changed. */
  readonly elasticities: Readonly<Record<keyof EffectFactors, number>>;
  /** Of the ridge regression, by leave-one-out. */
  readonly penalty: number;
  /** Root of the mean square of leave-one-out errors of log registrations. */
  readonly leaveOneOutError: number;
  /** Factors beyond what past campaigns had: there the forecast only guesses. */
  readonly extrapolates: readonly (keyof EffectFactors)[];
  readonly campaigns: number;
}

export interface NotEnoughCampaigns {
  readonly status: 'NOT_ENOUGH';
  readonly campaigns: number;
  readonly needed: number;
}

const NEEDED = 20;
/** Nobody registered counts as this, since the logarithm of 0 is none. */
const LEAST_REGISTRATIONS = 0.5;
const LEVEL = 0.95;

/**
 * Registrations of a planned campaign by ridge regression of log registrations on the log factors of past ones, with a
 * prediction interval: estimate -+ t(freedom) * s * sqrt(1 + leverage) on the log scale. What the penalty pulls towards
 * the mean is part of s, not of the estimate. Source: Hoerl and Kennard, "Ridge regression", Technometrics 12, 1970.
 *
 * @returns NOT_ENOUGH below 20 past campaigns.
 * @throws RangeError when a factor is not within [0, 1], a campaign has no partner, registrations are negative, or the
 * level is not between 0 and 1.
 */
export function forecastRegistrations(
  past: readonly PastCampaign[],
  planned: readonly EffectFactors[],
  { level = LEVEL }: { level?: number } = {},
): RegistrationForecast | NotEnoughCampaigns {
  assertInput(level > 0 && level < 1, `the level must be between 0 and 1, not ${level}`);
  const target = logFactorsOf('the planned campaign', planned);
  const rows = past.map(({ id, partners }) => logFactorsOf(`campaign ${id}`, partners));
  for (const { id, registrations } of past) assertAtLeast(`registrations of campaign ${id}`, registrations, 0);
  if (past.length < NEEDED) return { status: 'NOT_ENOUGH', campaigns: past.length, needed: NEEDED };
  const logs = past.map(({ registrations }) => Math.log(Math.max(LEAST_REGISTRATIONS, registrations)));
  const fit = fitRidge(rows, logs);
  const standardised = target.map((value, c) => (value - (fit.means[c] as number)) / (fit.deviations[c] as number));
  const estimate = standardised.reduce((sum, value, c) => sum + value * (fit.weights[c] as number), fit.intercept);
  const spread = Math.sqrt(fit.variance * (1 + fit.leverage(standardised)));
  const reach = spread * t.quantile((1 + level) / 2, past.length - fit.freedom);
  return {
    status: 'FORECAST',
    registrations: Math.exp(estimate),
    interval: [Math.exp(estimate - reach), Math.exp(estimate + reach)],
    level,
    elasticities: elasticitiesOf(fit),
    penalty: fit.penalty,
    leaveOneOutError: Math.sqrt(fit.leaveOneOut),
    extrapolates: EFFECT_FACTORS.filter((_, c) =>
      isBeyond(
        rows.map((row) => row[c] as number),
        target[c] as number,
      ),
    ),
    campaigns: past.length,
  };
}

function elasticitiesOf({ weights, deviations }: RidgeFit): Record<keyof EffectFactors, number> {
  const [demandFit = 0, influence = 0, experience = 0, promotion = 0, dataQuality = 0] = weights.map(
    (weight, c) => weight / (deviations[c] as number),
  );
  return { demandFit, influence, experience, promotion, dataQuality };
}

function isBeyond(column: readonly number[], value: number): boolean {
  return column.every((known) => known < value) || column.every((known) => known > value);
}
