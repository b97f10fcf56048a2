import { assertInput } from '../assert.ts';

/** What a partner brings to a campaign, each normalised to [0, 1]. */
export interface EffectFactors {
  /** C: how well the content fits the demand. */
  readonly demandFit: number;
  /** P */
  readonly influence: number;
  /** U */
  readonly experience: number;
  /** A */
  readonly promotion: number;
  /** D */
  readonly dataQuality: number;
}

export const EFFECT_FACTORS = ['demandFit', 'influence', 'experience', 'promotion', 'dataQuality'] as const;

/** A factor below counts as this, so that its logarithm says "next to nothing" and not "nothing else matters". */
const LEAST_FACTOR = 0.01;

/** @throws RangeError when a factor is not within [0, 1]. */
export function assertFactors(name: string, factors: EffectFactors): void {
  for (const factor of EFFECT_FACTORS) {
    const value = factors[factor];
    assertInput(value >= 0 && value <= 1, `${factor} of ${name} must be from 0 to 1, not ${value}`);
  }
}

/** The logarithms of the factors of a campaign, each the mean over its partners. @throws RangeError as `assertFactors` */
export function logFactorsOf(name: string, partners: readonly EffectFactors[]): number[] {
  assertInput(partners.length > 0, `${name} must have a partner`);
  for (const [p, factors] of partners.entries()) assertFactors(`partner ${p} of ${name}`, factors);
  return EFFECT_FACTORS.map(
    (factor) =>
      partners.reduce((sum, factors) => sum + Math.log(Math.max(LEAST_FACTOR, factors[factor])), 0) / partners.length,
  );
}
