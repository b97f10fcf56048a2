import { assertWhole } from '../../assert.ts';
import { assertPaths, type PathOutcomes, type Paths } from '../paths.ts';
import { denseRemovals } from './dense-removal.ts';
import { type JourneyFlow, journeyFlow } from './journey-flow.ts';
import { sparseRemovals } from './sparse-removal.ts';
import { type WindowChain, windowChain } from './window-chain.ts';

export interface MarkovOptions {
  /** Channels in the window that is a state, from 1 to 32. */
  readonly order: number;
}

/** Journeys along each path. */
type PathWeights = Pick<PathOutcomes, 'conversions' | 'nulls'>;

const MAX_ORDER = 32;
/** Taking states out one by one needs n^2 memory: 128 MB and as much again at this size. */
const MAX_DENSE_STATES = 4_000;

/**
 * Prepares the chain of the paths once; the function returned gives the removal effect of each channel for any weights:
 *
 * RE(c) = 1 - P(conversion, every state with c leading to no conversion) / P(conversion)
 *
 * as the share of the conversions lost, exactly, without simulation: see `denseRemovals` and `sparseRemovals`. Empty
 * paths have no part in it. Zero for every channel when there are no conversions, and for a channel that no journey
 * meets. Source: Anderl, Becker, von Wangenheim and Schumann, International Journal of Research in Marketing 33(3), 2016.
 *
 * @throws RangeError for an order that is out of bounds.
 * @throws AttributionInputError for numbers of journeys that are negative or not finite.
 */
export function removalEffects(paths: Paths, { order }: MarkovOptions): (weights: PathWeights) => Float64Array {
  assertWhole('order', order, { min: 1, max: MAX_ORDER });
  assertPaths(paths);
  const chain = windowChain(paths, order);
  return (weights) => effectsOf(chain, journeyFlow(chain, weights));
}

function effectsOf(chain: WindowChain, flow: JourneyFlow): Float64Array {
  const conversions = flow.conversions.reduce((sum, count) => sum + count, 0);
  if (conversions === 0) return new Float64Array(chain.channelCount);
  // Rounding may bring what all conversions need past one by its last digit.
  return lostConversions(chain, flow).map((lost) => Math.min(1, lost / conversions));
}

/** Of order 1 the chain is as dense as a matrix of channels; of a higher one it is sparse. */
function lostConversions(chain: WindowChain, flow: JourneyFlow): Float64Array {
  const isDense = chain.stateCount <= chain.channelCount && chain.stateCount <= MAX_DENSE_STATES;
  return isDense ? denseRemovals(chain, flow) : sparseRemovals(chain, flow);
}
