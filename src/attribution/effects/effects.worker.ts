import { setPriority } from 'node:os';
import { CHANNEL_MODELS, DEFAULT_HALF_LIFE_DAYS, type Paths } from '../../math/attribution/index.ts';

/** What a thread runs: everything that this file imports is plain TypeScript that Node runs as it is. */

/** Yields the processor to whoever answers requests: on Linux this is the priority of the thread, not of the process. */
const LOW_PRIORITY = 10;
if (process.platform === 'linux') setPriority(LOW_PRIORITY);

/** The removal effect of each channel of the paths, from 0 to 1, in their order. */
export function solve({ paths, order }: { readonly paths: Paths; readonly order: number }): Float64Array {
  const credits = CHANNEL_MODELS.MARKOV({ order, halfLifeDays: DEFAULT_HALF_LIFE_DAYS })(paths)(paths);
  return Float64Array.from(credits, ({ removalEffect }) => removalEffect ?? 0);
}
