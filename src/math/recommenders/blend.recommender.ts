import { assertInput, assertWhole } from '../assert.ts';
import { TopK } from '../selection/top-k.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';
import { holdOutShare } from '../splits/index.ts';
import { drawNegatives } from '../splits/random-negatives.ts';
import { randomOrder } from '../splits/random-order.ts';
import { type BlendCase, learnBlendWeights } from './blend-weights.ts';
import { popularityModel } from './popularity.recommender.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

export interface BlendOptions {
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

/** Best items of each component that stand in the pool of a user. */
const POOL_HEAD = 100;
const RANDOM_RIVALS = 99;

/**
 * A weighted sum of the scores of several models, each standardised for each user over the items that are not in the
 * history: less their mean, by their standard deviation. The weights are learnt inside `fit`: the components are fitted
 * to a part of train, weights chosen by NDCG on the rest, and the components fitted again to all of train. A component
 * that refuses the data, for its size say, is refused with the blend.
 *
 * @param components At least one, each with settings of its own.
 * @throws RangeError for an option out of bounds; from `fit`, what a component throws.
 */
export function blendRecommender(components: readonly Recommender[], options: Partial<BlendOptions> = {}): Recommender {
  const all = { ...DEFAULT_BLEND_OPTIONS, ...options };
  assertInput(components.length > 0, 'a blend needs a component');
  assertInput(all.heldShare > 0 && all.heldShare < 1, `heldShare must be above 0 and below 1, not ${all.heldShare}`);
  assertWhole('userCount', all.userCount, { min: 1 });
  assertWhole('cutoff', all.cutoff, { min: 1, max: 1_000_000 });
  assertWhole('the seed', all.seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  return {
    name: 'blend',
    fit(train) {
      const weights = weightsFor(components, { train, options: all });
      const used = components.filter((_, c) => (weights[c] as number) > 0);
      const models = used.map((component) => component.fit(train));
      return blendModel(models, { weights: weights.filter((weight) => weight > 0), popularity: train.columnSums() });
    },
  };
}

function weightsFor(
  components: readonly Recommender[],
  { train, options }: { train: CsrMatrix; options: BlendOptions },
): Float64Array {
  const equal = new Float64Array(components.length).fill(1 / components.length);
  const { train: part, held } = holdOutShare(train, { share: options.heldShare, seed: options.seed });
  const users = usersToAsk(held, options);
  if (components.length === 1 || users.length === 0) return equal;
  const models = components.map((component) => component.fit(part));
  const cases = users.flatMap((user) => caseOf(user, { models, part, held, options }) ?? []);
  return learnBlendWeights(cases, { componentCount: components.length, k: options.cutoff });
}

function usersToAsk(held: CsrMatrix, { userCount, seed }: BlendOptions): number[] {
  const order = Array.from(randomOrder(held.rowCount, { seed, row: held.rowCount }));
  return order.filter((user) => held.row(user).indices.length > 0).slice(0, userCount);
}

function caseOf(
  user: number,
  given: { models: readonly RecommenderModel[]; part: CsrMatrix; held: CsrMatrix; options: BlendOptions },
): BlendCase | undefined {
  const { models, part, held, options } = given;
  const history = part.row(user);
  const chosen = held.row(user).indices;
  const scores = models.map((model) => standardised(model, history));
  const others = options.rivals === 'top' ? headsOf(scores, history) : rivalsOf(user, given);
  const relevantItems = options.rivals === 'top' ? chosen : chosen.subarray(0, 1);
  if (!others) return undefined;
  const pool = [...new Set([...others, ...relevantItems])];
  const relevantSet = new Set(relevantItems);
  return {
    scores: Float64Array.from(scores.flatMap((of) => pool.map((item) => of[item] as number))),
    size: pool.length,
    relevant: Int32Array.from(pool.flatMap((item, place) => (relevantSet.has(item) ? [place] : []))),
  };
}

function headsOf(scores: readonly Float64Array[], history: SparseRow): number[] {
  const known = new Set(Array.from(history.indices));
  const best = new TopK(POOL_HEAD);
  return scores.flatMap((of) => {
    of.forEach((score, item) => {
      if (score >= best.floor && !known.has(item)) best.offer(item, score);
    });
    return [...best.drain().indices];
  });
}

/** None where the user has touched nearly everything. */
function rivalsOf(
  user: number,
  { part, held, options }: { part: CsrMatrix; held: CsrMatrix; options: BlendOptions },
): Int32Array | undefined {
  const touched = part.row(user).indices.length + held.row(user).indices.length;
  if (part.columnCount - touched < RANDOM_RIVALS) return undefined;
  const heldItems = new Set(held.row(user).indices);
  // Drawn from what is not in the history; the few that the user chose after all are left out.
  const seed = (options.seed + user) | 0;
  const [drawn] = drawNegatives(part, { users: [user], count: RANDOM_RIVALS, seed });
  return drawn?.filter((item) => !heldItems.has(item));
}

function blendModel(
  models: readonly RecommenderModel[],
  { weights, popularity }: { weights: Float64Array; popularity: Float64Array },
): RecommenderModel {
  const fallback = popularityModel(popularity);
  const buffer = new Float64Array(popularity.length);
  const model: RecommenderModel = {
    itemCount: popularity.length,
    score(history, into) {
      const scores = openScores(model, history, into);
      models.forEach((component, c) => {
        const weight = weights[c] as number;
        standardised(component, history, buffer);
        for (let item = 0; item < scores.length; item++) {
          scores[item] = (scores[item] as number) + weight * (buffer[item] as number);
        }
      });
      return scores.every((score) => score === 0) ? fallback.score(history, scores) : scores;
    },
  };
  return model;
}

/** Scores less their mean over the items outside the history, by their standard deviation; all 0 where that is 0. */
function standardised(model: RecommenderModel, history: SparseRow, into?: Float64Array): Float64Array {
  const scores = model.score(history, into);
  let [count, sum, squares] = [scores.length, 0, 0];
  for (const score of scores) sum += score;
  for (let h = 0; h < history.indices.length; h++) sum -= scores[history.indices[h] as number] as number;
  count -= history.indices.length;
  if (count === 0) return scores.fill(0);
  const mean = sum / count;
  for (const score of scores) squares += (score - mean) ** 2;
  for (let h = 0; h < history.indices.length; h++) {
    squares -= ((scores[history.indices[h] as number] as number) - mean) ** 2;
  }
  const deviation = Math.sqrt(Math.max(0, squares) / count);
  // What differs by rounding only says nothing.
  const isFlat = !(deviation > 1e-12 * Math.abs(mean));
  for (let item = 0; item < scores.length; item++) {
    scores[item] = isFlat ? 0 : ((scores[item] as number) - mean) / deviation;
  }
  return scores;
}
