import { InvalidInputError } from '../shared/domain-error.ts';
import { requireWeight } from './choice-goal.ts';
import type { ChoiceCriterion } from './criterion-figures.ts';
import type { CriterionWeights } from './ranking.ts';

export interface WeightGiven {
  readonly criterion: ChoiceCriterion;
  readonly weight: number;
}

/** @throws InvalidInputError when there is none, one is not above 0, or a criterion stands there twice */
export function checkWeights(given: readonly WeightGiven[]): CriterionWeights {
  if (given.length === 0) {
    throw new InvalidInputError('weights', 'Give at least one weight, or leave them out for weights by entropy.');
  }
  const weights = new Map<ChoiceCriterion, number>();
  given.forEach(({ criterion, weight }, at) => {
    if (weights.has(criterion)) {
      throw new InvalidInputError(`weights.${at}.criterion`, `The criterion ${criterion} stands there twice.`);
    }
    weights.set(criterion, requireWeight(`weights.${at}.weight`, weight));
  });
  return weights;
}
