import type { SparseRow } from '../sparse/index.ts';
import type { RecommenderModel } from './recommender.ts';

/** Scores less their mean over the items outside the history, by their standard deviation; all 0 where that is 0. */
export function standardisedScores(model: RecommenderModel, history: SparseRow, into?: Float64Array): Float64Array {
  const scores = model.score(history, into);
  const known = new Uint8Array(scores.length);
  for (let h = 0; h < history.indices.length; h++) known[history.indices[h] as number] = 1;
  const count = scores.length - history.indices.length;
  let sum = 0;
  let largest = 0;
  for (let item = 0; item < scores.length; item++) {
    if (known[item]) continue;
    const score = scores[item] as number;
    sum += score;
    largest = Math.max(largest, Math.abs(score));
  }
  const mean = sum / Math.max(1, count);
  let squares = 0;
  for (let item = 0; item < scores.length; item++) {
    if (!known[item]) squares += ((scores[item] as number) - mean) ** 2;
  }
  const deviation = Math.sqrt(squares / Math.max(1, count));
  // What differs by rounding only says nothing.
  const isFlat = !(deviation > 1e-10 * largest);
  for (let item = 0; item < scores.length; item++) {
    scores[item] = isFlat ? 0 : ((scores[item] as number) - mean) / deviation;
  }
  return scores;
}
