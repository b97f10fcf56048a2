import { z } from 'zod';
import type { Recommender } from '../../math/recommenders/index.ts';
import type { CsrMatrix } from '../../math/sparse/index.ts';
import {
  contentRecommender,
  DEFAULT_CONTENT_OPTIONS,
  joinFields,
  lateFusionRecommender,
  type Modality,
  normaliseRows,
} from '../../math/text/index.ts';
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
 * The recommender that judges contents by what is told of them alone, so that it can place one that nobody has met. With
 * other modalities, such as vectors of pictures or of sound, text is one of them, and what each counts is learnt.
 *
 * @param texts of every item, in the order of the columns that it will learn from; also of items without interactions
 * @param modalities of the same items, with vectors of any length: only their directions count
 */
export function contentModel(
  texts: readonly ContentText[],
  params: Partial<ContentModelParams> = {},
  modalities: readonly Modality[] = [],
): Recommender {
  const settings = { ...contentModelParams.parse({}), ...params };
  const { ridge, neighbourCount, shrink, seed } = settings;
  const vectors = contentVectors(texts, settings);
  const learning = { ridge, neighbourCount, shrink };
  if (modalities.length === 0) return contentRecommender(vectors, learning);
  const others = modalities.map((modality) => ({ ...modality, vectors: asLongAs(modality.vectors, settings) }));
  return lateFusionRecommender([{ name: 'text', vectors }, ...others], { content: learning, seed });
}

/** What is told of contents as vectors: contents by terms of their fields. */
export function contentVectors(texts: readonly ContentText[], params: Partial<ContentModelParams> = {}): CsrMatrix {
  const settings = { ...contentModelParams.parse({}), ...params };
  const { rank, fullness, common, seed, title, description, authors, keywords, partners } = settings;
  const fields = { title, description, authors, keywords, partners };
  return fitVectors(texts, { rank, fullness, common, seed, weights: fields })(texts);
}

/** Rows as long as those of a text with all fields, so that one ridge suits both. */
function asLongAs(
  vectors: CsrMatrix,
  { title, description, authors, keywords, partners }: ContentModelParams,
): CsrMatrix {
  const weight = title + description + authors + keywords + partners;
  return joinFields([{ matrix: normaliseRows(vectors), weight }]);
}
