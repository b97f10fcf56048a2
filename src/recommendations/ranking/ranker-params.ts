import { DEFAULT_MACHINE_OPTIONS } from '../../math/ranker/index.ts';

/** What a version of the ranker is trained with. */
export interface RankerParams {
  readonly factorCount: number;
  readonly epochs: number;
  readonly learningRate: number;
  readonly weightPenalty: number;
  readonly factorPenalty: number;
  readonly seed: number;
  /** What was shown so many days ago or later is learnt from, */
  readonly windowDays: number;
  /** and at most so many places of that, the newest. */
  readonly mostExamples: number;
  /** What a place counts that chance gave, at most: an explored one stands for many that were not shown. */
  readonly mostWeight: number;
  /** Without so many places and clicks nothing is published. */
  readonly leastExamples: number;
  readonly leastClicks: number;
}

const { factorCount, learningRate, weightPenalty, factorPenalty, seed } = DEFAULT_MACHINE_OPTIONS;

export const RANKER_PARAMS: RankerParams = {
  factorCount,
  epochs: 15,
  learningRate,
  weightPenalty,
  factorPenalty,
  seed,
  windowDays: 60,
  mostExamples: 500_000,
  mostWeight: 10,
  leastExamples: 2_000,
  leastClicks: 500,
};
