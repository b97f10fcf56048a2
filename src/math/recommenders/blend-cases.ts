import { TopK } from '../selection/top-k.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';
import { drawNegatives } from '../splits/random-negatives.ts';
import { randomOrder } from '../splits/random-order.ts';
import type { BlendCase } from './blend-weights.ts';
import type { RecommenderModel } from './recommender.ts';
import { standardisedScores } from './standardised-scores.ts';

/** Best items of each component that stand in the pool of a user. */
const POOL_HEAD = 100;
const RANDOM_RIVALS = 99;
/** Held out items of one user that are each ranked among random ones. */
const MAX_RANDOM_CASES = 4;

interface HeldOut {
  readonly part: CsrMatrix;
  readonly held: CsrMatrix;
  readonly options: {
    readonly userCount: number;
    readonly rivals: 'top' | 'random';
    readonly seed: number;
  };
}

/**
 * What users went on to choose, among rivals, as each model scores them. With `top` rivals a user is one case, all held
 * out items against the heads of the models; with `random` ones each held out item, up to four, is a case of its own
 * against the same random items.
 */
export function blendCases(models: readonly RecommenderModel[], given: HeldOut): BlendCase[] {
  const { part, held, options } = given;
  const buffers = models.map((model) => new Float64Array(model.itemCount));
  return usersToAsk(held, options).flatMap((user) => {
    const history = part.row(user);
    const scores = models.map((model, m) => standardisedScores(model, history, buffers[m]));
    const chosen = held.row(user).indices;
    if (options.rivals === 'top')
      return [caseOf(scores, [...new Set([...headsOf(scores, history), ...chosen])], chosen)];
    const rivals = rivalsOf(user, given);
    if (!rivals) return [];
    return Array.from(chosen.subarray(0, MAX_RANDOM_CASES), (item) => caseOf(scores, [...rivals, item], [item]));
  });
}

function usersToAsk(held: CsrMatrix, { userCount, seed }: { userCount: number; seed: number }): number[] {
  const order = Array.from(randomOrder(held.rowCount, { seed, row: held.rowCount }));
  return order.filter((user) => held.row(user).indices.length > 0).slice(0, userCount);
}

function caseOf(scores: readonly Float64Array[], pool: readonly number[], relevant: ArrayLike<number>): BlendCase {
  const isRelevant = new Set(Array.from(relevant));
  const inPool = new Float64Array(scores.length * pool.length);
  scores.forEach((of, c) => {
    pool.forEach((item, place) => {
      inPool[c * pool.length + place] = of[item] as number;
    });
  });
  return {
    scores: inPool,
    size: pool.length,
    relevant: Int32Array.from(pool.flatMap((item, place) => (isRelevant.has(item) ? [place] : []))),
  };
}

function headsOf(scores: readonly Float64Array[], history: SparseRow): number[] {
  const known = new Set(Array.from(history.indices));
  const best = new TopK(POOL_HEAD);
  return scores.flatMap((of) => {
    for (let item = 0; item < of.length; item++) {
      const score = of[item] as number;
      if (score >= best.floor && !known.has(item)) best.offer(item, score);
    }
    return [...best.drain().indices];
  });
}

/** None where the user has touched nearly everything. */
function rivalsOf(user: number, { part, held, options }: HeldOut): number[] | undefined {
  const touched = part.row(user).indices.length + held.row(user).indices.length;
  if (part.columnCount - touched < RANDOM_RIVALS) return undefined;
  const heldItems = new Set(held.row(user).indices);
  // Drawn from what is not in the history; the few that the user chose after all are left out.
  const [drawn] = drawNegatives(part, { users: [user], count: RANDOM_RIVALS, seed: (options.seed + user) | 0 });
  return Array.from(drawn ?? []).filter((item) => !heldItems.has(item));
}
