import { type SeededDraws, seededDraws } from '../random/seeded-draws.ts';
import type { FactorOptions } from './factor-options.ts';
import type { RatingTable } from './rating-table.ts';

/** Matrices by rows: `userFactors[u * k + f]`. */
export interface RatingFactors {
  readonly factorCount: number;
  readonly mean: number;
  readonly userBiases: Float64Array;
  readonly itemBiases: Float64Array;
  readonly userFactors: Float64Array;
  readonly itemFactors: Float64Array;
  /** What having rated an item, however, says of a user; absent when that is not looked at. */
  readonly impliedFactors?: Float64Array;
}

const INITIAL_DEVIATION = 0.1;

/**
 * rating = mean + b_u + b_i + q_i z_u, where z_u = p_u + |N(u)|^-1/2 sum over j in N(u) of y_j if `implied`, else p_u;
 * N(u) are the items that u rated. Users come in a random order in each epoch, and the ratings of a user one after
 * another: the steps of all y_j of a user then point the same way, and are taken together after the last of them, which
 * makes an epoch as quick as one without y. Source of the model: Koren, "Factorization Meets the Neighborhood", KDD 2008.
 */
export function descendFactors(table: RatingTable, options: FactorOptions & { implied: boolean }): RatingFactors {
  const draws = seededDraws(options.seed);
  const model = initialFactors(table, options, draws);
  const order = Int32Array.from({ length: table.userCount }, (_, u) => u);
  let rate = options.learningRate;
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    draws.shuffle(order);
    for (const user of order) learnUser(model, { table, user, rate, options });
    rate *= options.decay;
  }
  return model;
}

function initialFactors(
  { userCount, itemCount, mean, byItem }: RatingTable,
  { factorCount, implied }: FactorOptions & { implied: boolean },
  draws: SeededDraws,
): RatingFactors {
  const matrix = (rows: number) =>
    Float64Array.from({ length: rows * factorCount }, () => INITIAL_DEVIATION * draws.normal());
  const itemFactors = matrix(itemCount);
  for (let i = 0; i < itemCount; i++) {
    // An item without ratings never takes a step, and says nothing.
    if (byItem.offsets[i] === byItem.offsets[i + 1]) itemFactors.fill(0, i * factorCount, (i + 1) * factorCount);
  }
  return {
    factorCount,
    mean,
    userBiases: new Float64Array(userCount),
    itemBiases: new Float64Array(itemCount),
    userFactors: matrix(userCount),
    itemFactors,
    ...(implied ? { impliedFactors: new Float64Array(itemCount * factorCount) } : {}),
  };
}

interface UserTurn {
  readonly table: RatingTable;
  readonly user: number;
  readonly rate: number;
  readonly options: FactorOptions;
}

function learnUser(model: RatingFactors, { table, user, rate, options }: UserTurn): void {
  const { factorCount: k, mean, userBiases, itemBiases, itemFactors, impliedFactors } = model;
  const { offsets, others, values } = table.byUser;
  const [from, to] = [offsets[user] as number, offsets[user + 1] as number];
  const { biasPenalty, factorPenalty } = options;
  const own = model.userFactors.subarray(user * k, (user + 1) * k);
  const implied = impliedTaste(model, others.subarray(from, to));
  const push = new Float64Array(k);
  for (let r = from; r < to; r++) {
    const item = others[r] as number;
    const start = item * k;
    let estimate = mean + (userBiases[user] as number) + (itemBiases[item] as number);
    for (let f = 0; f < k; f++) {
      estimate += (itemFactors[start + f] as number) * ((own[f] as number) + (implied[f] as number));
    }
    const error = (values[r] as number) - estimate;
    userBiases[user] = stepped(userBiases[user] as number, rate * error, rate * biasPenalty);
    itemBiases[item] = stepped(itemBiases[item] as number, rate * error, rate * biasPenalty);
    for (let f = 0; f < k; f++) {
      const q = itemFactors[start + f] as number;
      const p = own[f] as number;
      const gain = rate * error * q;
      itemFactors[start + f] = q + rate * (error * (p + (implied[f] as number)) - factorPenalty * q);
      own[f] = p + gain - rate * factorPenalty * p;
      push[f] = (push[f] as number) + gain;
      // The share of the implied factors in this step: their squared weights add up to one.
      if (impliedFactors) implied[f] = (implied[f] as number) + gain;
    }
  }
  if (impliedFactors)
    pushImplied(impliedFactors, { items: others.subarray(from, to), push, shrink: 1 - rate * factorPenalty });
}

function stepped(value: number, push: number, shrink: number): number {
  return value + push - shrink * value;
}

/** |N|^-1/2 times the sum of what the items imply; all zero where nothing is looked at. */
export function impliedTaste(
  { factorCount, impliedFactors }: Pick<RatingFactors, 'factorCount' | 'impliedFactors'>,
  items: ArrayLike<number>,
): Float64Array {
  const taste = new Float64Array(factorCount);
  if (!impliedFactors) return taste;
  const weight = 1 / Math.sqrt(items.length);
  for (let r = 0; r < items.length; r++) {
    const start = (items[r] as number) * factorCount;
    for (let f = 0; f < factorCount; f++) {
      taste[f] = (taste[f] as number) + weight * (impliedFactors[start + f] as number);
    }
  }
  return taste;
}

function pushImplied(
  impliedFactors: Float64Array,
  { items, push, shrink }: { items: Int32Array; push: Float64Array; shrink: number },
): void {
  const keep = shrink ** items.length;
  const weight = 1 / Math.sqrt(items.length);
  for (const item of items) {
    const start = item * push.length;
    for (let f = 0; f < push.length; f++) {
      impliedFactors[start + f] = keep * (impliedFactors[start + f] as number) + weight * (push[f] as number);
    }
  }
}
