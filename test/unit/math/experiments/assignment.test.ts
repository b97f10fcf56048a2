import { describe, expect, it } from 'vitest';
import { type AssignmentPlan, assigner, checkSampleRatio } from '../../../../src/math/experiments/index.ts';

const UNITS = Array.from({ length: 20_000 }, (_, unit) => `learner-${unit}`);
const PLAN: AssignmentPlan = {
  salt: 'spring-2026',
  arms: [
    { name: 'control', weight: 2 },
    { name: 'short', weight: 1 },
    { name: 'long', weight: 1 },
  ],
};

/** Worked out apart, with SHA-256 and logarithms of Python. */
const KEPT = ['long', 'control', 'short', 'control', 'control', 'control'];

function armsOf(plan: AssignmentPlan): (string | null)[] {
  const assign = assigner(plan);
  return UNITS.map((unit) => {
    const assignment = assign(unit);
    return assignment.kind === 'ARM' ? assignment.arm : null;
  });
}

function counted(arms: readonly (string | null)[], names: readonly string[]): number[] {
  return names.map((name) => arms.filter((arm) => arm === name).length);
}

describe('assigner', () => {
  it('gives units to arms by their weights', () => {
    const counts = counted(armsOf(PLAN), ['control', 'short', 'long']);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(UNITS.length);
    expect(checkSampleRatio(counts, [2, 1, 1]).p).toBeGreaterThan(0.05);
  });

  it('says the same whenever asked, in whatever order the arms are', () => {
    expect(armsOf({ ...PLAN, arms: PLAN.arms.toReversed() })).toEqual(armsOf(PLAN));
  });

  it('splits the people of each arm of one experiment evenly in another', () => {
    const [here, there] = [armsOf(PLAN), armsOf({ ...PLAN, salt: 'summer-2026' })];
    for (const name of ['control', 'short', 'long']) {
      const own = there.filter((_, unit) => here[unit] === name);
      expect(checkSampleRatio(counted(own, ['control', 'short', 'long']), [2, 1, 1]).p).toBeGreaterThan(0.01);
    }
  });

  it('moves units to an added arm alone, and as many as its weight asks for', () => {
    const before = armsOf(PLAN);
    const after = armsOf({ ...PLAN, arms: [...PLAN.arms, { name: 'video', weight: 1 }] });
    const moved = after.filter((arm, unit) => arm !== before[unit]);
    expect(new Set(moved)).toEqual(new Set(['video']));
    expect(checkSampleRatio([moved.length, UNITS.length - moved.length], [1, 4]).p).toBeGreaterThan(0.05);
  });

  it('leaves everybody else where they were when an arm is closed', () => {
    const before = armsOf(PLAN);
    const closed = PLAN.arms.map((arm) => (arm.name === 'short' ? { ...arm, weight: 0 } : arm));
    const after = armsOf({ ...PLAN, arms: closed });
    expect(after).not.toContain('short');
    expect(after.filter((arm, unit) => before[unit] !== 'short' && arm !== before[unit])).toEqual([]);
  });

  it('holds out the share asked for, the same people in every experiment, and more of them as it grows', () => {
    const holding = (share: number, salt = PLAN.salt) => armsOf({ ...PLAN, salt, holdout: { salt: 'all', share } });
    const tenth = holding(0.1);
    const heldOut = tenth.filter((arm) => arm === null).length;
    expect(checkSampleRatio([heldOut, UNITS.length - heldOut], [1, 9]).p).toBeGreaterThan(0.05);
    const other = holding(0.1, 'summer-2026');
    const larger = holding(0.3);
    tenth.forEach((arm, unit) => {
      expect(other[unit] === null).toBe(arm === null);
      if (arm === null) expect(larger[unit]).toBeNull();
      else expect([arm, null]).toContain(larger[unit]);
    });
    expect(holding(1).every((arm) => arm === null)).toBe(true);
    expect(holding(0)).toEqual(armsOf(PLAN));
  });

  it('keeps to what it said before: a changed hash would change running experiments', () => {
    const assign = assigner(PLAN);
    const said = ['a', 'b', 'c', 'd', 'e', 'f'].map((unit) => assign(unit));
    expect(said.map((assignment) => (assignment.kind === 'ARM' ? assignment.arm : null))).toEqual(KEPT);
  });

  it('refuses plans that cannot be kept', () => {
    expect(() => assigner({ ...PLAN, salt: '' })).toThrow('must have a salt');
    expect(() => assigner({ ...PLAN, arms: [...PLAN.arms, ...PLAN.arms] })).toThrow('a name of its own');
    expect(() => assigner({ ...PLAN, arms: [{ name: 'a', weight: -1 }] })).toThrow('must not be -1');
    expect(() => assigner({ ...PLAN, arms: [{ name: 'a', weight: 0 }] })).toThrow('a weight above 0');
    expect(() => assigner({ ...PLAN, holdout: { salt: 'all', share: 1.5 } })).toThrow('from 0 to 1, not 1.5');
    expect(() => assigner({ ...PLAN, holdout: { salt: '', share: 0.5 } })).toThrow('a holdout must have a salt');
    expect(() => assigner(PLAN)('')).toThrow('a unit must have an id');
  });
});
