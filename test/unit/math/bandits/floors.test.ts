import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withFloors } from '../../../../src/math/bandits/index.ts';

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

function expectShares(actual: Float64Array, expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [arm, share] of expected.entries()) expect(actual[arm]).toBeCloseTo(share, 12);
}

describe('withFloors', () => {
  it('leaves what keeps the floors as it is', () => {
    expectShares(withFloors([0.5, 0.3, 0.2], {}), [0.5, 0.3, 0.2]);
    expectShares(withFloors([0.5, 0.3, 0.2], { arms: [0.1, 0.1, 0.1] }), [0.5, 0.3, 0.2]);
  });

  it('raises what is below and scales the rest down alike', () => {
    expectShares(withFloors([0.8, 0.2, 0], { arms: [0.1, 0.1, 0.1] }), [0.72, 0.18, 0.1]);
    // Scaling for the third takes the second below its floor: the first gives for both.
    expectShares(withFloors([0.8, 0.2, 0], { arms: [0, 0.19, 0.1] }), [0.71, 0.19, 0.1]);
  });

  it('keeps floors of partners, shared among their arms as wished', () => {
    // Partner 1 is wished .1 and promised .4; partner 0 goes down from .9 to .6.
    const partners = { ofArm: [0, 0, 1, 1], least: [0, 0.4] };
    expectShares(withFloors([0.6, 0.3, 0.075, 0.025], { partners }), [0.4, 0.2, 0.3, 0.1]);
    expectShares(withFloors([0.6, 0.3, 0.075, 0.025], { partners, arms: [0, 0, 0, 0.2] }), [0.4, 0.2, 0.2, 0.2]);
  });

  it('shares alike where nothing was wished', () => {
    const partners = { ofArm: [0, 1, 1], least: [0, 0.5] };
    expectShares(withFloors([1, 0, 0], { partners }), [0.5, 0.25, 0.25]);
    expectShares(withFloors([1, 0, 0], { partners, arms: [0, 0.1, 0] }), [0.5, 0.3, 0.2]);
  });

  it('does as floors say where they leave nothing over', () => {
    expectShares(withFloors([1, 0], { arms: [0.25, 0.75] }), [0.25, 0.75]);
  });

  it('sums to one, keeps every floor and the order of what was wished', () => {
    const anyArms = fc.array(fc.record({ wish: fc.nat(100), floor: fc.nat(100), partner: fc.nat(2) }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(anyArms, fc.array(fc.nat(30), { minLength: 3, maxLength: 3 }), (arms, promised) => {
        const total = sum(arms.map(({ wish }) => wish));
        fc.pre(total > 0);
        const wished = arms.map(({ wish }) => wish / total);
        const floors = arms.map(({ floor }) => floor / (100 * 2 * arms.length));
        const least = promised.map((share, partner) => (arms.some((arm) => arm.partner === partner) ? share / 200 : 0));
        const ofArm = arms.map(({ partner }) => partner);
        const shares = withFloors(wished, { arms: floors, partners: { ofArm, least } });
        expect(sum(shares)).toBeCloseTo(1, 9);
        for (const [arm, share] of shares.entries()) expect(share).toBeGreaterThanOrEqual((floors[arm] ?? 0) - 1e-12);
        for (const [partner, share] of least.entries()) {
          expect(sum(shares.filter((_, arm) => ofArm[arm] === partner))).toBeGreaterThanOrEqual(share - 1e-12);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('refuses what cannot be kept', () => {
    expect(() => withFloors([0.5, 0.6], {})).toThrow('sum to 1, not to 1.1');
    expect(() => withFloors([1.5, -0.5], {})).toThrow('must not be -0.5');
    expect(() => withFloors([0.5, 0.5], { arms: [0.6, 0.6] })).toThrow('the floors sum to 1.2');
    expect(() => withFloors([0.5, 0.5], { arms: [0.6] })).toThrow('a floor for each arm');
    const partners = { ofArm: [0, 2], least: [0.5, 0] };
    expect(() => withFloors([0.5, 0.5], { partners })).toThrow('arm 1 belongs to partner 2');
    expect(() => withFloors([0.5, 0.5], { partners: { ofArm: [0, 0], least: [0, 0.1] } })).toThrow('has no arm');
  });
});
