import { assertFinite, assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/** What was shown, and what came of it. */
export interface LabelledExamples {
  /** Examples by features: those of the user, of the content, of the context, and scores of the sources. */
  readonly features: CsrMatrix;
  /** 1 where it came to the outcome, else 0; one for each example. */
  readonly labels: ArrayLike<number>;
  /** How much each example counts, from 0: as much as so many of them. Each once, when absent. */
  readonly weights?: ArrayLike<number> | undefined;
}

/** @throws RangeError when there is not one label of 0 or 1, and one weight from 0 if any, for each example. */
export function checkExamples({ features, labels, weights }: LabelledExamples): void {
  assertInput(features.rowCount === labels.length, 'there must be one label for each example');
  assertLabels(labels);
  if (weights === undefined) return;
  assertInput(weights.length === labels.length, 'there must be one weight for each example');
  assertFinite('weight', weights);
  for (let e = 0; e < weights.length; e++) assertInput((weights[e] as number) >= 0, `weight ${e} is below 0`);
}

/** @throws RangeError at the first label that is neither 0 nor 1. */
export function assertLabels(labels: ArrayLike<number>): void {
  for (let e = 0; e < labels.length; e++) {
    if (labels[e] !== 0 && labels[e] !== 1) throw new RangeError(`label ${e} must be 0 or 1, not ${labels[e]}`);
  }
}
