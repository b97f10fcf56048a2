import { z } from 'zod';
import {
  DEFAULT_EASE_OPTIONS,
  DEFAULT_ITEM_KNN_OPTIONS,
  easeRecommender,
  itemKnnRecommender,
  popularityRecommender,
} from '../../math/recommenders/index.ts';
import { type ConfiguredModel, type RankingModel, rankingModel } from './ranking-model.ts';
import type { SearchSpace } from './search-space.ts';

/** Every model by its name: settings with bounds and defaults, what `tune` tries, help, and how it is made. */
const MODELS = {
  popularity: rankingModel({
    help: [],
    schema: z.strictObject({}),
    space: {},
    make: () => popularityRecommender(),
  }),
  'item-knn': rankingModel({
    help: [
      'neighbourCount (200): most similar items kept for each item',
      'shrink (5): draws similarities that rest on few learners to zero',
    ],
    schema: z.strictObject({
      shrink: z.number().min(0).max(1e9).default(DEFAULT_ITEM_KNN_OPTIONS.shrink),
      neighbourCount: z.int().min(1).max(100_000).default(DEFAULT_ITEM_KNN_OPTIONS.neighbourCount),
    }),
    space: {
      shrink: { min: 1, max: 1_000, scale: 'log' },
      neighbourCount: { min: 10, max: 1_000, scale: 'log-whole' },
    },
    make: itemKnnRecommender,
  }),
  ease: rankingModel({
    help: [
      'l2 (500): draws what one item says of another to zero; time grows with the cube of the items, at most',
      '10000',
    ],
    schema: z.strictObject({
      l2: z.number().positive().max(1e9).default(DEFAULT_EASE_OPTIONS.l2),
    }),
    space: { l2: { min: 10, max: 5_000, scale: 'log' } },
    make: easeRecommender,
  }),
} satisfies Record<string, RankingModel>;

export type RankingModelName = keyof typeof MODELS;

export const RANKING_MODELS = Object.keys(MODELS) as readonly RankingModelName[];

/** @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds. */
export function configureModel(name: RankingModelName, params: unknown): ConfiguredModel {
  return MODELS[name].configure(params);
}

/** What `tune` tries for the model unless told otherwise. */
export function searchSpaceOf(name: RankingModelName): SearchSpace {
  return MODELS[name].space;
}

/** Each model with its settings, for people. */
export function describeModels(): string {
  return RANKING_MODELS.map((name) => {
    const lines: readonly string[] = MODELS[name].help;
    return (lines.length > 0 ? lines : ['none'])
      .map((line, at) => `  ${(at === 0 ? name : '').padEnd(12)}${line}`)
      .join('\n');
  }).join('\n');
}
