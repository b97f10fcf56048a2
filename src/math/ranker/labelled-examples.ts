import { assertInput } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/** What was shown, and what came of it. */
export interface LabelledExamples {
  /** Examples by features: those of the user, of the content, of the context, and scores of the sources. */
  readonly features: CsrMatrix;
  /** 1 where it came to the outcome, else 0; one for each example. */
  readonly labels: ArrayLike<number>;
}

/** @throws RangeError when there is not one label of 0 or 1 for each example. */
export function checkExamples({ features, labels }: LabelledExamples): void {
  assertInput(features.rowCount === labels.length, 'there must be one label for each example');
  assertLabels(labels);
}

/** @throws RangeError at the first label that is neither 0 nor 1. */
export function assertLabels(labels: ArrayLike<number>): void {
  for (let e = 0; e < labels.length; e++) {
    if (labels[e] !== 0 && labels[e] !== 1) throw new RangeError(`label ${e} must be 0 or 1, not ${labels[e]}`);
  }
}
