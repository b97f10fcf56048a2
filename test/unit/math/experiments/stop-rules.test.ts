import { describe, expect, it } from 'vitest';
import { decideStop, type StopPlan } from '../../../../src/math/experiments/index.ts';

type Evidence = Parameters<typeof decideStop>[0];

const EVIDENCE: Evidence = {
  sampleRatio: 'OK',
  armUnits: [5_000, 5_000],
  totalUnits: 10_000,
  goal: 'INCREASE',
  effect: 0.04,
  pFixed: 0.01,
  pSequential: 0.2,
  liftSequential: [-0.02, 0.1],
  harmedGuardrails: [],
};
const PLAN: StopPlan = { alpha: 0.05, horizonUnits: 20_000, leastLift: 0.05, leastUnits: 100 };

const verdictOf = (evidence: Partial<Evidence>, plan: Partial<StopPlan> = {}) =>
  decideStop({ ...EVIDENCE, ...evidence }, { ...PLAN, ...plan }).verdict;

describe('decideStop', () => {
  it('does not let the fixed reading decide before the horizon', () => {
    expect(decideStop(EVIDENCE, PLAN)).toEqual({
      verdict: 'WAIT',
      reason: '10000 of 20000 units; the fixed reading does not count yet.',
    });
    expect(verdictOf({}, { horizonUnits: null })).toBe('WAIT');
  });

  it('lets the fixed reading decide at the horizon', () => {
    expect(verdictOf({ totalUnits: 20_000 })).toBe('ADOPT');
    expect(verdictOf({ totalUnits: 20_000, effect: -0.04 })).toBe('REJECT');
    expect(verdictOf({ totalUnits: 20_000, pFixed: 0.06 })).toBe('STOP_OPEN');
    expect(verdictOf({ totalUnits: 20_000, pFixed: null, pSequential: null, effect: null })).toBe('STOP_OPEN');
  });

  it('lets the sequential reading decide at any time', () => {
    expect(verdictOf({ pSequential: 0.04 })).toBe('ADOPT');
    expect(verdictOf({ pSequential: 0.04, effect: -0.04 })).toBe('REJECT');
    expect(verdictOf({ pSequential: 0.04, effect: -0.04, goal: 'DECREASE' })).toBe('ADOPT');
  });

  it('ends what cannot be worth it', () => {
    expect(verdictOf({ liftSequential: [-0.01, 0.049] })).toBe('STOP_FUTILE');
    expect(verdictOf({ liftSequential: [-0.01, 0.049] }, { leastLift: null })).toBe('WAIT');
    expect(verdictOf({ liftSequential: null })).toBe('WAIT');
    expect(verdictOf({ liftSequential: [-0.049, 0.01], goal: 'DECREASE' })).toBe('STOP_FUTILE');
  });

  it('puts a broken split before all, then too few units, then harm, then gain', () => {
    const gain = { pSequential: 0.001, harmedGuardrails: ['refunds'] };
    expect(verdictOf({ ...gain, sampleRatio: 'ALARM', armUnits: [5_000, 3] })).toBe('BROKEN');
    expect(verdictOf({ ...gain, armUnits: [5_000, 99] })).toBe('WAIT');
    expect(decideStop({ ...EVIDENCE, ...gain }, PLAN)).toEqual({
      verdict: 'STOP_HARM',
      reason: 'Harmed beyond doubt: refunds.',
    });
    expect(verdictOf({ ...gain, sampleRatio: 'SHOWN', harmedGuardrails: [] })).toBe('ADOPT');
  });

  it('refuses a plan out of bounds', () => {
    expect(() => verdictOf({}, { alpha: 1 })).toThrow('alpha');
    expect(() => verdictOf({}, { horizonUnits: 0 })).toThrow('the horizon');
    expect(() => verdictOf({}, { leastLift: -0.1 })).toThrow('above 0, not -0.1');
    expect(() => verdictOf({}, { leastUnits: 1 })).toThrow('the least units');
  });
});
