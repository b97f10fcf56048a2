/** What a version of the similarity model is trained with, beside the weights of the kinds. */
export interface SimilarityParams {
  /** Added to the denominator of each cosine: draws similarities that rest on few people to zero. */
  readonly shrink: number;
  /** Most similar contents kept for each. */
  readonly neighbourCount: number;
}

/** Similar contents kept for each by what is told of them. */
export const TEXT_NEIGHBOURS = 50;

export const DEFAULT_SIMILARITY_PARAMS: SimilarityParams = { shrink: 5, neighbourCount: 100 };

export function sameParams(one: SimilarityParams, other: SimilarityParams): boolean {
  return one.shrink === other.shrink && one.neighbourCount === other.neighbourCount;
}
