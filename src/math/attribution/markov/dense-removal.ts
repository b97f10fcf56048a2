import type { JourneyFlow } from './journey-flow.ts';
import type { WindowChain } from './window-chain.ts';

/** What flows between the start, some states, and the two ends. The others have been taken out. */
interface Flows {
  readonly states: Int32Array;
  /** Rows and columns of `amounts`. */
  readonly size: number;
  /** By rows. Row 0 is the start, row i the state i - 1 of `states`; column 0 is conversion, column j a state. */
  readonly amounts: Float64Array;
  /** From each row to no conversion. */
  readonly lost: Float64Array;
}

/**
 * How many conversions each channel's removal loses, by taking states out of the chain one by one: a journey that would
 * pass through one goes on at once to where it leads from there. To have for each channel the chain of its own states
 * alone, half of the channels are taken out, and in what is left half of the rest, and so on: for an order of 1 all
 * removals together take less than n^3 steps, n^3/3 being those of one.
 *
 * Nothing is ever subtracted: what leaves a state is the sum of what leaves it to others, not one less what stays. So
 * every figure is right to nearly all of its digits, however slowly journeys come to an end.
 * Source: Grassmann, Taksar and Heyman, Operations Research 33(5), 1985; O'Cinneide, Numerische Mathematik 65, 1993.
 *
 * @returns By channel; zero for a channel that no journey meets.
 */
export function denseRemovals(chain: WindowChain, flow: JourneyFlow): Float64Array {
  const lost = new Float64Array(chain.channelCount);
  const channels = Int32Array.from({ length: chain.channelCount }, (_, channel) => channel);
  narrow({ chain, lost }, { channels, flows: allFlows(chain, flow) });
  return lost;
}

function narrow(
  task: { readonly chain: WindowChain; readonly lost: Float64Array },
  { channels, flows }: { channels: Int32Array; flows: Flows },
): void {
  const own = takeOutOthers(flows, holds(task.chain, channels));
  if (own.states.length === 0) return;
  if (channels.length === 1) {
    // What still goes straight from the start to a conversion never met the channel.
    own.amounts[0] = 0;
    takeOut(own, 0);
    task.lost[channels[0] as number] = own.amounts[0];
    return;
  }
  const half = channels.length >> 1;
  narrow(task, { channels: channels.subarray(0, half), flows: own });
  narrow(task, { channels: channels.subarray(half), flows: own });
}

function allFlows(chain: WindowChain, flow: JourneyFlow): Flows {
  const { rowOffsets, targets } = chain;
  const states = Int32Array.from({ length: chain.stateCount }, (_, state) => state);
  const size = chain.stateCount + 1;
  const amounts = new Float64Array(size * size);
  const lost = new Float64Array(size);
  for (let state = 0; state < chain.stateCount; state++) {
    const row = (state + 1) * size;
    amounts[state + 1] = flow.starts[state] as number;
    amounts[row] = flow.conversions[state] as number;
    lost[state + 1] = flow.nulls[state] as number;
    for (let move = rowOffsets[state] as number; move < (rowOffsets[state + 1] as number); move++) {
      amounts[row + (targets[move] as number) + 1] = flow.moves[move] as number;
    }
  }
  return { states, size, amounts, lost };
}

/** Whether a state has one of the channels in its window. */
function holds(
  { channelCount, windowOffsets, windows }: WindowChain,
  channels: Int32Array,
): (state: number) => boolean {
  const wanted = new Uint8Array(channelCount);
  for (const channel of channels) wanted[channel] = 1;
  return (state) => windows.subarray(windowOffsets[state], windowOffsets[state + 1]).some((channel) => wanted[channel]);
}

/** A copy of the flows with only the states that are wanted. */
function takeOutOthers(flows: Flows, isWanted: (state: number) => boolean): Flows {
  const rows = Array.from(flows.states, (state, at) => ({ row: at + 1, wanted: isWanted(state) }));
  const wanted = rows.filter((row) => row.wanted);
  // Those to be taken out stand last.
  const order = [0, ...wanted.map(({ row }) => row), ...rows.filter((row) => !row.wanted).map(({ row }) => row)];
  const copy: Flows = {
    states: Int32Array.from(wanted, ({ row }) => flows.states[row - 1] as number),
    size: flows.size,
    amounts: new Float64Array(flows.amounts.length),
    lost: Float64Array.from(order, (row) => flows.lost[row] as number),
  };
  order.forEach((row, to) => {
    for (let at = 0; at < order.length; at++) {
      copy.amounts[to * flows.size + at] = flows.amounts[row * flows.size + (order[at] as number)] as number;
    }
  });
  takeOut(copy, wanted.length);
  return wanted.length === flows.states.length ? copy : cut(copy);
}

/** Takes out the last states until so many are left. The diagonal is never read: a journey does not follow itself. */
function takeOut({ size, amounts, lost }: Flows, leave: number): void {
  for (let out = size - 1; out > leave; out--) {
    const row = out * size;
    let leaving = lost[out] as number;
    for (let at = 0; at < out; at++) leaving += amounts[row + at] as number;
    if (leaving === 0) continue;
    for (let from = 0; from < out; from++) {
      const into = amounts[from * size + out] as number;
      if (into === 0) continue;
      const share = into / leaving;
      const target = from * size;
      for (let at = 0; at < out; at++) {
        amounts[target + at] = (amounts[target + at] as number) + share * (amounts[row + at] as number);
      }
      lost[from] = (lost[from] as number) + share * (lost[out] as number);
    }
  }
}

/** Without the rows and columns that were taken out. */
function cut({ states, size, amounts, lost }: Flows): Flows {
  const left = states.length + 1;
  const kept = new Float64Array(left * left);
  for (let row = 0; row < left; row++) kept.set(amounts.subarray(row * size, row * size + left), row * left);
  return { states, size: left, amounts: kept, lost: lost.slice(0, left) };
}
