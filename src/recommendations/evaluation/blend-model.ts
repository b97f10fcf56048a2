import { z } from 'zod';
import { blendRecommender, DEFAULT_BLEND_OPTIONS } from '../../math/recommenders/index.ts';
import { type ConfiguredModel, type RankingModel, rankingModel } from './ranking-model.ts';

/** Beyond so many items and learners the cube of them takes longer than all the others together. */
const DENSE_SIZE = 4_000;

/** Models that err in different ways, some with settings for sparse data and for dense: what does not help gets no weight. */
const DEFAULT_COMPONENTS = [
  { model: 'edlae', params: { maxSize: DENSE_SIZE } },
  { model: 'ease', params: { maxSize: DENSE_SIZE } },
  { model: 'rp3beta', params: {} },
  { model: 'rp3beta', params: { beta: 0.25, normaliseRows: true } },
  { model: 'item-knn', params: {} },
  { model: 'item-knn', params: { neighbourCount: 600, shrink: 500, weighting: 'tf-idf' } },
  { model: 'user-knn', params: {} },
  { model: 'fm', params: {} },
];

/** What a held out item must beat, by the protocol that the blend is for. */
export type BlendRivals = 'top' | 'random';

const { heldShare, userCount, cutoff, rivals, seed } = DEFAULT_BLEND_OPTIONS;

const component = z.strictObject({ model: z.string(), params: z.record(z.string(), z.unknown()).default({}) });

const schema = z.strictObject({
  components: z.array(component).min(1).max(20).default(DEFAULT_COMPONENTS),
  weights: z.array(z.number().min(0).max(1e6)).optional(),
  heldShare: z.number().gt(0).lt(1).default(heldShare),
  userCount: z.int().min(1).max(1e6).default(userCount),
  cutoff: z.int().min(1).max(1_000).default(cutoff),
  rivals: z.enum(['top', 'random']).default(rivals),
  seed: z.int32().default(seed),
});

/**
 * The blend of other models.
 *
 * @param configure Makes a component by its name; throws InvalidInputError for a name or a setting that is unknown.
 */
export function blendModel(configure: (name: string, params: unknown) => ConfiguredModel): RankingModel {
  return rankingModel({
    help: [
      `components (${DEFAULT_COMPONENTS.map(({ model }) => model).join(', ')}):`,
      'a list of {"model": ..., "params": {...}}; one that refuses the data is left out',
      'weights (learnt from train): one number for each component, from 0',
      `heldShare (${heldShare}): share of train held out inside to learn the weights`,
      `userCount (${userCount}): learners whose held out items are looked at`,
      `cutoff (${cutoff}): length of the head whose NDCG the weights should raise`,
      'rivals (top, random for candidates and leave-one-out): what a held out item must beat, the best items of every',
      'component or random ones',
      `seed (${seed}): decides what is held out`,
    ],
    schema,
    space: {},
    make({ components, ...options }) {
      return blendRecommender(
        components.map(({ model, params }) => configure(model, params).recommender),
        options,
      );
    },
  });
}
