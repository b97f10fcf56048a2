import { type ContentText, contentModel, contentModelParams } from '../content-model/index.ts';
import { type ConfiguredModel, rankingModel } from './ranking-model.ts';

/**
 * The content model, which unlike the others needs the texts of the items beside the interactions.
 *
 * @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds.
 */
export function configureContentModel(texts: readonly ContentText[], params: unknown): ConfiguredModel {
  return rankingModel({
    help: [],
    schema: contentModelParams,
    space: {},
    make: (settings) => contentModel(texts, settings),
  }).configure(params);
}
