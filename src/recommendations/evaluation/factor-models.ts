import { z } from 'zod';
import {
  DEFAULT_EASE_OPTIONS,
  DEFAULT_EDLAE_OPTIONS,
  DEFAULT_IALS_OPTIONS,
  DEFAULT_PURE_SVD_OPTIONS,
  easeRecommender,
  ialsRecommender,
  pureSvdRecommender,
} from '../../math/recommenders/index.ts';
import { type RankingModel, rankingModel } from './ranking-model.ts';

const penalty = (usual: number) => z.number().positive().max(1e9).default(usual);
const factors = (usual: number, max: number) => z.int().min(1).max(max).default(usual);
const seed = (usual: number) =>
  z
    .int()
    .min(-(2 ** 31))
    .max(2 ** 32 - 1)
    .default(usual);

const PENALTY = { min: 10, max: 5_000, scale: 'log' } as const;
const FACTORS = { min: 16, max: 512, scale: 'log-whole' } as const;
const SEED_HELP = 'seed (1): of the random directions that the first factors are sought from';

/** The models that learn weights between items, or factors of users and items, by their names. */
export const FACTOR_MODELS = {
  ease: rankingModel({
    help: [
      `l2 (${DEFAULT_EASE_OPTIONS.l2}): draws what one item says of another to zero; time grows with the cube of the`,
      'items or of the learners, whichever are fewer, at most 10000',
    ],
    schema: z.strictObject({ l2: penalty(DEFAULT_EASE_OPTIONS.l2) }),
    space: { l2: PENALTY },
    make: ({ l2 }) => easeRecommender({ l2 }),
  }),
  edlae: rankingModel({
    help: [
      `l2 (${DEFAULT_EDLAE_OPTIONS.l2}): as for ease`,
      `dropout (${DEFAULT_EDLAE_OPTIONS.dropout}): share of the interactions imagined to be lost, above 0, below 1`,
      `popularityPower (${DEFAULT_EDLAE_OPTIONS.popularityPower}): above 0, popular items are scored lower`,
    ],
    schema: z.strictObject({
      l2: penalty(DEFAULT_EDLAE_OPTIONS.l2),
      dropout: z.number().positive().lt(1).default(DEFAULT_EDLAE_OPTIONS.dropout),
      popularityPower: z.number().min(-1).max(1).default(DEFAULT_EDLAE_OPTIONS.popularityPower),
    }),
    space: { l2: PENALTY, dropout: { min: 0.1, max: 0.9 }, popularityPower: { min: 0, max: 0.3 } },
    make: easeRecommender,
  }),
  ials: rankingModel({
    help: [
      `factors (${DEFAULT_IALS_OPTIONS.factors}): numbers that describe a taste`,
      `epochs (${DEFAULT_IALS_OPTIONS.epochs}): rounds of solving for learners, then for items`,
      `alpha (${DEFAULT_IALS_OPTIONS.alpha}): confidence in an interaction, against 1 for what is unknown`,
      `regularisation (${DEFAULT_IALS_OPTIONS.regularisation}): draws factors to zero`,
      `frequencyExponent (${DEFAULT_IALS_OPTIONS.frequencyExponent}): how far regularisation grows with what is known`,
      SEED_HELP,
    ],
    schema: z.strictObject({
      factors: factors(DEFAULT_IALS_OPTIONS.factors, 2_000),
      epochs: z.int().min(1).max(1_000).default(DEFAULT_IALS_OPTIONS.epochs),
      alpha: z.number().min(0).max(1e6).default(DEFAULT_IALS_OPTIONS.alpha),
      regularisation: penalty(DEFAULT_IALS_OPTIONS.regularisation),
      frequencyExponent: z.number().min(0).max(2).default(DEFAULT_IALS_OPTIONS.frequencyExponent),
      seed: seed(DEFAULT_IALS_OPTIONS.seed),
    }),
    space: {
      factors: FACTORS,
      alpha: { min: 0.1, max: 50, scale: 'log' },
      regularisation: { min: 1e-4, max: 1, scale: 'log' },
    },
    make: ialsRecommender,
  }),
  puresvd: rankingModel({
    help: [`factors (${DEFAULT_PURE_SVD_OPTIONS.factors}): singular vectors kept`, SEED_HELP],
    schema: z.strictObject({
      factors: factors(DEFAULT_PURE_SVD_OPTIONS.factors, 5_000),
      seed: seed(DEFAULT_PURE_SVD_OPTIONS.seed),
    }),
    space: { factors: FACTORS },
    make: pureSvdRecommender,
  }),
} satisfies Record<string, RankingModel>;
