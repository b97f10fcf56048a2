/** What a blend learns its weights from: one learner's items, some of which that learner went on to choose. */
export interface BlendCase {
  /** Scores of component c for place p at `c * size + p`, standardised. */
  readonly scores: Float64Array;
  readonly size: number;
  /** Places of the items chosen, at least one. */
  readonly relevant: Int32Array;
}

const STEPS = [0.4, 0.2, 0.1, 0.05, 0.025];
const MAX_PASSES = 4;
/** The weights are the mean of those that each of so many parts of the cases, the others taken together, find best. */
const BAGS = 4;
/** With fewer cases to a part, all are taken together. */
const LEAST_PART = 25;

/**
 * Weights from 0 that sum to 1 and make the mean NDCG@k of the cases large: from equal weights or a single component,
 * whichever is best, one weight at a time is moved up and down by ever smaller steps as long as that helps (coordinate
 * ascent, since NDCG has no gradient; Metzler and Croft, "Linear feature-based models for information retrieval",
 * Information Retrieval 10, 2007). That is done leaving out one part of the cases after another, and the mean taken, which
 * keeps few cases from being learnt by heart (Breiman, "Bagging predictors", Machine Learning 24, 1996).
 */
export function learnBlendWeights(
  cases: readonly BlendCase[],
  options: { componentCount: number; k: number },
): Float64Array {
  const bags = cases.length >= BAGS * LEAST_PART ? BAGS : 1;
  const mean = new Float64Array(options.componentCount);
  for (let bag = 0; bag < bags; bag++) {
    const kept = bags === 1 ? cases : cases.filter((_, at) => at % bags !== bag);
    ascend(kept, options).forEach((weight, c) => {
      mean[c] = (mean[c] as number) + weight / bags;
    });
  }
  return mean;
}

function ascend(
  cases: readonly BlendCase[],
  { componentCount, k }: { componentCount: number; k: number },
): Float64Array {
  const starts = [
    new Float64Array(componentCount).fill(1 / componentCount),
    ...Array.from({ length: componentCount }, (_, c) =>
      Float64Array.from({ length: componentCount }, (_v, at) => Number(at === c)),
    ),
  ];
  let best = { weights: starts[0] as Float64Array, ndcg: -1 };
  const offer = (weights: Float64Array): boolean => {
    const ndcg = meanNdcg(cases, { weights, k });
    if (ndcg <= best.ndcg + 1e-9) return false;
    best = { weights, ndcg };
    return true;
  };
  for (const start of starts) offer(start);
  for (const step of STEPS) {
    for (let pass = 0, moved = true; moved && pass < MAX_PASSES; pass++) {
      moved = false;
      for (let c = 0; c < componentCount; c++) {
        if (offer(shifted(best.weights, { at: c, by: step }))) moved = true;
        else if (offer(shifted(best.weights, { at: c, by: -step }))) moved = true;
      }
    }
  }
  return best.weights;
}

function shifted(weights: Float64Array, { at, by }: { at: number; by: number }): Float64Array {
  const moved = weights.slice();
  moved[at] = Math.max(0, (moved[at] as number) + by);
  const sum = moved.reduce((a, b) => a + b, 0);
  return sum > 0 ? moved.map((weight) => weight / sum) : weights;
}

function meanNdcg(cases: readonly BlendCase[], { weights, k }: { weights: Float64Array; k: number }): number {
  let sum = 0;
  const room = new Float64Array(cases.reduce((most, { size }) => Math.max(most, size), 0));
  for (const { scores, size, relevant } of cases) {
    const blended = room.subarray(0, size).fill(0);
    for (let c = 0; c < weights.length; c++) {
      const weight = weights[c] as number;
      if (weight === 0) continue;
      const from = c * size;
      for (let p = 0; p < size; p++) blended[p] = (blended[p] as number) + weight * (scores[from + p] as number);
    }
    sum += ndcgOf(blended, { relevant, k });
  }
  return cases.length > 0 ? sum / cases.length : 0;
}

/** Of equal scores, the one with the lower place ranks first. */
function ndcgOf(scores: Float64Array, { relevant, k }: { relevant: Int32Array; k: number }): number {
  let gain = 0;
  for (let r = 0; r < relevant.length; r++) {
    const place = relevant[r] as number;
    const score = scores[place] as number;
    let rank = 0;
    for (let p = 0; p < scores.length && rank < k; p++) {
      const other = scores[p] as number;
      if (other > score || (other === score && p < place)) rank++;
    }
    if (rank < k) gain += 1 / Math.log2(rank + 2);
  }
  let ideal = 0;
  for (let r = 0; r < Math.min(k, relevant.length); r++) ideal += 1 / Math.log2(r + 2);
  return gain / ideal;
}
