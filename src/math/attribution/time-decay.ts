import { assertFinite, assertInput } from '../assert.ts';
import { AttributionInputError } from './attribution-input-error.ts';
import type { AttributionModel } from './attribution-model.ts';
import { creditOneByOne } from './credit-one-by-one.ts';
import { gridCredits } from './grid-credits.ts';
import type { ChannelModel } from './paths.ts';
import { normalisedShares, shareModel } from './share-model.ts';

export interface TimeDecayOptions {
  /** In how many days of 24 hours a touch loses half of its weight; above zero, fractions allowed. */
  readonly halfLifeDays: number;
}

export const DEFAULT_HALF_LIFE_DAYS = 7;

const DAY_MS = 86_400_000;
/** Terms of the series below: what is left out is less than the last digit of a double. */
const SERIES_TERMS = 18;
/** Beyond this, even the smallest double is more. */
const MOST_HALVINGS = 1_100;

/**
 * Credit by age: weight 2^(-age / half-life), the sum of a journey's weights being one. Ages count from the youngest
 * touch of the journey, which changes no proportion and keeps old journeys from vanishing. Credits are in billionths:
 * see `gridCredits`.
 *
 * @throws RangeError for a half-life that is not above zero.
 */
export function timeDecayModel({ halfLifeDays }: TimeDecayOptions): AttributionModel {
  const halfLifeMs = halfLifeOf(halfLifeDays);
  return creditOneByOne((touches) => {
    const youngestMs = touches.at(-1)?.occurredAt.getTime() ?? 0;
    return gridCredits(touches.map(({ occurredAt }) => halved((youngestMs - occurredAt.getTime()) / halfLifeMs)));
  });
}

/**
 * The same for channels.
 *
 * @throws RangeError for a half-life that is not above zero.
 * @throws AttributionInputError for paths whose touches have no times.
 */
export function timeDecayChannels({ halfLifeDays }: TimeDecayOptions): ChannelModel {
  const halfLifeMs = halfLifeOf(halfLifeDays);
  return shareModel((paths) => {
    const ages = paths.agesMs;
    if (!ages) throw new AttributionInputError('Credit by age needs the times of touches, which paths do not have.');
    assertFinite('the age of a touch', ages);
    return normalisedShares(paths, (path, weights) => {
      const start = paths.offsets[path] as number;
      let youngest = Number.POSITIVE_INFINITY;
      for (let at = 0; at < weights.length; at++) youngest = Math.min(youngest, ages[start + at] as number);
      for (let at = 0; at < weights.length; at++) {
        weights[at] = halved(((ages[start + at] as number) - youngest) / halfLifeMs);
      }
    });
  });
}

function halfLifeOf(halfLifeDays: number): number {
  const isLife = Number.isFinite(halfLifeDays) && halfLifeDays > 0;
  assertInput(isLife, `the half-life must be a finite number of days above 0, not ${halfLifeDays}`);
  return halfLifeDays * DAY_MS;
}

/**
 * 2^-times, from sums and products alone: these are the same on every machine, which powers need not be.
 *
 * @param times From 0.
 */
function halved(times: number): number {
  if (times > MOST_HALVINGS) return 0;
  const whole = Math.floor(times);
  const exponent = -(times - whole) * Math.LN2;
  let value = 1;
  for (let term = SERIES_TERMS; term > 0; term--) value = 1 + (exponent / term) * value;
  for (let halving = 0; halving < whole; halving++) value /= 2;
  return value;
}
