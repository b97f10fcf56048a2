import { fmRecommender } from '../../math/recommenders/index.ts';
import type { Modality } from '../../math/text/index.ts';
import { type ContentText, contentModel, contentModelParams, contentVectors } from '../content-model/index.ts';
import { FACTOR_MODELS, fmParams } from './factor-models.ts';
import { type ConfiguredModel, rankingModel } from './ranking-model.ts';

/** The models that can place an item that nobody has met. */
export const COLD_START_MODELS = ['content', 'fm'] as const;
export type ColdStartModelName = (typeof COLD_START_MODELS)[number];

/** What is told of items: words, and vectors of other modalities such as pictures. */
export interface ToldOfItems {
  readonly texts: readonly ContentText[];
  readonly modalities: readonly Modality[];
}

/**
 * The models that, unlike the others, need what is told of the items beside the interactions.
 *
 * @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds.
 */
export function configureColdStartModel(name: ColdStartModelName, told: ToldOfItems, params: unknown): ConfiguredModel {
  return name === 'fm' ? configureFm(told, params) : configureContentModel(told, params);
}

function configureContentModel({ texts, modalities }: ToldOfItems, params: unknown): ConfiguredModel {
  return rankingModel({
    help: [],
    schema: contentModelParams,
    space: {},
    make: (settings) => contentModel(texts, settings, modalities),
  }).configure(params);
}

/** Its time grows with the terms of an item: those of descriptions are left out. */
function configureFm({ texts }: ToldOfItems, params: unknown): ConfiguredModel {
  return rankingModel({
    help: FACTOR_MODELS.fm.help,
    schema: fmParams,
    space: {},
    make: (settings) => fmRecommender(settings, contentVectors(texts, { description: 0, fullness: 0 })),
  }).configure(params);
}
