import type { SeededDraws } from '../random/seeded-draws.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/** Numbers that are learnt, each with the sum of the squares of the slopes that it has seen. */
export interface Learnt {
  readonly values: Float64Array;
  readonly squares: Float64Array;
}

/** What is learnt of a factorisation machine whose features are a history, an item, and what is told of the item. */
export interface FmSides {
  readonly width: number;
  /** Items by factors: what an item in a history says of the one who has it. */
  readonly history: Learnt;
  /** Items by 1 + factors: an item's weight, then its factors. */
  readonly items: Learnt;
  /** The same of each thing told of items. */
  readonly features: Learnt;
  /** Items by the features told of them. */
  readonly told: CsrMatrix | undefined;
}

const INITIAL_DEVIATION = 0.1;
/** Keeps the first step from dividing by zero. */
const LEAST_SQUARES = 1e-8;

/** @param known 1 for each item that somebody chose: of the others nothing is learnt, and nothing is made up. */
export function openSides(
  known: Uint8Array,
  { width, told, draws }: { width: number; told: CsrMatrix | undefined; draws: SeededDraws },
): FmSides {
  const size = width + 1;
  const items = zeros(known.length * size);
  const features = zeros((told?.columnCount ?? 0) * size);
  for (let at = 0; at < items.values.length; at++) {
    if (at % size !== 0 && known[Math.floor(at / size)]) items.values[at] = INITIAL_DEVIATION * draws.normal();
  }
  for (let at = 0; at < features.values.length; at++) {
    if (at % size !== 0) features.values[at] = INITIAL_DEVIATION * draws.normal();
  }
  return { width, told, items, features, history: zeros(known.length * width) };
}

function zeros(length: number): Learnt {
  return { values: new Float64Array(length), squares: new Float64Array(length).fill(LEAST_SQUARES) };
}

/**
 * The item's side of the machine: its weight and factors, and those of what is told of it times how much, added up.
 *
 * @param withOwn Whether what was learnt of the item itself counts, or only what is told of it.
 * @param into Written: 1 + factors.
 */
export function itemSide(
  sides: FmSides,
  item: number,
  { withOwn, into }: { withOwn: boolean; into: Float64Array },
): void {
  const size = sides.width + 1;
  into.fill(0);
  if (withOwn) into.set(sides.items.values.subarray(item * size, (item + 1) * size));
  if (!sides.told) return;
  const { indices, values } = sides.told.row(item);
  for (let e = 0; e < indices.length; e++) {
    const start = (indices[e] as number) * size;
    const scale = values[e] as number;
    for (let f = 0; f < size; f++) into[f] = (into[f] as number) + scale * (sides.features.values[start + f] as number);
  }
}

/**
 * One AdaGrad step of a run of numbers. Source: Duchi, Hazan and Singer, JMLR 12, 2011.
 *
 * @param by.slopes As many as are stepped, times `by.scale` the slopes of the loss.
 */
export function descend(
  { values, squares }: Learnt,
  start: number,
  by: { slopes: Float64Array; scale: number; penalty: number; rate: number },
): void {
  const { slopes, scale, penalty, rate } = by;
  for (let f = 0; f < slopes.length; f++) {
    const at = start + f;
    const value = values[at] as number;
    const slope = scale * (slopes[f] as number) + penalty * value;
    const sum = (squares[at] as number) + slope * slope;
    squares[at] = sum;
    values[at] = value - (rate * slope) / Math.sqrt(sum);
  }
}
