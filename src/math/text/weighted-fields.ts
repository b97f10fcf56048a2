import { assertAtLeast, assertInput } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';

/** One field of all documents, such as their titles. */
export interface WeightedField {
  /** Documents by the terms of this field, rows of length 1 or 0. */
  readonly matrix: CsrMatrix;
  /** What its cosine counts beside those of the other fields; from 0. */
  readonly weight: number;
}

/**
 * Documents by the terms of all fields side by side, each field's columns times the root of its weight: the dot
 * product of two rows is then the weighted sum, over the fields, of their cosines. The same word in two fields is two
 * terms, so that a name among the teachers is none in the title.
 *
 * @throws RangeError when there is no field, fields differ in the number of documents, or a weight is out of bounds.
 */
export function joinFields(fields: readonly WeightedField[]): CsrMatrix {
  const rowCount = fields[0]?.matrix.rowCount;
  assertInput(rowCount !== undefined, 'there must be a field');
  const offsets = new Int32Array(rowCount + 1);
  for (const { matrix, weight } of fields) {
    assertInput(matrix.rowCount === rowCount, 'all fields must have the same documents');
    assertAtLeast('the weight of a field', weight, 0);
    for (let r = 0; r <= rowCount; r++) offsets[r] = (offsets[r] as number) + (matrix.offsets[r] as number);
  }
  const entryCount = offsets[rowCount] as number;
  const columns = new Int32Array(entryCount);
  const values = new Float64Array(entryCount);
  let at = 0;
  for (let r = 0; r < rowCount; r++) {
    let firstColumn = 0;
    for (const { matrix, weight } of fields) {
      const row = matrix.row(r);
      const scale = Math.sqrt(weight);
      row.indices.forEach((column, e) => {
        columns[at] = firstColumn + column;
        values[at] = scale * (row.values[e] as number);
        at++;
      });
      firstColumn += matrix.columnCount;
    }
  }
  const columnCount = fields.reduce((sum, { matrix }) => sum + matrix.columnCount, 0);
  return CsrMatrix.fromParts({ rowCount, columnCount, offsets, columns, values });
}
