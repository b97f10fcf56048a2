import { type EffectFactors, effectIndex } from '../math/partner-ranking/index.ts';
import { effectFactorsOf, type FactorName, type KnownFactors, missingFactors, wholeFactors } from './effect-factors.ts';
import type { PartnerFigures } from './partner-figures.ts';

export interface PartnerPart {
  readonly partnerId: string;
  readonly factors: KnownFactors;
  readonly missing: readonly FactorName[];
  /** Of the factors; null when one is missing. */
  readonly product: number | null;
  /** Part of the sum of products; null when the index is. */
  readonly share: number | null;
  /** The lowest factor; null when one is missing. */
  readonly weakest: FactorName | null;
}

export interface PartnerEffect {
  /** (sum of products)^(1 / number of partners); null when a factor is missing: nothing stands in for it here. */
  readonly index: number | null;
  readonly partners: readonly PartnerPart[];
  /** Null when one is missing. */
  readonly factors: readonly EffectFactors[] | null;
}

/** The effect index of partners together, in the order given. */
export function effectOf(
  partners: readonly { readonly partnerId: string; readonly figures: PartnerFigures }[],
): PartnerEffect {
  const known = partners.map(({ partnerId, figures }) => ({ partnerId, factors: effectFactorsOf(figures) }));
  const whole = known.flatMap(({ factors }) => wholeFactors(factors) ?? []);
  const all = whole.length === known.length ? effectIndex(whole) : null;
  return {
    index: all?.index ?? null,
    factors: all ? whole : null,
    partners: known.map(({ partnerId, factors }, at) => {
      const missing = missingFactors(factors);
      const alone = wholeFactors(factors);
      const part = alone ? effectIndex([alone]).partners[0] : undefined;
      return {
        partnerId,
        factors,
        missing,
        product: part?.product ?? null,
        share: all?.partners[at]?.share ?? null,
        weakest: (part?.weakest as FactorName | undefined) ?? null,
      };
    }),
  };
}
