import { assertInput } from '../assert.ts';
import { type CosineOptions, cosineSimilarity, type NeighbourLists, neighbourMatrix } from '../similarity/index.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

/**
 * Chosen on validation splits cut from the training data of three sets (enrolments in online courses, bookmarked
 * articles, rated films), all flat around these values: the best shrinkage lay from 0 to 5, the best list length from 200
 * to 400. Weighting the enrolments by TF-IDF or BM25 first gained nothing.
 */
export const DEFAULT_ITEM_KNN_OPTIONS: CosineOptions = { shrink: 5, neighbourCount: 200 };

/**
 * Item-based nearest neighbours: score(u, j) = sum over i in N(j) of w_ui s(j, i), where N(j) are the items most similar
 * to j by cosine with shrinkage. Each candidate is judged by its own neighbours, as in Deshpande and Karypis,
 * "Item-based top-N recommendation algorithms", ACM TOIS 22(1), 2004, without their normalisation of lists.
 *
 * @throws RangeError for an option out of bounds.
 */
export function itemKnnRecommender(options: Partial<CosineOptions> = {}): Recommender {
  const measure = cosineSimilarity({ ...DEFAULT_ITEM_KNN_OPTIONS, ...options });
  return {
    name: 'item-knn',
    fit(train) {
      const lists = measure.similarRows(train.transpose(), { from: 0, to: train.columnCount });
      return itemKnnModel(lists, train.columnSums());
    },
  };
}

/**
 * The model from neighbours that were computed before, in one piece or in joined blocks.
 *
 * @param popularity One number for each item; the scores of somebody whose history leads nowhere.
 * @throws RangeError when there is not one popularity for each item, or lists are missing.
 */
export function itemKnnModel(lists: NeighbourLists, popularity: Float64Array): RecommenderModel {
  assertInput(popularity.length === lists.to, `there must be a popularity for each of ${lists.to} items`);
  // Turned round: for an item of a history, the candidates in whose lists it stands.
  const candidates = neighbourMatrix(lists).transpose();
  const model: RecommenderModel = {
    itemCount: lists.to,
    score(history, into) {
      const scores = openScores(model, history, into);
      for (let h = 0; h < history.indices.length; h++) {
        addScaledRow(candidates, history.indices[h] as number, { scale: history.values[h] as number, scores });
      }
      // Nothing is known of this person, or only items that nobody else met.
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

function addScaledRow(matrix: CsrMatrix, row: number, to: { scale: number; scores: Float64Array }): void {
  const { offsets, columns, values } = matrix;
  const { scale, scores } = to;
  const end = offsets[row + 1] as number;
  for (let e = offsets[row] as number; e < end; e++) {
    const column = columns[e] as number;
    scores[column] = (scores[column] as number) + scale * (values[e] as number);
  }
}
