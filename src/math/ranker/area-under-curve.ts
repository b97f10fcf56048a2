import { assertFinite, assertInput } from '../assert.ts';
import { assertLabels } from './labelled-examples.ts';

/**
 * Area under the receiver operating characteristic: how likely one that came to the outcome has the higher score of two
 * drawn at random, one of each kind; equal scores count half. By ranks (Mann and Whitney, Annals of Mathematical
 * Statistics 18, 1947), in O(n log n).
 *
 * @param labels 1 where it came to the outcome, else 0; one for each score.
 * @returns within [0, 1]; 0.5 says nothing; null when all labels are the same
 * @throws RangeError when lists differ in length, a score is not finite, or a label is neither 0 nor 1.
 */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): number | null {
  assertInput(scores.length === labels.length, 'there must be one label for each score');
  assertFinite('score', scores);
  assertLabels(labels);
  const order = Int32Array.from({ length: scores.length }, (_, e) => e).sort(
    (one, other) => (scores[one] as number) - (scores[other] as number),
  );
  let [positives, wins, below] = [0, 0, 0];
  for (let from = 0; from < order.length; ) {
    const score = scores[order[from] as number];
    let [ups, downs, to] = [0, 0, from];
    for (; to < order.length && scores[order[to] as number] === score; to++) {
      if (labels[order[to] as number] === 1) ups++;
      else downs++;
    }
    wins += ups * (below + downs / 2);
    positives += ups;
    below += downs;
    from = to;
  }
  return positives === 0 || below === 0 ? null : wins / (positives * below);
}
