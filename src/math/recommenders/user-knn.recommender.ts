import { assertAtLeast, assertWhole } from '../assert.ts';
import { nthLargest } from '../selection/nth-largest.ts';
import { type CosineOptions, rowNorms } from '../similarity/index.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';
import { DEFAULT_TERM_WEIGHTING, TermWeigher, type TermWeightingOptions } from '../weighting/index.ts';
import { addScaledRow } from './item-weights.model.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

export interface UserKnnOptions extends CosineOptions, TermWeightingOptions {}

/**
 * Chosen on validation splits, a fifth of the training data of enrolments in online courses and of bookmarked articles:
 * NDCG@20 .1065 and .2484, against .1042 and .1886 unweighted. Flat from 300 to 1500 neighbours and from 0 to 50 of
 * shrinkage.
 */
export const DEFAULT_USER_KNN_OPTIONS: UserKnnOptions = {
  shrink: 5,
  neighbourCount: 600,
  ...DEFAULT_TERM_WEIGHTING,
  weighting: 'bm25',
};

/**
 * User-based nearest neighbours: score(u, j) = sum over v in N(u) of s(u, v) w_vj, where N(u) are the learners whose
 * histories are most similar by cosine with shrinkage. They are looked for when somebody is scored, so that anybody can
 * be; the time is that of the lengths of the columns of the history, and of the histories of the neighbours.
 *
 * Learners who are as similar as the last one for whom there is room share its place, each with the same part of a vote:
 * so the order of the learners does not matter. Somebody who is among the learners finds himself, which adds to the
 * items of the own history only. With a weighting, histories are documents and items their terms: a vote for an item
 * that few chose counts more.
 *
 * Source: Ferrari Dacrema, Boglio, Cremonesi, Jannach, TOIS 2021, section on user-based nearest neighbours.
 *
 * @throws RangeError for an option out of bounds; from `fit`, for weights whose squares are not finite.
 */
export function userKnnRecommender(options: Partial<UserKnnOptions> = {}): Recommender {
  const settings = { ...DEFAULT_USER_KNN_OPTIONS, ...options };
  assertAtLeast('shrink', settings.shrink, 0);
  assertWhole('neighbourCount', settings.neighbourCount, { min: 1, max: 1_000_000 });
  return { name: 'user-knn', fit: (train) => userKnnModel(train, settings) };
}

function userKnnModel(train: CsrMatrix, { shrink, neighbourCount, ...weighting }: UserKnnOptions): RecommenderModel {
  const weigher = new TermWeigher(train, weighting);
  const learners: Learners = { histories: weigher.weighted, norms: rowNorms(weigher.weighted) };
  const popularity = train.columnSums();
  const model: RecommenderModel = {
    itemCount: train.columnCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      const weighed = { indices: history.indices, values: weigher.weighDocument(history) };
      const votes = votesOf(similarLearners(weighed, learners, shrink), neighbourCount);
      votes.forEach((scale, learner) => {
        if (scale > 0) addScaledRow(learners.histories, learner, { scale, scores });
      });
      // Nothing is known of this person, or only items that nobody else met.
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

interface Learners {
  readonly histories: CsrMatrix;
  readonly norms: Float64Array;
}

/** One similarity for each learner; not positive where the histories have nothing in common, or speak against. */
function similarLearners(history: SparseRow, { histories, norms }: Learners, shrink: number): Float64Array {
  const { offsets, columns, values } = histories.transpose();
  const sums = new Float64Array(norms.length);
  let squares = 0;
  // In the order of the items, so that the same history in another order has the same neighbours to the bit.
  for (const h of ascending(history.indices)) {
    const item = history.indices[h] as number;
    const value = history.values[h] as number;
    squares += value ** 2;
    const end = offsets[item + 1] as number;
    for (let e = offsets[item] as number; e < end; e++) {
      const learner = columns[e] as number;
      sums[learner] = (sums[learner] as number) + value * (values[e] as number);
    }
  }
  const norm = Math.sqrt(squares);
  return sums.map((sum, learner) => (sum > 0 ? sum / (norm * (norms[learner] as number) + shrink) : 0));
}

/**
 * The similarities of the `neighbourCount` most similar learners, zero for the others. If more are as similar as the
 * last of them, these get an equal part of the places that are left.
 */
function votesOf(similarities: Float64Array, neighbourCount: number): Float64Array {
  const positive = similarities.filter((similarity) => similarity > 0);
  if (positive.length <= neighbourCount) return similarities;
  const last = nthLargest(positive, neighbourCount);
  let above = 0;
  let level = 0;
  for (const similarity of positive) {
    if (similarity > last) above++;
    else if (similarity === last) level++;
  }
  const part = (neighbourCount - above) / level;
  return similarities.map((similarity) => (similarity > last ? similarity : similarity === last ? part * last : 0));
}

function ascending(indices: ArrayLike<number>): Int32Array {
  return Int32Array.from(indices, (_, p) => p).sort((a, b) => (indices[a] as number) - (indices[b] as number));
}
