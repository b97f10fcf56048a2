import type { CsrMatrix } from '../../math/sparse/index.ts';
import { type InteractionKind, preferenceMatrix } from '../../math/weighting/index.ts';
import { fitTextSpace, placeTexts, type TextSpace } from '../content-model/index.ts';
import { weightAt } from '../interaction-weighing.ts';
import { type Catalogue, numbersAmong, readCatalogue } from './catalogue.ts';
import {
  type Changes,
  changesSince,
  type EarlierBlock,
  type EarlierVersion,
  earlierBlocks,
  type Series,
} from './earlier-version.ts';
import { chooseHoldout } from './holdout.ts';
import { chooseJudged } from './judged-people.ts';
import type { MatrixParts } from './matrix-parts.ts';
import { occupationTastes } from './occupation-tastes.ts';
import { digestRows, nameKeys, numberKeys } from './row-digests.ts';
import { workOfRows } from './row-work.ts';
import { shardBounds } from './shard-bounds.ts';
import { sameParams } from './similarity-params.ts';
import type { TextTerms } from './text-terms.ts';
import type { TrainingInput, TrainingOutline } from './training-input.ts';

/** Interactions as columns of equal length, people and contents numbered densely in any order. */
export interface TrainingInteractions {
  readonly userIds: readonly string[];
  readonly contentIds: readonly string[];
  readonly users: Int32Array;
  readonly contents: Int32Array;
  /** Place of the kind in `kindNames`. */
  readonly kinds: Uint8Array;
  readonly kindNames: readonly InteractionKind[];
  readonly values: Float64Array;
  readonly occurredAtMs: Float64Array;
}

/** All that a training reads. */
export interface TrainingSources {
  readonly interactions: TrainingInteractions;
  /** Lines of `TextRow`. */
  readonly textLines: Uint8Array;
  /** Lines of `OccupationRow`. */
  readonly occupationLines: Uint8Array;
}

export interface PrepareOptions {
  /** The series that begins with this training, unless it goes on from an earlier version. */
  readonly series: Series;
  readonly shardCount: number | null;
  /** What may be gone on from. */
  readonly earlier: EarlierVersion | null;
}

export interface PreparedTraining {
  readonly input: TrainingInput;
  readonly outline: TrainingOutline;
  readonly textTerms: TextTerms;
  /** Contents by terms, rows of length 1. */
  readonly textVectors: MatrixParts;
  /** Where the shards begin, and where the last one ends. */
  readonly bounds: readonly number[];
  /** The earlier lists for each shard; null when everything is compared with everything. */
  readonly earlier: readonly EarlierBlock[] | null;
}

/** With more changed contents, going on from an earlier version saves little, and a series that begins anew is fresher. */
const MOST_CHANGED = 0.5;

/**
 * Weighs every interaction, sums the weights of each person and content to a preference, holds out what the model is
 * measured by, and reads the texts. People and contents are numbered in the order of their ids: so what is added and in
 * which order depends on what is compared alone, and not on who or what else there is.
 *
 * Goes on from an earlier version of the same parameters unless too much has changed: then the shards compare with what
 * changed alone, and find to the bit what `prepareAt` that version's moment and terms would let them find.
 */
export function prepareTraining(
  sources: TrainingSources,
  { series, shardCount, earlier }: PrepareOptions,
): PreparedTraining {
  const read = readSources(sources);
  if (earlier && sameParams(earlier.series.params, series.params)) {
    const compared = compare(read, { series: earlier.series, space: earlier.terms.space });
    const changes = changesSince(earlier, compared.outline);
    const changedCount = changes.full.reduce((sum, mark) => sum + mark, 0);
    if (changedCount <= MOST_CHANGED * changes.full.length) return cut(compared, { shardCount, changes, earlier });
  }
  return cut(compare(read, { series, space: null }), { shardCount, changes: null, earlier: null });
}

/** Prepares a training that compares everything with everything, at a given moment and by given terms. */
export function prepareAt(
  sources: TrainingSources,
  { shardCount, ...of }: { series: Series; space: TextSpace; shardCount: number | null },
): PreparedTraining {
  return cut(compare(readSources(sources), of), { shardCount, changes: null, earlier: null });
}

interface Read {
  readonly interactions: TrainingInteractions;
  readonly catalogue: Catalogue;
  readonly userIds: readonly string[];
  readonly occupationLines: Uint8Array;
}

function readSources({ interactions, textLines, occupationLines }: TrainingSources): Read {
  const catalogue = readCatalogue(interactions.contentIds, textLines);
  return { interactions, catalogue, userIds: interactions.userIds.toSorted(), occupationLines };
}

type Matrices = Readonly<Record<'full' | 'past' | 'texts', CsrMatrix>>;

interface ComparedMatrices {
  readonly matrices: Matrices;
  readonly outline: TrainingOutline;
  readonly textTerms: TextTerms;
}

/** @param of.space the terms that count; learnt from the texts, when null */
function compare(read: Read, of: { series: Series; space: TextSpace | null }): ComparedMatrices {
  const { interactions, catalogue, userIds, occupationLines } = read;
  const { contentIds, texts } = catalogue;
  const weights = weightsOf(interactions, of.series.asOfMs);
  const places = placesOf(interactions, { contentIds, userIds });
  const { split, isHeldOut } = chooseHoldout(interactions.occurredAtMs);
  const select = (wanted: (position: number) => boolean) =>
    preferenceMatrix({ ...places, values: weights.map((weight, position) => (wanted(position) ? weight : 0)) });
  const all = select(() => true);
  const past = select((position) => isHeldOut[position] === 0);
  const later = select((position) => isHeldOut[position] === 1);
  const { space, vectors } = of.space ? { space: of.space, vectors: placeTexts(of.space, texts) } : fitTextSpace(texts);
  const matrices = { full: all.transpose(), past: past.transpose(), texts: vectors };
  const userKeys = nameKeys(userIds);
  return {
    matrices,
    textTerms: { contentIds, space },
    outline: {
      contentIds,
      popularity: all.columnSums(),
      pastPopularity: past.columnSums(),
      occupations: occupationTastes(all, { userIds, occupationLines }),
      ...chooseJudged(past, later),
      split,
      series: of.series,
      digests: {
        full: digestRows(matrices.full, userKeys),
        past: digestRows(matrices.past, userKeys),
        texts: digestRows(vectors, numberKeys(vectors.columnCount)),
      },
    },
  };
}

/** Cuts the contents in shards. */
function cut(
  { matrices, outline, textTerms }: ComparedMatrices,
  {
    shardCount,
    changes,
    earlier,
  }: { shardCount: number | null; changes: Changes | null; earlier: EarlierVersion | null },
): PreparedTraining {
  const { full, past, texts } = matrices;
  const { contentIds } = outline;
  const work = workOfRows([full, past, texts], changes && [changes.full, changes.past, changes.texts]);
  const bounds = shardBounds(work, shardCount);
  return {
    input: { full: partsOf(full), past: partsOf(past), changes },
    outline,
    textTerms,
    textVectors: partsOf(texts),
    bounds,
    earlier: earlier && earlierBlocks(earlier, { contentIds, bounds }),
  };
}

function weightsOf(interactions: TrainingInteractions, asOfMs: number): Float64Array {
  const { kinds, kindNames, values, occurredAtMs } = interactions;
  const weights = new Float64Array(kinds.length);
  for (let at = 0; at < weights.length; at++) {
    const kind = kindNames[kinds[at] as number] as InteractionKind;
    const value = values[at] as number;
    weights[at] = weightAt({ kind, value, occurredAtMs: occurredAtMs[at] as number }, asOfMs);
  }
  return weights;
}

/** Where each interaction stands in the matrix of people by contents. */
function placesOf(
  { userIds, contentIds, users, contents }: TrainingInteractions,
  sorted: { userIds: readonly string[]; contentIds: readonly string[] },
) {
  const rowOf = numbersAmong(userIds, sorted.userIds);
  const columnOf = numbersAmong(contentIds, sorted.contentIds);
  return {
    rowCount: sorted.userIds.length,
    columnCount: sorted.contentIds.length,
    rows: users.map((user) => rowOf[user] as number),
    columns: contents.map((content) => columnOf[content] as number),
  };
}

/** A plain object: a class does not travel. */
function partsOf({ rowCount, columnCount, offsets, columns, values }: CsrMatrix): MatrixParts {
  return { rowCount, columnCount, offsets, columns, values };
}
