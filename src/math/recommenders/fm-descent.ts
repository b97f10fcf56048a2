import { seededDraws } from '../random/seeded-draws.ts';
import { logistic } from '../ranker/logistic.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { descend, type FmSides, itemSide, openSides } from './fm-sides.ts';

export interface FmTerms {
  /** Numbers that describe how a feature meets others. */
  readonly factors: number;
  /** Times that all interactions are seen. */
  readonly epochs: number;
  /** Items drawn for each one chosen, that the user did not choose. */
  readonly negativeCount: number;
  readonly learningRate: number;
  /** Penalty on half the square of a number, for each example that it takes part in. */
  readonly penalty: number;
  /** Share of the examples in which an item is known by what is told of it alone; only where something is. */
  readonly idDropout: number;
  readonly seed: number;
}

/**
 * Learns by stochastic gradient descent on the logistic loss to tell an item that a user chose from drawn ones, given
 * what else the user chose: a user's examples come one after another, and the steps of the history's factors, which all
 * point the same way, are taken together after the last of them.
 *
 * @param told Items by features, or nothing.
 */
export function learnFm(train: CsrMatrix, told: CsrMatrix | undefined, terms: FmTerms): FmSides {
  const draws = seededDraws(terms.seed);
  const known = new Uint8Array(train.columnCount);
  for (const item of train.columns) known[item] = 1;
  const choosable = Int32Array.from(known.keys()).filter((item) => known[item] === 1);
  const sides = openSides(known, { width: terms.factors, told, draws });
  const order = Int32Array.from({ length: train.rowCount }, (_, user) => user);
  const turn = openTurn(sides, { train, choosable, terms, uniform: draws.uniform });
  for (let epoch = 0; epoch < terms.epochs; epoch++) {
    draws.shuffle(order);
    for (const user of order) turn(user);
  }
  return sides;
}

/** Learns from one user after another with arrays that are used again. */
function openTurn(
  sides: FmSides,
  given: { train: CsrMatrix; choosable: Int32Array; terms: FmTerms; uniform: () => number },
): (user: number) => void {
  const { train, choosable, terms, uniform } = given;
  const { width } = sides;
  const taste = new Float64Array(width);
  const push = new Float64Array(width);
  const others = new Float64Array(width);
  const owner = new Int32Array(train.columnCount).fill(-1);
  const longest = train.offsets.reduce((most, end, row) => Math.max(most, end - (train.offsets[row - 1] ?? 0)), 0);
  const pushes = new Float64Array(longest * width);
  const example = openExample(sides, terms);
  return (user) => {
    const { indices, values } = train.row(user);
    // With a single item nothing else is known that could speak for it.
    if (indices.length < 2) return;
    const scale = 1 / Math.sqrt(indices.length - 1);
    addUp(sides, { indices, values, into: taste });
    push.fill(0);
    for (let h = 0; h < indices.length; h++) owner[indices[h] as number] = user;
    for (let h = 0; h < indices.length; h++) {
      const item = indices[h] as number;
      const own = pushes.subarray(h * width, (h + 1) * width).fill(0);
      // The history without the item that it is to speak for.
      for (let f = 0; f < width; f++) {
        const said = (values[h] as number) * (sides.history.values[item * width + f] as number);
        others[f] = scale * ((taste[f] as number) - said);
      }
      example(item, { label: 1, user: others, push: own, withOwn: uniform() >= terms.idDropout });
      for (let n = 0; n < terms.negativeCount; n++) {
        const drawn = choosable[Math.floor(uniform() * choosable.length)] as number;
        if (owner[drawn] === user) continue;
        example(drawn, { label: 0, user: others, push: own, withOwn: uniform() >= terms.idDropout });
      }
      for (let f = 0; f < width; f++) push[f] = (push[f] as number) + (own[f] as number);
    }
    for (let h = 0; h < indices.length; h++) {
      const start = (indices[h] as number) * width;
      for (let f = 0; f < width; f++) others[f] = (push[f] as number) - (pushes[h * width + f] as number);
      const by = {
        slopes: others,
        scale: scale * (values[h] as number),
        penalty: terms.penalty,
        rate: terms.learningRate,
      };
      descend(sides.history, start, by);
    }
  };
}

interface Example {
  readonly label: 0 | 1;
  /** The user's side. */
  readonly user: Float64Array;
  /** Added to: the slopes of the user's side. */
  readonly push: Float64Array;
  readonly withOwn: boolean;
}

function openExample(sides: FmSides, terms: FmTerms): (item: number, example: Example) => void {
  const size = sides.width + 1;
  const side = new Float64Array(size);
  const slopes = new Float64Array(size);
  const { penalty, learningRate: rate } = terms;
  return (item, { label, user, push, withOwn }) => {
    itemSide(sides, item, { withOwn, into: side });
    let logOdds = side[0] as number;
    for (let f = 1; f < size; f++) logOdds += (side[f] as number) * (user[f - 1] as number);
    const slope = logistic(logOdds) - label;
    slopes[0] = slope;
    for (let f = 1; f < size; f++) {
      push[f - 1] = (push[f - 1] as number) + slope * (side[f] as number);
      slopes[f] = slope * (user[f - 1] as number);
    }
    if (withOwn) descend(sides.items, item * size, { slopes, scale: 1, penalty, rate });
    if (!sides.told) return;
    const told = sides.told.row(item);
    for (let e = 0; e < told.indices.length; e++) {
      const by = { slopes, scale: told.values[e] as number, penalty, rate };
      descend(sides.features, (told.indices[e] as number) * size, by);
    }
  };
}

/** The sum over a history of its weights times what its items say. */
export function addUp(
  { width, history }: Pick<FmSides, 'width' | 'history'>,
  { indices, values, into }: { indices: ArrayLike<number>; values: ArrayLike<number>; into: Float64Array },
): void {
  into.fill(0);
  for (let h = 0; h < indices.length; h++) {
    const start = (indices[h] as number) * width;
    const weight = values[h] as number;
    for (let f = 0; f < width; f++) into[f] = (into[f] as number) + weight * (history.values[start + f] as number);
  }
}
