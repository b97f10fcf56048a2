import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentsOf, NO_UNITS, RowTally, UnitTally } from '../../../../src/math/experiments/index.ts';

describe('RowTally', () => {
  it('counts each row as a unit, by arm and metric', () => {
    const tally = new RowTally(2);
    tally.add({ arm: 1, values: [1, 5] });
    tally.add({ arm: 1, values: [0, 7] });
    expect(tally.tally(3)).toEqual({
      counts: [0, 2, 0],
      moments: [
        [NO_UNITS, momentsOf([1, 0]), NO_UNITS],
        [NO_UNITS, momentsOf([5, 7]), NO_UNITS],
      ],
      isBinary: [true, false],
      mixedUnits: 0,
    });
  });

  it('refuses rows that do not fit, and to leave out arms', () => {
    const tally = new RowTally(1);
    expect(() => tally.add({ arm: 0, values: [1, 2] })).toThrow('1 values');
    expect(() => tally.add({ arm: -1, values: [1] })).toThrow('an arm must be');
    expect(() => tally.add({ arm: 0, values: [Number.NaN] })).toThrow('must be finite');
    tally.add({ arm: 4, values: [1] });
    expect(() => tally.tally(4)).toThrow('from 5');
  });
});

describe('UnitTally', () => {
  it('sums the rows of a unit, and leaves out who was in several arms', () => {
    const tally = new UnitTally(1);
    tally.add({ unit: 'a', arm: 0, values: [1] });
    tally.add({ unit: 'b', arm: 1, values: [4] });
    tally.add({ unit: 'a', arm: 0, values: [2] });
    tally.add({ unit: 'c', arm: 0, values: [9] });
    tally.add({ unit: 'c', arm: 1, values: [9] });
    tally.add({ unit: 'c', arm: 0, values: [9] });
    expect(tally.tally(2)).toEqual({
      counts: [1, 1],
      moments: [[momentsOf([3]), momentsOf([4])]],
      isBinary: [false],
      mixedUnits: 1,
    });
  });

  it('is the tally of rows where each unit has one row', () => {
    const anyRows = fc.array(fc.record({ arm: fc.nat(3), value: fc.integer({ min: -5, max: 5 }) }), { maxLength: 30 });
    fc.assert(
      fc.property(anyRows, (rows) => {
        const [byRow, byUnit] = [new RowTally(1), new UnitTally(1)];
        for (const [unit, { arm, value }] of rows.entries()) {
          byRow.add({ arm, values: [value] });
          byUnit.add({ unit: String(unit), arm, values: [value] });
        }
        expect(byUnit.tally(4)).toEqual(byRow.tally(4));
      }),
    );
  });
});
