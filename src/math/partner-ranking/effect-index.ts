import { assertInput } from '../assert.ts';
import { assertFactors, EFFECT_FACTORS, type EffectFactors } from './effect-factors.ts';

export interface EffectIndex {
  /** From 0 to n^(1/n), n being the number of partners. It compares campaigns; it forecasts no number. */
  readonly index: number;
  /** For each partner its product, and that as a share of the sum; the share is 0 when the sum is. */
  readonly partners: readonly { readonly product: number; readonly share: number; readonly weakest: string }[];
}

/**
 * (sum over i of C_i P_i U_i A_i D_i)^(1/n), for n partners; product.md A3.
 *
 * @throws RangeError without a partner, or when a factor is not within [0, 1].
 */
export function effectIndex(partners: readonly EffectFactors[]): EffectIndex {
  assertInput(partners.length > 0, 'there must be a partner');
  const products = partners.map((factors, p) => {
    assertFactors(`partner ${p}`, factors);
    return EFFECT_FACTORS.reduce((product, factor) => product * factors[factor], 1);
  });
  const sum = products.reduce((total, product) => total + product, 0);
  return {
    index: sum ** (1 / partners.length),
    partners: products.map((product, p) => ({
      product,
      share: sum > 0 ? product / sum : 0,
      weakest: weakestOf(partners[p] as EffectFactors),
    })),
  };
}

/** The factor that holds a partner back most; of equals the first. */
function weakestOf(factors: EffectFactors): string {
  return EFFECT_FACTORS.reduce<string>(
    (weakest, factor) => (factors[factor] < factors[weakest as keyof EffectFactors] ? factor : weakest),
    EFFECT_FACTORS[0],
  );
}
