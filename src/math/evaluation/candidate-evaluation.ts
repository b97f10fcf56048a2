import { assertIndices, assertInput, assertWhole } from '../assert.ts';
import type { RecommenderModel } from '../recommenders/index.ts';
import { tieKey } from '../selection/tie-key.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/** Case c asks where item `positives[c]` ranks for user `users[c]` among itself and the items `negatives[c]`. */
export interface CandidateCases {
  readonly users: Int32Array;
  readonly positives: Int32Array;
  readonly negatives: readonly Int32Array[];
}

export interface CandidateEvaluationInput {
  readonly model: RecommenderModel;
  /** Users by items: what is known of each user. */
  readonly train: CsrMatrix;
  readonly cases: CandidateCases;
  /** Lengths at which rankings are cut, distinct, from 1. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
}

export interface CandidateEvaluation {
  /** By name such as `ndcg@10`: means over the cases. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By the same names: one number for each case. */
  readonly perCase: Readonly<Record<string, Float64Array>>;
}

/**
 * Ranks one item that the user chose among items that the user did not choose, by score, ties by `tieKey`. At rank r
 * (from 1) no greater than k, hr@k (hit rate) is 1 and ndcg@k is 1 / log2(r + 1); else both are 0. A negative that
 * stands in the user's train row is left out: it was chosen, and a recommender would not show it again. Sources of the
 * protocol: He, Liao, Zhang, Nie, Hu, Chua, "Neural Collaborative Filtering", WWW 2017; Ferrari Dacrema, Boglio,
 * Cremonesi, Jannach, "A Troubling Analysis of Reproducibility and Progress in Recommender Systems Research", TOIS 2021.
 *
 * @throws RangeError when there is no case, an index is out of bounds, a positive stands among its negatives, or a cutoff
 * or the seed is out of bounds.
 */
export function evaluateCandidates(input: CandidateEvaluationInput): CandidateEvaluation {
  checkInput(input);
  const { cases, cutoffs } = input;
  const ranks = ranksOf(input);
  const perCase = Object.fromEntries([
    ...cutoffs.map((k) => [`hr@${k}`, Float64Array.from(ranks, (rank) => (rank <= k ? 1 : 0))]),
    ...cutoffs.map((k) => [`ndcg@${k}`, Float64Array.from(ranks, (rank) => (rank <= k ? 1 / Math.log2(rank + 1) : 0))]),
  ]) as Record<string, Float64Array>;
  const metrics = Object.fromEntries(
    Object.entries(perCase).map(([name, values]) => [name, values.reduce((a, b) => a + b, 0) / cases.users.length]),
  );
  return { metrics, perCase };
}

function checkInput({ model, train, cases, cutoffs, seed }: CandidateEvaluationInput): void {
  const { users, positives, negatives } = cases;
  assertInput(users.length > 0, 'there must be a case');
  assertInput(users.length === positives.length && users.length === negatives.length, 'each case must be whole');
  assertInput(model.itemCount === train.columnCount, 'the model must know the items of train');
  assertIndices('user', users, train.rowCount);
  assertIndices('positive', positives, train.columnCount);
  negatives.forEach((items, c) => {
    assertIndices('negative', items, train.columnCount);
    assertInput(!items.includes(positives[c] as number), `the positive of case ${c} stands among its negatives`);
  });
  assertInput(cutoffs.length > 0 && new Set(cutoffs).size === cutoffs.length, 'cutoffs must be distinct, at least one');
  for (const k of cutoffs) assertWhole('a cutoff', k, { min: 1, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
}

/** Rank of each positive, from 1. */
function ranksOf({ model, train, cases, seed }: CandidateEvaluationInput): Int32Array {
  const scores = new Float64Array(model.itemCount);
  let scored = -1;
  return Int32Array.from(cases.users, (user, c) => {
    // Cases of one user mostly follow one another.
    if (user !== scored) model.score(train.row(user), scores);
    scored = user;
    const positive = cases.positives[c] as number;
    const score = scores[positive] as number;
    const key = tieKey(seed, user, positive);
    const chosen = new Set(train.row(user).indices);
    let rank = 1;
    for (const item of cases.negatives[c] as Int32Array) {
      if (chosen.has(item)) continue;
      const other = scores[item] as number;
      if (other > score || (other === score && tieKey(seed, user, item) < key)) rank++;
    }
    return rank;
  });
}
