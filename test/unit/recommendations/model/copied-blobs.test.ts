import { expect, it } from 'vitest';
import { joinCopiedBlobs } from '../../../../src/recommendations/model/copied-blobs.ts';

/** As PostgreSQL sends them. */
function copied(...values: readonly (readonly number[])[]): Uint8Array {
  const header = [...Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), 0, 0, 0, 0, 0, 0, 0, 0];
  const rows = values.flatMap((value) => [0, 1, 0, 0, 0, value.length, ...value]);
  return Uint8Array.from([...header, ...rows, 0xff, 0xff]);
}

it('joins the values of all rows', () => {
  expect(Array.from(joinCopiedBlobs(copied([1, 2, 3], [], [4])))).toEqual([1, 2, 3, 4]);
  expect(joinCopiedBlobs(copied())).toHaveLength(0);
});
