import { AttributionInputError } from './attribution-input-error.ts';

/** Journeys as numbers: aggregated by path, or one by one. What the models of channels read. */
export interface Paths {
  /** Names, sorted by code units; steps count into them. Channels without a step may be among them. */
  readonly channels: readonly string[];
  /** Path p is `steps` from `offsets[p]` to before `offsets[p + 1]`; a path may be empty. */
  readonly offsets: Int32Array;
  /** The channel of each touch, in the order of the journey. */
  readonly steps: Int32Array;
  /** How often each path ended in a conversion; not negative, fractions allowed. */
  readonly conversions: Float64Array;
  /** What the conversions of each path brought in all. */
  readonly values: Float64Array;
  /** How often each path ended without one; not negative, fractions allowed. */
  readonly nulls: Float64Array;
  /** How long before the end of its journey each touch was, in milliseconds; null when nothing is known of it. */
  readonly agesMs: Float64Array | null;
}

/** What one channel is credited with. */
export interface ChannelCredit {
  readonly channel: string;
  /** In fractions, never rounded. */
  readonly conversions: number;
  readonly value: number;
  /** From 0 to 1, of models that have it; null of others. */
  readonly removalEffect: number | null;
}

/** What the journeys along each path came to, which may differ from the paths' own, as in a resample. */
export type PathOutcomes = Pick<Paths, 'conversions' | 'values' | 'nulls'>;

/**
 * A way of crediting channels, prepared for some paths once, for any outcomes of theirs. One credit a channel, in the order
 * of `paths.channels`. Conversions that nothing led to are in nobody's credit.
 */
export type ChannelModel = (paths: Paths) => (outcomes: PathOutcomes) => ChannelCredit[];

/** Sums over paths. */
export interface PathTotals {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

/** What the paths with at least one touch came to, and what those without: that is nobody's, and in no credit. */
export function pathTotals(
  { offsets }: Paths,
  { conversions, values, nulls }: PathOutcomes,
): { readonly attributed: PathTotals; readonly unattributed: PathTotals } {
  const attributed = { conversions: 0, value: 0, nulls: 0 };
  const unattributed = { conversions: 0, value: 0, nulls: 0 };
  for (let path = 0; path < conversions.length; path++) {
    const sum = offsets[path] === offsets[path + 1] ? unattributed : attributed;
    sum.conversions += conversions[path] as number;
    sum.value += values[path] as number;
    sum.nulls += nulls[path] as number;
  }
  return { attributed, unattributed };
}

/** @throws AttributionInputError for numbers of journeys that are negative or not finite, or a value that is not finite. */
export function assertPaths({ conversions, values, nulls }: Paths): void {
  for (let path = 0; path < conversions.length; path++) {
    assertCount(`conversions of path ${path}`, conversions[path]);
    assertCount(`nulls of path ${path}`, nulls[path]);
    if (!Number.isFinite(values[path]))
      throw new AttributionInputError(`The value of path ${path} is ${values[path]}.`);
  }
}

function assertCount(name: string, count: number | undefined): void {
  if (Number.isFinite(count) && (count as number) >= 0) return;
  throw new AttributionInputError(`The ${name} are ${count}: they must be a finite number from 0.`);
}
