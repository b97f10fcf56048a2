import { assertWhole } from '../assert.ts';
import { truncatedSvd } from '../factorisation/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

export interface PureSvdOptions {
  /** Singular vectors kept, from 1 to 5,000; fewer where the matrix has fewer. */
  readonly factors: number;
  /** Of the random directions that the vectors are sought from; any 32-bit integer. */
  readonly seed: number;
}

/** Few factors see the large groups of items only; in the published comparisons 10 to 400 were best. */
export const DEFAULT_PURE_SVD_OPTIONS: PureSvdOptions = { factors: 50, seed: 1 };

/** A score of less than this share of the history's weight is what rounding left of zero. */
const ROUNDING = 1e-12;

/**
 * The history projected onto the strongest directions of taste: score = h V V', where V holds the right singular vectors
 * of users by items, and what is unknown counts as zero. Source: Cremonesi, Koren, Turrin, "Performance of recommender
 * algorithms on top-N recommendation tasks", RecSys 2010. Somebody whose history leads nowhere is scored by popularity.
 *
 * @throws RangeError for an option out of bounds.
 */
export function pureSvdRecommender(options: Partial<PureSvdOptions> = {}): Recommender {
  const { factors, seed } = { ...DEFAULT_PURE_SVD_OPTIONS, ...options };
  assertWhole('factors', factors, { min: 1, max: 5_000 });
  assertWhole('seed', seed, { min: -(2 ** 31), max: 2 ** 32 - 1 });
  return { name: 'puresvd', fit: (train) => projection(train, { factors, seed }) };
}

function projection(train: CsrMatrix, { factors, seed }: PureSvdOptions): RecommenderModel {
  const { v, rank } = truncatedSvd(train, { rank: factors, seed });
  const popularity = train.columnSums();
  const model: RecommenderModel = {
    itemCount: train.columnCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      const taste = new Float64Array(rank);
      let total = 0;
      for (let h = 0; h < history.indices.length; h++) {
        const [at, weight] = [(history.indices[h] as number) * rank, history.values[h] as number];
        for (let k = 0; k < rank; k++) taste[k] = (taste[k] as number) + weight * (v[at + k] as number);
        total += Math.abs(weight);
      }
      for (let item = 0; item < scores.length; item++) {
        let sum = 0;
        for (let k = 0; k < rank; k++) sum += (v[item * rank + k] as number) * (taste[k] as number);
        scores[item] = sum;
      }
      // Nothing is known of this person, or only items that no factor speaks of.
      if (scores.every((score) => Math.abs(score) <= ROUNDING * total)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}
