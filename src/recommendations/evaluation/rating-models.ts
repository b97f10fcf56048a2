import { z } from 'zod';
import {
  baselinePredictor,
  bayesMfPredictor,
  DEFAULT_BAYES_MF_OPTIONS,
  DEFAULT_BIAS_OPTIONS,
  DEFAULT_FACTOR_OPTIONS,
  mfPredictor,
  type RatingPredictor,
  svdppPredictor,
} from '../../math/ratings/index.ts';
import { parseParams } from './ranking-model.ts';

/** A predictor together with all its settings, also those that nobody gave. */
export interface ConfiguredPredictor {
  readonly predictor: RatingPredictor;
  readonly params: Readonly<Record<string, unknown>>;
}

const biasParams = z.strictObject({
  userShrink: z.number().min(0).max(1e9).default(DEFAULT_BIAS_OPTIONS.userShrink),
  itemShrink: z.number().min(0).max(1e9).default(DEFAULT_BIAS_OPTIONS.itemShrink),
  rounds: z.int().min(1).max(1_000).default(DEFAULT_BIAS_OPTIONS.rounds),
});

const factorParams = z.strictObject({
  factorCount: z.int().min(1).max(1_000).default(DEFAULT_FACTOR_OPTIONS.factorCount),
  epochs: z.int().min(1).max(10_000).default(DEFAULT_FACTOR_OPTIONS.epochs),
  learningRate: z.number().positive().max(1).default(DEFAULT_FACTOR_OPTIONS.learningRate),
  decay: z.number().positive().max(1).default(DEFAULT_FACTOR_OPTIONS.decay),
  biasPenalty: z.number().min(0).max(1e3).default(DEFAULT_FACTOR_OPTIONS.biasPenalty),
  factorPenalty: z.number().min(0).max(1e3).default(DEFAULT_FACTOR_OPTIONS.factorPenalty),
});

const bayesMfParams = z.strictObject({
  factorCount: z.int().min(1).max(1_000).default(DEFAULT_BAYES_MF_OPTIONS.factorCount),
  burnIn: z.int().min(0).max(100_000).default(DEFAULT_BAYES_MF_OPTIONS.burnIn),
  sampleCount: z.int().min(1).max(10_000).default(DEFAULT_BAYES_MF_OPTIONS.sampleCount),
  thinning: z.int().min(1).max(1_000).default(DEFAULT_BAYES_MF_OPTIONS.thinning),
});

const MODELS = {
  baseline: model(biasParams, baselinePredictor),
  mf: model(factorParams, mfPredictor),
  svdpp: model(factorParams, svdppPredictor),
  'bayes-mf': model(bayesMfParams, bayesMfPredictor),
} as const;

export type RatingModelName = keyof typeof MODELS;

export const RATING_MODELS = Object.keys(MODELS) as readonly RatingModelName[];

/**
 * @param seed Any 32-bit integer; a model that draws nothing passes over it.
 * @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds.
 */
export function configurePredictor(name: RatingModelName, params: unknown, seed: number): ConfiguredPredictor {
  return MODELS[name](params, seed);
}

function model<Params extends Readonly<Record<string, unknown>>>(
  schema: z.ZodType<Params>,
  make: (options: Params & { seed: number }) => RatingPredictor,
): (given: unknown, seed: number) => ConfiguredPredictor {
  return (given, seed) => {
    const params = parseParams(schema, given);
    return { params, predictor: make({ ...params, seed }) };
  };
}
