import { END, type WindowChain } from './window-chain.ts';

/**
 * How many journeys pass through each part of a chain. What comes into a state leaves it: `visits[s]` is the sum of the
 * moves from s, its conversions and its nulls, and as much comes in from the start and from other states.
 */
export interface JourneyFlow {
  readonly visits: Float64Array;
  readonly moves: Float64Array;
  /** Journeys that begin at each state. */
  readonly starts: Float64Array;
  /** Journeys that end at each state with a conversion, and without. */
  readonly conversions: Float64Array;
  readonly nulls: Float64Array;
}

/** @param weights How many journeys along each path converted, and how many did not. */
export function journeyFlow(
  chain: WindowChain,
  weights: { readonly conversions: Float64Array; readonly nulls: Float64Array },
): JourneyFlow {
  const { stateCount, targets, visitOffsets } = chain;
  const [visits, starts, conversions, nulls] = Array.from({ length: 4 }, () => new Float64Array(stateCount)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const moves = new Float64Array(targets.length);
  for (let path = 0; path + 1 < visitOffsets.length; path++) {
    const from = visitOffsets[path] as number;
    const end = visitOffsets[path + 1] as number;
    const converted = weights.conversions[path] as number;
    const lost = weights.nulls[path] as number;
    const journeys = converted + lost;
    if (from === end || journeys === 0) continue;
    add(starts, chain.visits[from] as number, journeys);
    for (let visit = from; visit < end; visit++) {
      add(visits, chain.visits[visit] as number, journeys);
      const move = chain.moves[visit] as number;
      if (move !== END) add(moves, move, journeys);
    }
    const last = chain.visits[end - 1] as number;
    add(conversions, last, converted);
    add(nulls, last, lost);
  }
  return { visits, moves, starts, conversions, nulls };
}

function add(sums: Float64Array, at: number, amount: number): void {
  sums[at] = (sums[at] as number) + amount;
}
