import { describe, expect, it } from 'vitest';
import { type Bandit, chooseArm, type Outcome } from '../../src/math/bandits/index.ts';
import { checkSampleRatio } from '../../src/math/experiments/index.ts';
import { type SeededDraws, seededDraws } from '../../src/math/random/seeded-draws.ts';

/** A member of the family, and a world in which it can be tried. */
export interface BanditFixture {
  readonly name: string;
  /** A new bandit, or one that goes on from a state. */
  make(options: { armCount: number; state?: unknown }): Bandit;
  /** A context of the size that the bandit has. */
  context(draws: SeededDraws): readonly number[];
  /** What an arm earns where it is the better, the larger its quality from 0 to 1. */
  reward(quality: number, draws: SeededDraws): number;
  /** A reward that it refuses. */
  readonly badReward: number;
}

const QUALITIES = [0.3, 0.7, 0.4];
const BEST = 1;

const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

function anyOutcomes(fixture: BanditFixture, { count, seed }: { count: number; seed: number }): Outcome[] {
  const draws = seededDraws(seed);
  return Array.from({ length: count }, () => {
    const arm = Math.floor(draws.uniform() * QUALITIES.length);
    return { arm, context: fixture.context(draws), reward: fixture.reward(QUALITIES[arm] as number, draws) };
  });
}

function taught(fixture: BanditFixture, outcomes: readonly Outcome[]): Bandit {
  const bandit = fixture.make({ armCount: QUALITIES.length });
  for (const outcome of outcomes) bandit.learn(outcome);
  return bandit;
}

function expectAlike(actual: Float64Array, expected: Float64Array): void {
  for (const [arm, share] of expected.entries()) expect(actual[arm]).toBeCloseTo(share, 8);
}

/** What every bandit must keep; each member of the family runs it. */
export function describeBandit(fixture: BanditFixture): void {
  const contexts = Array.from({ length: 5 }, (_, seed) => fixture.context(seededDraws(seed)));

  describe(`${fixture.name} as a bandit`, () => {
    it('prefers no arm before it knows anything', () => {
      for (const share of fixture.make({ armCount: 4 }).probabilities(contexts[0] ?? []))
        expect(share).toBeCloseTo(1 / 4, 9);
    });

    it('has probabilities that are not negative and sum to one, the same whenever asked', () => {
      for (const seed of [1, 2, 3]) {
        const bandit = taught(fixture, anyOutcomes(fixture, { count: 40, seed }));
        for (const context of contexts) {
          const shares = bandit.probabilities(context);
          expect(shares).toHaveLength(QUALITIES.length);
          expect(shares.every((share) => share >= 0)).toBe(true);
          expect(sum(shares)).toBeCloseTo(1, 9);
          expect(bandit.probabilities(context)).toEqual(shares);
        }
      }
    });

    it('does not let a caller change what it knows', () => {
      const bandit = taught(fixture, anyOutcomes(fixture, { count: 40, seed: 1 }));
      const before = bandit.probabilities(contexts[0] ?? []).slice();
      bandit.probabilities(contexts[0] ?? []).fill(0);
      expect(bandit.probabilities(contexts[0] ?? [])).toEqual(before);
    });

    it('learns the same in whatever order outcomes come', () => {
      const outcomes = anyOutcomes(fixture, { count: 60, seed: 4 });
      const [forward, backward] = [taught(fixture, outcomes), taught(fixture, outcomes.toReversed())];
      for (const context of contexts) expectAlike(backward.probabilities(context), forward.probabilities(context));
    });

    it('treats arms alike wherever they stand', () => {
      const outcomes = anyOutcomes(fixture, { count: 60, seed: 5 });
      const mirrored = outcomes.map((outcome) => ({ ...outcome, arm: QUALITIES.length - 1 - outcome.arm }));
      const [bandit, mirror] = [taught(fixture, outcomes), taught(fixture, mirrored)];
      for (const context of contexts)
        expectAlike(mirror.probabilities(context).reverse(), bandit.probabilities(context));
    });

    it('goes on from its state, kept as JSON, as if nothing had been', () => {
      const outcomes = anyOutcomes(fixture, { count: 60, seed: 6 });
      const half = taught(fixture, outcomes.slice(0, 30));
      const state: unknown = JSON.parse(JSON.stringify(half.state()));
      const resumed = fixture.make({ armCount: QUALITIES.length, state });
      for (const outcome of outcomes.slice(30)) {
        half.learn(outcome);
        resumed.learn(outcome);
      }
      expect(resumed.state()).toEqual(half.state());
      for (const context of contexts) expect(resumed.probabilities(context)).toEqual(half.probabilities(context));
      expect(() => fixture.make({ armCount: 7, state })).toThrow(RangeError);
    });

    it('keeps floors, and draws as often as the propensities that it logs', () => {
      const bandit = taught(fixture, anyOutcomes(fixture, { count: 200, seed: 7 }));
      const draws = seededDraws(8);
      const counts = QUALITIES.map(() => 0);
      const context = contexts[0] ?? [];
      let shares: Float64Array = new Float64Array();
      for (let round = 0; round < 4_000; round++) {
        const choice = chooseArm(bandit, { context, floors: { arms: [0.1, 0.1, 0.1] }, draws });
        expect(choice.propensity).toBe(choice.probabilities[choice.arm]);
        counts[choice.arm] = (counts[choice.arm] ?? 0) + 1;
        shares = choice.probabilities;
      }
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0.1 - 1e-12);
      expect(checkSampleRatio(counts, [...shares]).p).toBeGreaterThan(0.01);
    });

    it('makes the same choices under the same seed', () => {
      const bandit = taught(fixture, anyOutcomes(fixture, { count: 20, seed: 9 }));
      const context = contexts[0] ?? [];
      const choices = (seed: number) => {
        const draws = seededDraws(seed);
        return Array.from(
          { length: 30 },
          () => chooseArm(bandit, { context, floors: { arms: [0.2, 0.2, 0.2] }, draws }).arm,
        );
      };
      expect(choices(1)).toEqual(choices(1));
      expect(choices(1)).not.toEqual(choices(2));
    });

    it('finds the arm that earns most', () => {
      const draws = seededDraws(10);
      const bandit = fixture.make({ armCount: QUALITIES.length });
      const late = { best: 0, all: 0 };
      for (let round = 0; round < 1_500; round++) {
        const context = fixture.context(draws);
        const { arm } = chooseArm(bandit, { context, draws });
        bandit.learn({ arm, context, reward: fixture.reward(QUALITIES[arm] as number, draws) });
        if (round < 1_000) continue;
        late.all++;
        if (arm === BEST) late.best++;
      }
      expect(late.best / late.all).toBeGreaterThan(0.9);
    });

    it('refuses an arm that there is not, a context that does not fit, and a reward out of bounds', () => {
      const bandit = fixture.make({ armCount: 3 });
      const context = contexts[0] ?? [];
      const reward = fixture.reward(0.5, seededDraws(1));
      expect(() => bandit.learn({ arm: 3, reward, context })).toThrow('from 0 to 2');
      expect(() => bandit.learn({ arm: 0, reward: fixture.badReward, context })).toThrow('a reward must be');
      expect(() => bandit.learn({ arm: 0, reward, context: [...context, 1] })).toThrow('a context must have');
      expect(() => bandit.probabilities([...context, 1])).toThrow('a context must have');
      expect(() => fixture.make({ armCount: 0 })).toThrow('the number of arms');
    });
  });
}
