import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SequenceTable } from '../../../../src/math/attribution/sequence-table.ts';

const anySequence = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 5 });

describe('SequenceTable', () => {
  it('numbers distinct sequences in the order in which they come, as a map of texts would', () => {
    fc.assert(
      fc.property(fc.array(anySequence, { maxLength: 60 }), (sequences) => {
        const table = new SequenceTable();
        const expected = new Map<string, number>();
        for (const sequence of sequences) {
          const text = sequence.join(' ');
          if (!expected.has(text)) expected.set(text, expected.size);
          expect(table.numberOf(sequence)).toBe(expected.get(text));
        }
        const { offsets, steps } = table.sequences();
        const kept = Array.from({ length: table.count }, (_, at) =>
          steps.slice(offsets[at], offsets[at + 1]).join(' '),
        );
        expect(kept).toEqual([...expected.keys()]);
      }),
    );
  });

  it('keeps all apart while it grows', () => {
    const table = new SequenceTable();
    const sequences = Array.from({ length: 20_000 }, (_, at) => [at % 7, Math.floor(at / 7), 1, 2, 3]);
    expect(sequences.map((sequence) => table.numberOf(sequence))).toEqual(sequences.map((_, at) => at));
    expect(sequences.map((sequence) => table.numberOf(sequence))).toEqual(sequences.map((_, at) => at));
  });

  it('tells sequences of the same hash apart: among so many, some share all of its 32 bits', () => {
    const table = new SequenceTable();
    const count = 500_000;
    for (let at = 0; at < count; at++) table.numberOf([Math.imul(at, 0x9e3779b1) >>> 1, at]);
    expect(table.count).toBe(count);
  });

  it('takes a part of a longer sequence', () => {
    const table = new SequenceTable();
    expect(table.numberOf([1, 2, 3, 1, 2], 0, 2)).toBe(0);
    expect(table.numberOf([1, 2, 3, 1, 2], 1, 3)).toBe(1);
    expect(table.numberOf([1, 2, 3, 1, 2], 3, 5)).toBe(0);
  });
});
