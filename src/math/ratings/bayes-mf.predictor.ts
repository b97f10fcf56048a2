import { assertWhole } from '../assert.ts';
import { seededDraws } from '../random/seeded-draws.ts';
import { openState } from './gibbs-state.ts';
import { gibbsSweep } from './gibbs-sweep.ts';
import { posteriorKernel } from './posterior-kernel.ts';
import { type PosteriorSample, sampleOf } from './posterior-sample.ts';
import { type RatingPredictor, ratingPredictor } from './rating-predictor.ts';

export interface BayesMfOptions {
  /** Numbers that describe each user and each item besides the bias. */
  readonly factorCount: number;
  /** Sweeps before the first sample is kept. */
  readonly burnIn: number;
  /** Samples that are kept and averaged: memory, and the time of a prediction, grow with them. */
  readonly sampleCount: number;
  /** Sweeps from one kept sample to the next. */
  readonly thinning: number;
  /** Any 32-bit integer. */
  readonly seed: number;
}

/**
 * Chosen on a validation split cut from the train ratings of films, where 5 to 20 factors and 30 to 100 samples were within
 * two thousandths of each other.
 */
export const DEFAULT_BAYES_MF_OPTIONS: BayesMfOptions = {
  factorCount: 10,
  burnIn: 50,
  sampleCount: 100,
  thinning: 2,
  seed: 1,
};

/**
 * Matrix factorisation with biases where users are described also by what they rated and items by who rated them, as in
 * SVD++ from both sides, and where nothing is fitted: predictions are averaged over draws from the posterior by Gibbs
 * sampling, so that no penalty has to be chosen. Sources: Salakhutdinov and Mnih, ICML 2008; Rendle, Zhang and Koren,
 * "On the Difficulty of Evaluating Baselines", 2019.
 *
 * @throws RangeError for an option out of bounds.
 */
export function bayesMfPredictor(options: Partial<BayesMfOptions> = {}): RatingPredictor {
  const settings = { ...DEFAULT_BAYES_MF_OPTIONS, ...options };
  checkOptions(settings);
  return ratingPredictor('bayes-mf', (table) => {
    const draws = seededDraws(settings.seed);
    const state = openState(table, settings.factorCount, draws);
    const sweep = gibbsSweep(table, draws);
    for (let s = 0; s < settings.burnIn; s++) sweep(state);
    const samples: PosteriorSample[] = [];
    for (let kept = 0; kept < settings.sampleCount; kept++) {
      for (let s = 0; s < settings.thinning; s++) sweep(state);
      samples.push(sampleOf(state, table));
    }
    return posteriorKernel(samples, table);
  });
}

function checkOptions({ factorCount, burnIn, sampleCount, thinning }: BayesMfOptions): void {
  assertWhole('factorCount', factorCount, { min: 1, max: 1000 });
  assertWhole('burnIn', burnIn, { min: 0, max: 100_000 });
  assertWhole('sampleCount', sampleCount, { min: 1, max: 10_000 });
  assertWhole('thinning', thinning, { min: 1, max: 1000 });
}
