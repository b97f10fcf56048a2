import { cosineSimilarity, type NeighbourLists } from '../math/similarity/index.ts';
import { CsrMatrix } from '../math/sparse/index.ts';
import { type InteractionKind, preferenceMatrix } from '../math/weighting/index.ts';
import { weightAt } from './interaction-weighing.ts';

/** Interactions as columns of equal length, people and contents numbered densely. */
export interface TrainingInteractions {
  readonly userCount: number;
  readonly contentCount: number;
  readonly users: Int32Array;
  readonly contents: Int32Array;
  /** Place of the kind in `kindNames`. */
  readonly kinds: Uint8Array;
  readonly kindNames: readonly InteractionKind[];
  readonly values: Float64Array;
  readonly occurredAtMs: Float64Array;
}

/** A sparse matrix as its arrays, which threads can share. */
export type MatrixParts = Pick<CsrMatrix, 'rowCount' | 'columnCount' | 'offsets' | 'columns' | 'values'>;

export interface PreparedTraining {
  /** Contents by people: how much each person wants each content. */
  readonly matrix: MatrixParts;
  /** Sum of the preferences for each content. */
  readonly popularity: Float64Array;
}

export interface NeighbourTask {
  readonly matrix: MatrixParts;
  readonly from: number;
  readonly to: number;
  readonly shrink: number;
  readonly neighbourCount: number;
}

/**
 * Weighs every interaction, and sums the weights of each person and content to a preference.
 *
 * @param asOfMs The moment at which the weights are taken. With that of the newest interaction, and not of today, the
 * same interactions give the same model on any day.
 */
export function prepareTraining(interactions: TrainingInteractions, asOfMs: number): PreparedTraining {
  const { userCount, contentCount, users, contents } = interactions;
  const preferences = preferenceMatrix({
    rowCount: userCount,
    columnCount: contentCount,
    rows: users,
    columns: contents,
    values: weightsOf(interactions, asOfMs),
  });
  return { matrix: sharedParts(preferences.transpose()), popularity: preferences.columnSums() };
}

/** The neighbours of a block of contents. Blocks do not depend on one another. */
export function findNeighbours({ matrix, from, to, shrink, neighbourCount }: NeighbourTask): NeighbourLists {
  return cosineSimilarity({ shrink, neighbourCount }).similarRows(CsrMatrix.fromParts(matrix), { from, to });
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

/** Moves the arrays to memory that every thread sees, so that each block does not carry a copy. */
function sharedParts({ rowCount, columnCount, offsets, columns, values }: CsrMatrix): MatrixParts {
  const shared = {
    offsets: new Int32Array(new SharedArrayBuffer(offsets.byteLength)),
    columns: new Int32Array(new SharedArrayBuffer(columns.byteLength)),
    values: new Float64Array(new SharedArrayBuffer(values.byteLength)),
  };
  shared.offsets.set(offsets);
  shared.columns.set(columns);
  shared.values.set(values);
  return { rowCount, columnCount, ...shared };
}
