import { z } from 'zod';
import { popularityRecommender } from '../../math/recommenders/index.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { type BlendRivals, blendModel } from './blend-model.ts';
import { FACTOR_MODELS } from './factor-models.ts';
import { NEIGHBOUR_MODELS } from './neighbour-models.ts';
import { type ConfiguredModel, type RankingModel, rankingModel } from './ranking-model.ts';
import type { SearchSpace } from './search-space.ts';

/** Models by their names: settings with bounds and defaults, what `tune` tries, help, and how each is made. */
const SINGLE_MODELS = {
  popularity: rankingModel({
    help: [],
    schema: z.strictObject({}),
    space: {},
    make: () => popularityRecommender(),
  }),
  ...NEIGHBOUR_MODELS,
  ...FACTOR_MODELS,
} satisfies Record<string, RankingModel>;

const MODELS = { ...SINGLE_MODELS, blend: blendModel(configureComponent) };

export type RankingModelName = keyof typeof MODELS;

export const RANKING_MODELS = Object.keys(MODELS) as readonly RankingModelName[];

/**
 * @param rivals What a blend learns to tell from what is wanted, unless its params say so; other models pass over it.
 * @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds.
 */
export function configureModel(name: RankingModelName, params: unknown, rivals?: BlendRivals): ConfiguredModel {
  const isOpen = name === 'blend' && rivals !== undefined && typeof params === 'object';
  return MODELS[name].configure(isOpen ? { rivals, ...params } : params);
}

function configureComponent(name: string, params: unknown): ConfiguredModel {
  const model = Object.entries(SINGLE_MODELS).find(([known]) => known === name)?.[1];
  if (model) return model.configure(params);
  const known = Object.keys(SINGLE_MODELS).join(', ');
  throw new InvalidInputError('params.components', `params.components: there is no model "${name}" among ${known}`);
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
