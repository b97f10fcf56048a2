import type { CsrMatrix } from '../../math/sparse/index.ts';

/** Two words of 32 bits for each row or column, one after the other. */
export type Digests = Uint32Array;

/**
 * A number of 64 bits for what each row holds, in its order: of two rows that differ it is the same with a chance of one
 * in 2^64. Mixing as in MurmurHash3 (Appleby, public domain), in two lanes with constants of their own.
 *
 * @param columnKeys what the columns are, however they are numbered; two words for each
 */
export function digestRows({ rowCount, offsets, columns, values }: CsrMatrix, columnKeys: Digests): Digests {
  const digests = new Uint32Array(2 * rowCount);
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  for (let row = 0; row < rowCount; row++) {
    let [one, other] = [0x9e3779b9, 0x85ebca6b];
    const end = offsets[row + 1] as number;
    for (let e = offsets[row] as number; e < end; e++) {
      const column = columns[e] as number;
      value[0] = values[e] as number;
      for (let at = 0; at < 4; at++) {
        const word = (at < 2 ? columnKeys[2 * column + at] : words[at - 2]) as number;
        one = mixOne(one, word);
        other = mixOther(other, word);
      }
    }
    digests[2 * row] = one;
    digests[2 * row + 1] = other;
  }
  return digests;
}

/** Keys of columns that are the same things by the same numbers. */
export function numberKeys(count: number): Digests {
  return Uint32Array.from({ length: 2 * count }, (_, at) => at);
}

/** Keys of columns by their names. */
export function nameKeys(names: readonly string[]): Digests {
  const keys = new Uint32Array(2 * names.length);
  names.forEach((name, column) => {
    let [one, other] = [0x9e3779b9, 0x85ebca6b];
    for (let at = 0; at < name.length; at++) {
      one = mixOne(one, name.charCodeAt(at));
      other = mixOther(other, name.charCodeAt(at));
    }
    keys[2 * column] = one;
    keys[2 * column + 1] = other;
  });
  return keys;
}

function mixOne(state: number, word: number): number {
  const mixed = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(state ^ mixed, 13), 5) + 0xe6546b64) | 0;
}

function mixOther(state: number, word: number): number {
  const mixed = Math.imul(rotate(Math.imul(word, 0x239b961b), 16), 0xab0e9789);
  return (Math.imul(rotate(state ^ mixed, 19), 5) + 0x561ccd1b) | 0;
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
