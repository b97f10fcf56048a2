import type { Paths } from '../paths.ts';
import { SequenceTable } from '../sequence-table.ts';
import { moveRows, successorsFirst } from './state-order.ts';

/** No move: a journey ends here. */
export const END = -1;

/**
 * The states that journeys pass through and the moves between them, without weights: the same for every resample of the
 * same journeys. States are numbered so that most moves lead to a lower number, and in the same way whatever the order
 * of the paths.
 */
export interface WindowChain {
  readonly channelCount: number;
  readonly stateCount: number;
  /** State s is the window of channels `windows` from `windowOffsets[s]` to before `windowOffsets[s + 1]`. */
  readonly windowOffsets: Int32Array;
  readonly windows: Int32Array;
  /** Moves from state s are `rowOffsets[s]` to before `rowOffsets[s + 1]`; `targets` is where each leads. */
  readonly rowOffsets: Int32Array;
  readonly targets: Int32Array;
  /** Path p visits `visits` from `visitOffsets[p]` to before `visitOffsets[p + 1]`; none when it is empty. */
  readonly visitOffsets: Int32Array;
  readonly visits: Int32Array;
  /** The move that follows each visit, or END. */
  readonly moves: Int32Array;
}

/**
 * States of a chain of order k: windows of k consecutive channels; a shorter path is one short state. The same state
 * several times in a row counts once.
 */
export function windowChain(paths: Paths, order: number): WindowChain {
  const { windows: seen, visitOffsets, visits } = windowVisits(paths, order);
  const { moves, moveOfVisit } = distinctMoves(visitOffsets, visits);
  const sequences = seen.sequences();
  const place = successorsFirst(sequences, moves);
  const { rowOffsets, targets, places } = moveRows(moves, place);
  return {
    channelCount: paths.channels.length,
    stateCount: place.length,
    ...reordered(sequences, place),
    rowOffsets,
    targets,
    visitOffsets,
    visits: visits.map((state) => place[state] as number),
    moves: moveOfVisit.map((move) => (move === END ? END : (places[move] as number))),
  };
}

function windowVisits({ offsets, steps }: Paths, order: number) {
  const windows = new SequenceTable();
  const visitOffsets = new Int32Array(offsets.length);
  const visits = new Int32Array(steps.length);
  let count = 0;
  for (let path = 0; path + 1 < offsets.length; path++) {
    const start = offsets[path] as number;
    const end = offsets[path + 1] as number;
    let last = -1;
    for (let from = start; from < end && (from === start || from + order <= end); from++) {
      const state = windows.numberOf(steps, from, Math.min(from + order, end));
      if (state !== last) visits[count++] = state;
      last = state;
    }
    visitOffsets[path + 1] = count;
  }
  return { windows, visitOffsets, visits: visits.slice(0, count) };
}

/** Moves by number as pairs of states, and the number of the move after each visit. */
function distinctMoves(visitOffsets: Int32Array, visits: Int32Array) {
  const table = new SequenceTable();
  const moveOfVisit = new Int32Array(visits.length).fill(END);
  for (let path = 0; path + 1 < visitOffsets.length; path++) {
    const last = (visitOffsets[path + 1] as number) - 1;
    for (let visit = visitOffsets[path] as number; visit < last; visit++) {
      moveOfVisit[visit] = table.numberOf(visits, visit, visit + 2);
    }
  }
  return { moves: table.sequences().steps, moveOfVisit };
}

function reordered({ offsets, steps }: { offsets: Int32Array; steps: Int32Array }, place: Int32Array) {
  const windowOffsets = new Int32Array(offsets.length);
  place.forEach((to, from) => {
    windowOffsets[to + 1] = (offsets[from + 1] as number) - (offsets[from] as number);
  });
  for (let state = 0; state < place.length; state++) {
    windowOffsets[state + 1] = (windowOffsets[state + 1] as number) + (windowOffsets[state] as number);
  }
  const windows = new Int32Array(steps.length);
  place.forEach((to, from) => {
    windows.set(steps.subarray(offsets[from], offsets[from + 1]), windowOffsets[to] as number);
  });
  return { windowOffsets, windows };
}
