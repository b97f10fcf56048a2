import type { JourneyFlow } from './journey-flow.ts';
import { improve } from './krylov.ts';
import { chainProbabilities, type MaskedChain, stepOn, sweep } from './masked-chain.ts';
import type { WindowChain } from './window-chain.ts';

/** Of what a removal loses, so much may be uncertain. */
const TOLERANCE = 1e-9;
/** A sweep that changes no state by more than this, relatively, has come to the end of double precision. */
const ROUNDING = 2 ** -50;
const SWEEPS_BETWEEN_CHECKS = 4;
const SWEEPS = 64;
const KRYLOV_STEPS = 500;
const ROUNDS = 50;

/**
 * How many conversions each channel's removal loses, channel by channel, without the dense matrix that taking states out
 * of a chain of higher order would make.
 *
 * A conversion is lost when its journey meets a state of the channel. There is a last time that it does; from there on it
 * converts without such a state:
 *
 * lost = sum over states s of the channel: conversions(s) + sum over t without it: moves(s, t) v(t)
 *
 * where v(t) is the probability of a conversion from t that meets none of the channel's states: one linear system a
 * channel, v = c + P v. How often journeys come to s is known without solving anything, since the chain is made of
 * journeys. All terms are positive, so that a small effect is as exact as a large one.
 *
 * Each system is solved by sweeps, sped up where they are slow, until the result is proven: an error r(t) of the equation
 * of t cannot cost more than visits(t) |r(t)| conversions, as journeys do not come to t more often than that.
 *
 * @returns By channel; zero for a channel that no journey meets.
 * @throws RangeError when a system cannot be solved so well: no chain is known for which that happens.
 */
export function sparseRemovals(chain: WindowChain, flow: JourneyFlow): Float64Array {
  const lost = new Float64Array(chain.channelCount);
  const probabilities = chainProbabilities(chain, flow);
  const statesOf = statesByChannel(chain, flow);
  const closed = new Uint8Array(chain.stateCount);
  for (const [channel, own] of statesOf.entries()) {
    if (own.length === 0) continue;
    closed.fill(0);
    for (const state of own) closed[state] = 1;
    const masked = { ...probabilities, open: openStates(closed, flow) };
    lost[channel] = solveLoss(masked, own, flow);
  }
  return lost;
}

/** Of each channel the states that have it in their window, as far as journeys come there. */
function statesByChannel({ channelCount, stateCount, windowOffsets, windows }: WindowChain, { visits }: JourneyFlow) {
  const statesOf = Array.from({ length: channelCount }, (): number[] => []);
  for (let state = 0; state < stateCount; state++) {
    if (visits[state] === 0) continue;
    const window = windows.subarray(windowOffsets[state], windowOffsets[state + 1]);
    for (const channel of new Set(window)) statesOf[channel]?.push(state);
  }
  return statesOf;
}

function openStates(closed: Uint8Array, { visits }: JourneyFlow): Int32Array {
  const open = new Int32Array(closed.length);
  let count = 0;
  for (let state = 0; state < closed.length; state++) {
    if (closed[state] === 0 && (visits[state] as number) > 0) open[count++] = state;
  }
  return open.subarray(0, count);
}

function solveLoss(chain: MaskedChain, own: readonly number[], flow: JourneyFlow): number {
  const v = new Float64Array(chain.conversion.length);
  for (let round = 0; round < ROUNDS; round++) {
    if (round > 0) improve(chain, v, KRYLOV_STEPS);
    for (let sweeps = 1; sweeps <= SWEEPS; sweeps++) {
      const change = sweep(chain, v, chain.conversion);
      if (change > ROUNDING && sweeps % SWEEPS_BETWEEN_CHECKS > 0) continue;
      const lost = lossAt(chain, { own, flow, v });
      if (change <= ROUNDING || uncertainty(chain, flow, v) <= TOLERANCE * lost) return lost;
    }
  }
  throw new RangeError(`A chain of ${v.length} states cannot be solved: journeys go in circles in it for too long.`);
}

function lossAt(
  chain: MaskedChain,
  { own, flow, v }: { own: readonly number[]; flow: JourneyFlow; v: Float64Array },
): number {
  let lost = 0;
  for (const state of own) {
    lost += (flow.conversions[state] as number) + (flow.visits[state] as number) * stepOn(chain, v, state);
  }
  return lost;
}

function uncertainty(chain: MaskedChain, { visits }: JourneyFlow, v: Float64Array): number {
  let bound = 0;
  for (const state of chain.open) {
    const error = (chain.conversion[state] as number) + stepOn(chain, v, state) - (v[state] as number);
    bound += (visits[state] as number) * Math.abs(error);
  }
  return bound;
}
