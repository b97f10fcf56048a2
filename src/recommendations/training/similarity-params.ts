/** What a version of the similarity model is trained with, beside the weights of the kinds. */
export interface SimilarityParams {
  /** Added to the denominator of each cosine: draws similarities that rest on few people to zero. */
  readonly shrink: number;
  /** Most similar contents kept for each. */
  readonly neighbourCount: number;
}

export const DEFAULT_SIMILARITY_PARAMS: SimilarityParams = { shrink: 5, neighbourCount: 100 };
