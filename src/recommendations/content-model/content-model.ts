import { z } from 'zod';
import type { Recommender } from '../../math/recommenders/index.ts';
import { contentRecommender, DEFAULT_CONTENT_OPTIONS } from '../../math/text/index.ts';
import type { ContentText } from './content-text.ts';
import { DEFAULT_VECTOR_OPTIONS, fitVectors } from './content-vectors.ts';

const weight = z.number().min(0).max(100);
const { weights } = DEFAULT_VECTOR_OPTIONS;

/** The settings of the content model, checked, each with its default. */
export const contentModelParams = z.strictObject({
  rank: z.int().min(0).max(2_000).default(DEFAULT_VECTOR_OPTIONS.rank),
  ridge: z.number().positive().max(1e6).default(DEFAULT_CONTENT_OPTIONS.ridge),
  neighbourCount: z.int().min(1).max(100_000).default(DEFAULT_CONTENT_OPTIONS.neighbourCount),
  shrink: z.number().min(0).max(1e9).default(DEFAULT_CONTENT_OPTIONS.shrink),
  fullness: weight.default(DEFAULT_VECTOR_OPTIONS.fullness),
  common: weight.default(DEFAULT_VECTOR_OPTIONS.common),
  title: weight.default(weights.title),
  description: weight.default(weights.description),
  authors: weight.default(weights.authors),
  keywords: weight.default(weights.keywords),
  partners: weight.default(weights.partners),
  seed: z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 31 - 1)
    .default(DEFAULT_VECTOR_OPTIONS.seed),
});

export type ContentModelParams = z.infer<typeof contentModelParams>;

/**
 * The recommender that judges contents by what is told of them alone, so that it can place one that nobody has met.
 *
 * @param texts of every item, in the order of the columns that it will learn from; also of items without interactions
 */
export function contentModel(texts: readonly ContentText[], params: Partial<ContentModelParams> = {}): Recommender {
  const { rank, fullness, common, seed, title, description, authors, keywords, partners, ...learning } = {
    ...contentModelParams.parse({}),
    ...params,
  };
  const fields = { title, description, authors, keywords, partners };
  const vectors = fitVectors(texts, { rank, fullness, common, seed, weights: fields })(texts);
  return contentRecommender(vectors, learning);
}
