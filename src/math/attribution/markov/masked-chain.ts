import type { JourneyFlow } from './journey-flow.ts';
import type { WindowChain } from './window-chain.ts';

/**
 * A chain in which journeys end without a conversion as soon as they come to a closed state. Vectors hold a number a
 * state, zero for closed ones.
 */
export interface MaskedChain {
  readonly rowOffsets: Int32Array;
  readonly targets: Int32Array;
  /** Of each move, from the state it leaves. */
  readonly probabilities: Float64Array;
  /** Of a conversion right after each state. */
  readonly conversion: Float64Array;
  /** The states that are not closed, ascending. */
  readonly open: Int32Array;
}

/** Probabilities of all moves and conversions; states that no journey visits have none. */
export function chainProbabilities({ rowOffsets, targets }: WindowChain, flow: JourneyFlow): Omit<MaskedChain, 'open'> {
  const probabilities = new Float64Array(targets.length);
  const conversion = new Float64Array(flow.visits.length);
  for (let state = 0; state < flow.visits.length; state++) {
    const visits = flow.visits[state] as number;
    if (visits === 0) continue;
    conversion[state] = (flow.conversions[state] as number) / visits;
    for (let move = rowOffsets[state] as number; move < (rowOffsets[state + 1] as number); move++) {
      probabilities[move] = (flow.moves[move] as number) / visits;
    }
  }
  return { rowOffsets, targets, probabilities, conversion };
}

/** What `vector` gives one step on from a state. */
export function stepOn(
  { rowOffsets, targets, probabilities }: MaskedChain,
  vector: Float64Array,
  state: number,
): number {
  let sum = 0;
  const end = rowOffsets[state + 1] as number;
  for (let move = rowOffsets[state] as number; move < end; move++) {
    sum += (probabilities[move] as number) * (vector[targets[move] as number] as number);
  }
  return sum;
}

/**
 * One sweep of Gauss and Seidel for x = rhs + P x, in place. Begun with zeros, x grows with every sweep and never past
 * the solution.
 *
 * @returns The largest change, relative to the new value.
 */
export function sweep(chain: MaskedChain, x: Float64Array, rhs: Float64Array): number {
  const { rowOffsets, targets, probabilities, open } = chain;
  let change = 0;
  for (let at = 0; at < open.length; at++) {
    const state = open[at] as number;
    let sum = rhs[state] as number;
    const end = rowOffsets[state + 1] as number;
    for (let move = rowOffsets[state] as number; move < end; move++) {
      sum += (probabilities[move] as number) * (x[targets[move] as number] as number);
    }
    const difference = Math.abs(sum - (x[state] as number));
    if (difference > change * Math.abs(sum)) change = difference / Math.abs(sum);
    x[state] = sum;
  }
  return change;
}
