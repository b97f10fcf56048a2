import { z } from 'zod';
import {
  DEFAULT_ITEM_KNN_OPTIONS,
  DEFAULT_P3ALPHA_OPTIONS,
  DEFAULT_RP3BETA_OPTIONS,
  DEFAULT_USER_KNN_OPTIONS,
  itemKnnRecommender,
  p3alphaRecommender,
  rp3betaRecommender,
  userKnnRecommender,
} from '../../math/recommenders/index.ts';
import { TERM_WEIGHTINGS } from '../../math/weighting/index.ts';
import { type RankingModel, rankingModel } from './ranking-model.ts';
import type { SearchSpaceInput } from './search-space.ts';

const neighbourCount = (usual: number) => z.int().min(1).max(100_000).default(usual);
const power = (usual: number) => z.number().min(0).max(10).default(usual);

const cosineParams = (usual: typeof DEFAULT_ITEM_KNN_OPTIONS) =>
  z.strictObject({
    shrink: z.number().min(0).max(1e9).default(usual.shrink),
    neighbourCount: neighbourCount(usual.neighbourCount),
    weighting: z.enum(TERM_WEIGHTINGS).default(usual.weighting),
    bm25K1: z.number().min(0).max(1_000).default(usual.bm25K1),
    bm25B: z.number().min(0).max(1).default(usual.bm25B),
  });

const cosineHelp = (usual: typeof DEFAULT_ITEM_KNN_OPTIONS) => [
  `shrink (${usual.shrink}): draws similarities that rest on little to zero`,
  `weighting (${usual.weighting}): ${TERM_WEIGHTINGS.join(', ')}`,
  `bm25K1 (${usual.bm25K1}): how late a weight saturates`,
  `bm25B (${usual.bm25B}): how far weights are measured by what their document has in all, 0 to 1`,
];

const NEIGHBOURS = { min: 10, max: 1_000, scale: 'log-whole' } as const;
const POWER = { min: 0, max: 2 } as const;
const COSINE_SPACE: Record<'shrink' | 'neighbourCount' | 'weighting', SearchSpaceInput[string]> = {
  shrink: { min: 1, max: 1_000, scale: 'log' },
  neighbourCount: NEIGHBOURS,
  weighting: { choices: [...TERM_WEIGHTINGS] },
};
const normaliseHelp = (usual: boolean) => `normaliseRows (${usual}): gives every item of a history the same say`;

/** The models that rest on who or what is near, by their names. */
export const NEIGHBOUR_MODELS = {
  'item-knn': rankingModel({
    help: [
      `neighbourCount (${DEFAULT_ITEM_KNN_OPTIONS.neighbourCount}): most similar items kept for each item`,
      ...cosineHelp(DEFAULT_ITEM_KNN_OPTIONS),
    ],
    schema: cosineParams(DEFAULT_ITEM_KNN_OPTIONS),
    space: COSINE_SPACE,
    make: itemKnnRecommender,
  }),
  'user-knn': rankingModel({
    help: [
      `neighbourCount (${DEFAULT_USER_KNN_OPTIONS.neighbourCount}): most similar learners who have a vote`,
      ...cosineHelp(DEFAULT_USER_KNN_OPTIONS),
    ],
    schema: cosineParams(DEFAULT_USER_KNN_OPTIONS),
    space: COSINE_SPACE,
    make: userKnnRecommender,
  }),
  p3alpha: rankingModel({
    help: [
      `neighbourCount (${DEFAULT_P3ALPHA_OPTIONS.neighbourCount}): items kept for each item`,
      `alpha (${DEFAULT_P3ALPHA_OPTIONS.alpha}): power of the probabilities of each step`,
      normaliseHelp(DEFAULT_P3ALPHA_OPTIONS.normaliseRows),
    ],
    schema: z.strictObject({
      neighbourCount: neighbourCount(DEFAULT_P3ALPHA_OPTIONS.neighbourCount),
      alpha: power(DEFAULT_P3ALPHA_OPTIONS.alpha),
      normaliseRows: z.boolean().default(DEFAULT_P3ALPHA_OPTIONS.normaliseRows),
    }),
    space: { neighbourCount: NEIGHBOURS, alpha: POWER, normaliseRows: { choices: [true, false] } },
    make: p3alphaRecommender,
  }),
  rp3beta: rankingModel({
    help: [
      `neighbourCount (${DEFAULT_RP3BETA_OPTIONS.neighbourCount}): items kept for each item`,
      `alpha (${DEFAULT_RP3BETA_OPTIONS.alpha}): power of the probabilities of each step`,
      `beta (${DEFAULT_RP3BETA_OPTIONS.beta}): power of the popularity that divides what is reached`,
      normaliseHelp(DEFAULT_RP3BETA_OPTIONS.normaliseRows),
    ],
    schema: z.strictObject({
      neighbourCount: neighbourCount(DEFAULT_RP3BETA_OPTIONS.neighbourCount),
      alpha: power(DEFAULT_RP3BETA_OPTIONS.alpha),
      beta: power(DEFAULT_RP3BETA_OPTIONS.beta),
      normaliseRows: z.boolean().default(DEFAULT_RP3BETA_OPTIONS.normaliseRows),
    }),
    space: { neighbourCount: NEIGHBOURS, alpha: POWER, beta: POWER, normaliseRows: { choices: [true, false] } },
    make: rp3betaRecommender,
  }),
} satisfies Record<string, RankingModel>;
