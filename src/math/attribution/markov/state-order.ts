interface Sequences {
  readonly offsets: Int32Array;
  readonly steps: Int32Array;
}

interface MoveRows {
  readonly rowOffsets: Int32Array;
  readonly targets: Int32Array;
  /** Where each move went. */
  readonly places: Int32Array;
}

/**
 * A place for each state, such that most moves lead to a lower place: a sweep over the states in that order then carries
 * what a state leads to all the way to where journeys begin. It is the order in which a search in depth leaves the states,
 * over roots and moves sorted by their channels, so that it depends on nothing but the set of states and moves.
 *
 * @param states By number, the channels of each. @param moves Pairs of states, one after the other, all distinct.
 */
export function successorsFirst(states: Sequences, moves: Int32Array): Int32Array {
  const sorted = sortedPlaces(states);
  const { rowOffsets, targets } = moveRows(moves, sorted);
  const left = leavingOrder(rowOffsets, targets);
  return sorted.map((place) => left[place] as number);
}

/** The moves in rows by the state they leave, sorted by the state they reach, under new numbers of the states. */
export function moveRows(moves: Int32Array, place: Int32Array): MoveRows {
  const count = moves.length / 2;
  // Sorted by target first and then, keeping that order, by source.
  const byTarget = countingSort(count, place.length, (move) => place[moves[2 * move + 1] as number] as number);
  const { offsets, order } = countingSort(count, place.length, (at) => {
    return place[moves[2 * (byTarget.order[at] as number)] as number] as number;
  });
  const targets = new Int32Array(count);
  const places = new Int32Array(count);
  order.forEach((at, row) => {
    const move = byTarget.order[at] as number;
    targets[row] = place[moves[2 * move + 1] as number] as number;
    places[move] = row;
  });
  return { rowOffsets: offsets, targets, places };
}

function sortedPlaces({ offsets, steps }: Sequences): Int32Array {
  const states = Int32Array.from({ length: offsets.length - 1 }, (_, state) => state);
  states.sort((a, b) => {
    const [fromA, fromB] = [offsets[a] as number, offsets[b] as number];
    const [lengthA, lengthB] = [(offsets[a + 1] as number) - fromA, (offsets[b + 1] as number) - fromB];
    for (let at = 0; at < lengthA && at < lengthB; at++) {
      const difference = (steps[fromA + at] as number) - (steps[fromB + at] as number);
      if (difference !== 0) return difference;
    }
    return lengthA - lengthB;
  });
  const places = new Int32Array(states.length);
  states.forEach((state, place) => {
    places[state] = place;
  });
  return places;
}

/** The order in which a search in depth leaves the states. With a stack of its own: chains may be a million states long. */
function leavingOrder(rowOffsets: Int32Array, targets: Int32Array): Int32Array {
  const count = rowOffsets.length - 1;
  const order = new Int32Array(count).fill(-1);
  const next = rowOffsets.slice(0, count);
  const entered = new Uint8Array(count);
  const stack = new Int32Array(count);
  let left = 0;
  for (let root = 0; root < count; root++) {
    if (entered[root]) continue;
    entered[root] = 1;
    let depth = 0;
    stack[0] = root;
    while (depth >= 0) {
      const state = stack[depth] as number;
      const move = next[state] as number;
      if (move === rowOffsets[state + 1]) {
        order[state] = left++;
        depth--;
        continue;
      }
      next[state] = move + 1;
      const target = targets[move] as number;
      if (entered[target]) continue;
      entered[target] = 1;
      stack[++depth] = target;
    }
  }
  return order;
}

/** Keeps the order of equal keys. */
function countingSort(count: number, keyCount: number, keyOf: (at: number) => number) {
  const offsets = new Int32Array(keyCount + 1);
  for (let at = 0; at < count; at++) {
    const key = keyOf(at) + 1;
    offsets[key] = (offsets[key] as number) + 1;
  }
  for (let key = 0; key < keyCount; key++) offsets[key + 1] = (offsets[key + 1] as number) + (offsets[key] as number);
  const next = offsets.slice(0, keyCount);
  const order = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const key = keyOf(at);
    const to = next[key] as number;
    order[to] = at;
    next[key] = to + 1;
  }
  return { offsets, order };
}
