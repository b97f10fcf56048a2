import { z } from 'zod';
import {
  DEFAULT_EASE_OPTIONS,
  DEFAULT_ITEM_KNN_OPTIONS,
  easeRecommender,
  itemKnnRecommender,
  popularityRecommender,
  type Recommender,
} from '../../math/recommenders/index.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';

/** A recommender together with all its settings, also those that nobody gave. */
export interface ConfiguredModel {
  readonly recommender: Recommender;
  readonly params: Readonly<Record<string, unknown>>;
}

const itemKnnParams = z.strictObject({
  shrink: z.number().min(0).max(1e9).default(DEFAULT_ITEM_KNN_OPTIONS.shrink),
  neighbourCount: z.int().min(1).max(100_000).default(DEFAULT_ITEM_KNN_OPTIONS.neighbourCount),
});

const easeParams = z.strictObject({
  l2: z.number().positive().max(1e9).default(DEFAULT_EASE_OPTIONS.l2),
});

const CONFIGURE = {
  popularity: (params: unknown): ConfiguredModel => ({
    params: parseParams(z.strictObject({}), params),
    recommender: popularityRecommender(),
  }),
  'item-knn': (params: unknown): ConfiguredModel => {
    const options = parseParams(itemKnnParams, params);
    return { params: options, recommender: itemKnnRecommender(options) };
  },
  ease: (params: unknown): ConfiguredModel => {
    const options = parseParams(easeParams, params);
    return { params: options, recommender: easeRecommender(options) };
  },
} as const;

export type RankingModelName = keyof typeof CONFIGURE;

export const RANKING_MODELS = Object.keys(CONFIGURE) as readonly RankingModelName[];

/** @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds. */
export function configureModel(name: RankingModelName, params: unknown): ConfiguredModel {
  return CONFIGURE[name](params);
}

function parseParams<Params>(schema: z.ZodType<Params>, params: unknown): Params {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = ['params', ...(issue?.path ?? [])].join('.');
  throw new InvalidInputError(field, `${field}: ${issue?.message ?? 'is not valid'}`);
}
