import { z } from 'zod';
import {
  DEFAULT_EASE_OPTIONS,
  DEFAULT_EDLAE_OPTIONS,
  DEFAULT_FM_OPTIONS,
  DEFAULT_IALS_OPTIONS,
  DEFAULT_PURE_SVD_OPTIONS,
  easeRecommender,
  fmRecommender,
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

const maxSize = z.int().min(1).max(DEFAULT_EASE_OPTIONS.maxSize).default(DEFAULT_EASE_OPTIONS.maxSize);
const MAX_SIZE_HELP = `maxSize (${DEFAULT_EASE_OPTIONS.maxSize}): more items and more learners than that are refused`;

const PENALTY = { min: 10, max: 5_000, scale: 'log' } as const;
const FACTORS = { min: 16, max: 512, scale: 'log-whole' } as const;
const SEED_HELP = 'seed (1): of the random directions that the first factors are sought from';

const FM_HELP = [
  `factors (${DEFAULT_FM_OPTIONS.factors}): numbers that describe how an item meets those of a history`,
  `epochs (${DEFAULT_FM_OPTIONS.epochs}): times that all interactions are seen`,
  `negativeCount (${DEFAULT_FM_OPTIONS.negativeCount}): items drawn for each one chosen, to tell it from`,
  `learningRate (${DEFAULT_FM_OPTIONS.learningRate}): length of the first steps`,
  `penalty (${DEFAULT_FM_OPTIONS.penalty}): draws what is learnt to zero`,
  `idDropout (${DEFAULT_FM_OPTIONS.idDropout}): for cold-start; share of the examples that know an item by its text alone`,
  'seed (1): decides the first factors, the order, and which items are drawn',
];

/** The settings of the factorisation machine, checked, each with its default. */
export const fmParams = z.strictObject({
  factors: factors(DEFAULT_FM_OPTIONS.factors, 1_000),
  epochs: z.int().min(1).max(10_000).default(DEFAULT_FM_OPTIONS.epochs),
  negativeCount: z.int().min(1).max(1_000).default(DEFAULT_FM_OPTIONS.negativeCount),
  learningRate: z.number().positive().max(1).default(DEFAULT_FM_OPTIONS.learningRate),
  penalty: z.number().min(0).max(10).default(DEFAULT_FM_OPTIONS.penalty),
  idDropout: z.number().min(0).lt(1).default(DEFAULT_FM_OPTIONS.idDropout),
  seed: z.int32().default(DEFAULT_FM_OPTIONS.seed),
});

/** The models that learn weights between items, or factors of users and items, by their names. */
export const FACTOR_MODELS = {
  ease: rankingModel({
    help: [
      `l2 (${DEFAULT_EASE_OPTIONS.l2}): draws what one item says of another to zero; time grows with the cube of the`,
      'items or of the learners, whichever are fewer',
      MAX_SIZE_HELP,
    ],
    schema: z.strictObject({ l2: penalty(DEFAULT_EASE_OPTIONS.l2), maxSize }),
    space: { l2: PENALTY },
    make: easeRecommender,
  }),
  edlae: rankingModel({
    help: [
      `l2 (${DEFAULT_EDLAE_OPTIONS.l2}): as for ease`,
      `dropout (${DEFAULT_EDLAE_OPTIONS.dropout}): share of the interactions imagined to be lost, above 0, below 1`,
      `popularityPower (${DEFAULT_EDLAE_OPTIONS.popularityPower}): above 0, popular items are scored lower`,
      MAX_SIZE_HELP,
    ],
    schema: z.strictObject({
      l2: penalty(DEFAULT_EDLAE_OPTIONS.l2),
      dropout: z.number().positive().lt(1).default(DEFAULT_EDLAE_OPTIONS.dropout),
      popularityPower: z.number().min(-1).max(1).default(DEFAULT_EDLAE_OPTIONS.popularityPower),
      maxSize,
    }),
    space: { l2: PENALTY, dropout: { min: 0.1, max: 0.9 }, popularityPower: { min: 0, max: 0.3 } },
    make: easeRecommender,
  }),
  ials: rankingModel({
    help: [
      `factors (${DEFAULT_IALS_OPTIONS.factors}): numbers that describe a taste`,
      `epochs (${DEFAULT_IALS_OPTIONS.epochs}): rounds of solving for learners, then for items`,
      `alpha (${DEFAULT_IALS_OPTIONS.alpha}): confidence in an interaction, against 1 for what is unknown`,
      `regularisation (${DEFAULT_IALS_OPTIONS.regularisation}): draws factors to zero; auto, by how much of all is chosen`,
      `frequencyExponent (${DEFAULT_IALS_OPTIONS.frequencyExponent}): how far regularisation grows with what is known`,
      SEED_HELP,
    ],
    schema: z.strictObject({
      factors: factors(DEFAULT_IALS_OPTIONS.factors, 2_000),
      epochs: z.int().min(1).max(1_000).default(DEFAULT_IALS_OPTIONS.epochs),
      alpha: z.number().min(0).max(1e6).default(DEFAULT_IALS_OPTIONS.alpha),
      regularisation: z
        .union([z.literal('auto'), z.number().positive().max(1e9)])
        .default(DEFAULT_IALS_OPTIONS.regularisation),
      frequencyExponent: z.number().min(0).max(2).default(DEFAULT_IALS_OPTIONS.frequencyExponent),
      seed: seed(DEFAULT_IALS_OPTIONS.seed),
    }),
    space: {
      factors: FACTORS,
      alpha: { min: 0.1, max: 50, scale: 'log' },
      regularisation: { min: 1e-5, max: 0.1, scale: 'log' },
    },
    make: ialsRecommender,
  }),
  fm: rankingModel({
    help: FM_HELP,
    schema: fmParams,
    space: {
      factors: FACTORS,
      epochs: { min: 5, max: 50, scale: 'log-whole' },
      learningRate: { min: 0.01, max: 0.2, scale: 'log' },
      penalty: { min: 1e-6, max: 1e-2, scale: 'log' },
    },
    make: fmRecommender,
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
