import { keepStrongest, neighbourMatrix, type WalkOptions, walkSimilarity } from '../similarity/index.ts';
import { CsrMatrix } from '../sparse/index.ts';
import { itemWeightsModel } from './item-weights.model.ts';
import type { Recommender } from './recommender.ts';

export interface Rp3betaOptions extends WalkOptions {
  /** Divides what an item of the history adds by the sum of it, so that every item of a history has the same say. */
  readonly normaliseRows: boolean;
}

export type P3alphaOptions = Omit<Rp3betaOptions, 'beta'>;

/**
 * Chosen on validation splits, a fifth of the training data of enrolments in online courses and of bookmarked articles:
 * NDCG@20 .1083 and .2456. Without normalised rows the enrolments want alpha 1, the articles 0.6.
 */
export const DEFAULT_P3ALPHA_OPTIONS: P3alphaOptions = { neighbourCount: 100, alpha: 0.7, normaliseRows: true };

/**
 * Chosen on the same splits: NDCG@20 .1067 and .2572. The enrolments alone would have alpha 1 (.1117), which costs the
 * articles more (.2371).
 */
export const DEFAULT_RP3BETA_OPTIONS: Rp3betaOptions = {
  neighbourCount: 700,
  alpha: 0.7,
  beta: 0.35,
  normaliseRows: false,
};

/**
 * Walks of three steps: from somebody to an item of the history, over another learner, to an item; the powers of alpha
 * in `walkSimilarity`. Source: Cooper, Lee, Radzik, Siantos, WWW 2014.
 *
 * @throws RangeError for an option out of bounds, and from `fit` for a negative weight.
 */
export function p3alphaRecommender(options: Partial<P3alphaOptions> = {}): Recommender {
  return walkRecommender('p3alpha', { ...DEFAULT_P3ALPHA_OPTIONS, ...options, beta: 0 });
}

/**
 * The same walks, with what they reach divided by the popularity of the item to the power of beta. Source: Paudel,
 * Christoffel, Newell, Bernstein, ACM TiiS 7(1), 2017.
 *
 * @throws RangeError for an option out of bounds, and from `fit` for a negative weight.
 */
export function rp3betaRecommender(options: Partial<Rp3betaOptions> = {}): Recommender {
  return walkRecommender('rp3beta', { ...DEFAULT_RP3BETA_OPTIONS, ...options });
}

/**
 * Lists are cut twice, as in Ferrari Dacrema et al., TOIS 2021: an item of a history speaks for the items that are
 * nearest to it, and of those that would speak for a candidate the nearest ones are heard.
 */
function walkRecommender(name: string, options: Rp3betaOptions): Recommender {
  const measure = walkSimilarity(options);
  return {
    name,
    fit(train) {
      const lists = measure.similarRows(train.transpose(), { from: 0, to: train.columnCount });
      const reached = neighbourMatrix(lists);
      const said = options.normaliseRows ? rowsToSumOne(reached) : reached;
      const heard = keepStrongest(said.transpose(), options.neighbourCount);
      return itemWeightsModel({ weights: heard.transpose(), popularity: train.columnSums() });
    },
  };
}

function rowsToSumOne(matrix: CsrMatrix): CsrMatrix {
  const values = new Float64Array(matrix.entryCount);
  for (let row = 0; row < matrix.rowCount; row++) {
    const said = matrix.row(row).values;
    const sum = said.reduce((total, value) => total + value, 0);
    values.set(
      said.map((value) => value / sum),
      matrix.offsets[row],
    );
  }
  return CsrMatrix.fromParts({ ...matrix, values });
}
