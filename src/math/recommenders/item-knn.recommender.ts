import { type CosineOptions, cosineSimilarity, type NeighbourLists, neighbourMatrix } from '../similarity/index.ts';
import { DEFAULT_TERM_WEIGHTING, TermWeigher, type TermWeightingOptions } from '../weighting/index.ts';
import { type ItemWeights, itemWeightsModel } from './item-weights.model.ts';
import type { Recommender, RecommenderModel } from './recommender.ts';

export interface ItemKnnOptions extends CosineOptions, TermWeightingOptions {}

/**
 * Chosen on validation splits cut from the training data of three sets (enrolments in online courses, bookmarked
 * articles, rated films), all flat around these values: the best shrinkage lay from 0 to 5, the best list length from 200
 * to 400. Weighting the enrolments by TF-IDF or BM25 first gained nothing.
 */
export const DEFAULT_ITEM_KNN_OPTIONS: ItemKnnOptions = { shrink: 5, neighbourCount: 200, ...DEFAULT_TERM_WEIGHTING };

/**
 * Item-based nearest neighbours: score(u, j) = sum over i in N(j) of w_ui s(j, i), where N(j) are the items most similar
 * to j by cosine with shrinkage. Each candidate is judged by its own neighbours, as in Deshpande and Karypis,
 * "Item-based top-N recommendation algorithms", ACM TOIS 22(1), 2004, without their normalisation of lists.
 *
 * With a weighting, items are documents and users their terms: a user who chose much says little of how two items go
 * together, and with BM25 a much-chosen item says less in a history.
 *
 * @throws RangeError for an option out of bounds.
 */
export function itemKnnRecommender(options: Partial<ItemKnnOptions> = {}): Recommender {
  const settings = { ...DEFAULT_ITEM_KNN_OPTIONS, ...options };
  const measure = cosineSimilarity(settings);
  return {
    name: 'item-knn',
    fit(train) {
      const weigher = new TermWeigher(train.transpose(), settings);
      const lists = measure.similarRows(weigher.weighted, { from: 0, to: train.columnCount });
      // The same factor for all items of a history, the user's idf, would change no order and is left out.
      return itemKnnModel(lists, train.columnSums(), (history) => weigher.weighTerm(history));
    },
  };
}

/**
 * The model from neighbours that were computed before, in one piece or in joined blocks.
 *
 * @param popularity One number for each item; the scores of somebody whose history leads nowhere.
 * @throws RangeError when there is not one popularity for each item, or lists are missing.
 */
export function itemKnnModel(
  lists: NeighbourLists,
  popularity: Float64Array,
  weighHistory?: ItemWeights['weighHistory'],
): RecommenderModel {
  // Turned round: for an item of a history, the candidates in whose lists it stands.
  return itemWeightsModel({ weights: neighbourMatrix(lists).transpose(), popularity, weighHistory });
}
