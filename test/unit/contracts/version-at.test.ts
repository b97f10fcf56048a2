import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { versionAt } from '../../../src/contracts/index.ts';

const day = (n: number) => new Date(Date.UTC(2026, 0, 1 + n));
const version = (number: number, effective: number, recorded: number | null) => ({
  number,
  effectiveFrom: day(effective),
  recordedAt: recorded === null ? null : day(recorded),
});

describe('the version in force', () => {
  it('is the latest in effect at the sale and recorded by the time of knowing', () => {
    const versions = [version(1, 0, 0), version(2, 10, 5), version(3, 5, 20), version(4, 0, null)];
    const number = (soldAt: number, knownAt: number) =>
      versionAt(versions, { soldAt: day(soldAt), knownAt: day(knownAt) })?.number;
    expect(number(-1, 30)).toBeUndefined();
    expect(number(4, 30)).toBe(1);
    // Version 3 is back-dated: until day 20 nobody knew that it takes the place of 1 and 2.
    expect(number(7, 19)).toBe(1);
    expect(number(7, 20)).toBe(3);
    expect(number(12, 19)).toBe(2);
    expect(number(12, 20)).toBe(3);
  });

  it('never changes for a sale once what is known of it does not', () => {
    const anyVersions = fc.array(fc.tuple(fc.nat(40), fc.option(fc.nat(40))), { maxLength: 6 });
    fc.assert(
      fc.property(anyVersions, fc.nat(40), fc.nat(40), (rows, sold, known) => {
        const versions = rows.map(([effective, recorded], at) => version(at + 1, effective, recorded));
        const when = { soldAt: day(sold), knownAt: day(known) };
        const later = version(99, 0, known + 1);
        expect(versionAt([...versions, later], when)).toEqual(versionAt(versions, when));
      }),
    );
  });
});
