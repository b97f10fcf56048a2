import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

/**
 * Scores an item by the sum of its weights over all users, whoever asks. The floor that every other model must beat,
 * and what they fall back to for somebody of whom nothing is known.
 */
export function popularityRecommender(): Recommender {
  return { name: 'popularity', fit: (train) => popularityModel(train.columnSums()) };
}

/** The model from sums that were computed before. @param popularity one number for each item */
export function popularityModel(popularity: Float64Array): RecommenderModel {
  const model: RecommenderModel = {
    itemCount: popularity.length,
    score(history, into) {
      const scores = openScores(model, history, into);
      scores.set(popularity);
      return scores;
    },
  };
  return model;
}
