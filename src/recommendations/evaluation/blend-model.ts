import { z } from 'zod';
import { blendRecommender, DEFAULT_BLEND_OPTIONS } from '../../math/recommenders/index.ts';
import { type ConfiguredModel, type RankingModel, rankingModel } from './ranking-model.ts';

/** Models that err in different ways, each fast enough for a few thousand items. */
const DEFAULT_COMPONENTS = [
  { model: 'ease', params: {} },
  { model: 'rp3beta', params: {} },
  { model: 'item-knn', params: {} },
  { model: 'user-knn', params: {} },
];

const { heldShare, userCount, cutoff, rivals, seed } = DEFAULT_BLEND_OPTIONS;

const component = z.strictObject({ model: z.string(), params: z.record(z.string(), z.unknown()).default({}) });

const schema = z.strictObject({
  components: z.array(component).min(1).max(20).default(DEFAULT_COMPONENTS),
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
      `components (${DEFAULT_COMPONENTS.map(({ model }) => model).join(', ')}): a list of {"model": ..., "params": {...}}`,
      `heldShare (${heldShare}): share of train held out inside to learn the weights`,
      `userCount (${userCount}): learners whose held out items are looked at`,
      `cutoff (${cutoff}): length of the head whose NDCG the weights should raise`,
      `rivals (${rivals}): what a held out item must beat; top, the best of every component, or random`,
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
