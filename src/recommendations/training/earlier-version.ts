import type { EarlierLists, NeighbourLists } from '../../math/similarity/index.ts';
import { numbersAmong } from './catalogue.ts';
import type { Digests } from './row-digests.ts';
import type { SimilarityParams } from './similarity-params.ts';
import type { TextTerms } from './text-terms.ts';

/** The matrices whose rows are compared: people's preferences, the same of the past, and texts. */
export const COMPARED = ['full', 'past', 'texts'] as const;
export type Compared = (typeof COMPARED)[number];

/**
 * What trainings in a row have in common, from a full one on: the moment at which interactions are weighed, since at
 * another moment all weights are others, and the terms, since with others all texts lie elsewhere. So what did not change
 * between two of them is the same to the bit.
 */
export interface Series {
  /** When the full one of them began. */
  readonly startedAtMs: number;
  readonly asOfMs: number;
  readonly params: SimilarityParams;
}

/** What a version leaves to the next one of its series, beside what it serves. */
export interface TrainingMemory {
  /** A number that changes with the form or the meaning of the rest. */
  readonly form: number;
  readonly series: Series;
  readonly past: NeighbourLists;
  /** Of the rows of each matrix. */
  readonly digests: Readonly<Record<Compared, Digests>>;
}

export const MEMORY_FORM = 1;

/** A version that a training may go on from. */
export interface EarlierVersion {
  readonly series: Series;
  readonly contentIds: readonly string[];
  readonly terms: TextTerms;
  readonly lists: Readonly<Record<Compared, NeighbourLists>>;
  readonly digests: Readonly<Record<Compared, Digests>>;
}

/** 1 for each content whose row is not what it was; for each matrix. */
export type Changes = Readonly<Record<Compared, Uint8Array>>;

/** Compares rows by their digests: whatever was done, undone, forgotten or came late is seen. */
export function changesSince(
  earlier: EarlierVersion,
  now: { contentIds: readonly string[]; digests: Readonly<Record<Compared, Digests>> },
): Changes {
  const numberThen = new Map(earlier.contentIds.map((id, number) => [id, number]));
  const marks = (name: Compared): Uint8Array => {
    const [then, current] = [earlier.digests[name], now.digests[name]];
    return Uint8Array.from(now.contentIds, (id, row) => {
      const at = numberThen.get(id);
      const isSame = at !== undefined && then[2 * at] === current[2 * row] && then[2 * at + 1] === current[2 * row + 1];
      return isSame ? 0 : 1;
    });
  };
  return { full: marks('full'), past: marks('past'), texts: marks('texts') };
}

/** The earlier lists of a block of contents, in the numbers of now. */
export type EarlierBlock = Readonly<Record<Compared, EarlierLists['lists']>>;

/** The lists of then in the numbers of now, cut in blocks. */
export function earlierBlocks(
  earlier: EarlierVersion,
  { contentIds, bounds }: { contentIds: readonly string[]; bounds: readonly number[] },
): EarlierBlock[] {
  const numberThen = new Map(earlier.contentIds.map((id, number) => [id, number]));
  const rowsThen = Int32Array.from(contentIds, (id) => numberThen.get(id) ?? -1);
  const numbersNow = numbersAmong(earlier.contentIds, contentIds);
  return bounds.slice(0, -1).map((from, number) => {
    const block = { from, to: bounds[number + 1] as number };
    const of = (name: Compared) => renumber(earlier.lists[name], { rowsThen, numbersNow, block });
    return { full: of('full'), past: of('past'), texts: of('texts') };
  });
}

function renumber(
  { offsets: starts, neighbours, similarities }: NeighbourLists,
  of: { rowsThen: Int32Array; numbersNow: Int32Array; block: { from: number; to: number } },
): NeighbourLists {
  const rows = of.rowsThen.subarray(of.block.from, of.block.to);
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, at) => {
    const length = row < 0 ? 0 : (starts[row + 1] as number) - (starts[row] as number);
    offsets[at + 1] = (offsets[at] as number) + length;
  });
  const moved = {
    neighbours: new Int32Array(offsets[rows.length] as number),
    similarities: new Float64Array(offsets[rows.length] as number),
  };
  rows.forEach((row, at) => {
    if (row < 0) return;
    const numbers = neighbours.subarray(starts[row], starts[row + 1]).map((other) => of.numbersNow[other] as number);
    moved.neighbours.set(numbers, offsets[at]);
    moved.similarities.set(similarities.subarray(starts[row], starts[row + 1]), offsets[at]);
  });
  return { ...of.block, offsets, ...moved };
}
