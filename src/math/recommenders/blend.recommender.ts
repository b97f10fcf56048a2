import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { holdOutShare } from '../splits/index.ts';
import { blendCases } from './blend-cases.ts';
import { type BlendCase, learnBlendWeights } from './blend-weights.ts';
import { popularityModel } from './popularity.recommender.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';
import { standardisedScores } from './standardised-scores.ts';

export interface BlendOptions {
  /** One for each component, from 0, not all 0: then nothing is held out and nothing learnt. */
  readonly weights?: readonly number[] | undefined;
  /** Share of each user's entries held out to learn the weights, within (0, 1). */
  readonly heldShare: number;
  /** Users, drawn at random, whose held out entries are looked at. */
  readonly userCount: number;
  /** Length of the head by whose NDCG weights are judged. */
  readonly cutoff: number;
  /**
   * What a held out item must beat: `top`, the best items of every component, as in a feed; `random`, 99 random items, for
   * telling what somebody wants from anything else.
   */
  readonly rivals: 'top' | 'random';
  /** Decides what is held out; any 32-bit integer. */
  readonly seed: number;
}

export const DEFAULT_BLEND_OPTIONS: BlendOptions = {
  heldShare: 0.2,
  userCount: 2_000,
  cutoff: 20,
  rivals: 'top',
  seed: 1,
};

/** A component that counts less than this is not worth its time. */
const LEAST_WEIGHT = 0.03;

/**
 * A weighted sum of the scores of several models, each standardised for each user over the items that are not in the
 * history: less their mean, by their standard deviation. The weights are learnt inside `fit`: the components are fitted
 * to a part of train, weights chosen by NDCG on the rest, and those that count fitted again to all of train. So a list of
 * components may hold the same model with several settings: what does not help gets no weight. Sources: Caruana,
 * Niculescu-Mizil, Crew, Ksikes, "Ensemble selection from libraries of models", ICML 2004; for the choice of weights, see
 * `learnBlendWeights`.
 *
 * A component that refuses the data, for its size say, is left out; where all do, the blend refuses it as the first did.
 *
 * @param components At least one, each with settings of its own.
 * @throws RangeError for an option out of bounds; from `fit`, when every component refuses the data.
 */
export function blendRecommender(components: readonly Recommender[], options: Partial<BlendOptions> = {}): Recommender {
  const all = { ...DEFAULT_BLEND_OPTIONS, ...options };
  checkOptions(components, all);
  return {
    name: 'blend',
    fit(train) {
      const weights = all.weights ?? learnWeights(components, { train, options: all });
      const parts = components.flatMap((component, c) => {
        const weight = weights[c] as number;
        const model = weight > 0 ? fitOrRefuse(component, train) : undefined;
        return model ? [{ model, weight }] : [];
      });
      const models = parts.filter(({ model }) => !(model instanceof RangeError));
      if (models.length === 0) throw parts[0]?.model;
      return blendModel(models as WeightedModel[], train.columnSums());
    },
  };
}

function checkOptions(components: readonly Recommender[], options: BlendOptions): void {
  const { heldShare, userCount, cutoff, seed, weights } = options;
  assertInput(components.length > 0, 'a blend needs a component');
  assertInput(heldShare > 0 && heldShare < 1, `heldShare must be above 0 and below 1, not ${heldShare}`);
  assertWhole('userCount', userCount, { min: 1 });
  assertWhole('cutoff', cutoff, { min: 1, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  if (!weights) return;
  assertInput(weights.length === components.length, 'there must be a weight for each component');
  for (const weight of weights) assertAtLeast('a weight', weight, 0);
  assertInput(
    weights.some((weight) => weight > 0),
    'a component must have a weight above 0',
  );
}

function fitOrRefuse(component: Recommender, train: CsrMatrix): RecommenderModel | RangeError {
  try {
    return component.fit(train);
  } catch (error) {
    if (error instanceof RangeError) return error;
    throw error;
  }
}

/** One weight for each component, 0 for those that refuse the data. */
function learnWeights(
  components: readonly Recommender[],
  { train, options }: { train: CsrMatrix; options: BlendOptions },
): readonly number[] {
  if (components.length === 1) return [1];
  const { train: part, held } = holdOutShare(train, { share: options.heldShare, seed: options.seed });
  if (held.entryCount === 0) return components.map(() => 1 / components.length);
  const fitted = components.map((component) => fitOrRefuse(component, part));
  const models = fitted.filter((model): model is RecommenderModel => !(model instanceof RangeError));
  if (models.length === 0) throw fitted[0];
  const cases: BlendCase[] = blendCases(models, { part, held, options });
  const learnt = learnBlendWeights(cases, { componentCount: models.length, k: options.cutoff });
  const kept = learnt.map((weight) => (weight < LEAST_WEIGHT ? 0 : weight));
  const weights = kept.values();
  return fitted.map((model) => (model instanceof RangeError ? 0 : (weights.next().value ?? 0)));
}

interface WeightedModel {
  readonly model: RecommenderModel;
  readonly weight: number;
}

function blendModel(parts: readonly WeightedModel[], popularity: Float64Array): RecommenderModel {
  const fallback = popularityModel(popularity);
  const buffer = new Float64Array(popularity.length);
  const model: RecommenderModel = {
    itemCount: popularity.length,
    score(history, into) {
      const scores = openScores(model, history, into);
      for (const { model: component, weight } of parts) {
        standardisedScores(component, history, buffer);
        for (let item = 0; item < scores.length; item++) {
          scores[item] = (scores[item] as number) + weight * (buffer[item] as number);
        }
      }
      return scores.every((score) => score === 0) ? fallback.score(history, scores) : scores;
    },
  };
  return model;
}
