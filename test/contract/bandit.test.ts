import { describe, expect, it } from 'vitest';
import {
  type BetaState,
  betaThompson,
  type LinUcbState,
  linUcb,
  type NormalState,
  normalThompson,
} from '../../src/math/bandits/index.ts';
import { describeBandit } from './bandit.contract.ts';

describeBandit({
  name: 'beta-thompson',
  make: ({ armCount, state }) => betaThompson({ armCount, ...(state ? { state: state as BetaState } : {}) }),
  context: () => [],
  reward: (quality, draws) => (draws.uniform() < quality ? 1 : 0),
  badReward: 1.1,
});

describeBandit({
  name: 'normal-thompson',
  make: ({ armCount, state }) =>
    normalThompson({
      armCount,
      prior: { mean: 0, deviation: 10 },
      noiseDeviation: 2,
      ...(state ? { state: state as NormalState } : {}),
    }),
  context: () => [],
  reward: (quality, draws) => 10 * quality + draws.normal(),
  badReward: Number.POSITIVE_INFINITY,
});

describeBandit({
  name: 'lin-ucb',
  make: ({ armCount, state }) =>
    linUcb({ armCount, contextSize: 3, ...(state ? { state: state as LinUcbState } : {}) }),
  context: (draws) => [1, draws.uniform(), draws.uniform()],
  reward: (quality, draws) => (draws.uniform() < quality ? 1 : 0),
  badReward: Number.NaN,
});

describe('beta-thompson', () => {
  it('believes what the prior and the outcomes add up to', () => {
    const bandit = betaThompson({ armCount: 2, prior: { alpha: 3, beta: 2 } });
    bandit.learn({ arm: 1, reward: 1, context: [] });
    bandit.learn({ arm: 1, reward: 0, context: [] });
    bandit.learn({ arm: 0, reward: 0.25, context: [] });
    expect(bandit.state()).toEqual({ alphas: [3.25, 4], betas: [2.75, 3] });
  });

  it('chooses the better one of two arms as often as it is the better one', () => {
    // Beta(3, 5) against Beta(4, 2): 29/33.
    const bandit = betaThompson({ armCount: 2, state: { alphas: [3, 4], betas: [5, 2] } });
    expect(bandit.probabilities([])[1]).toBeCloseTo(29 / 33, 11);
  });

  it('refuses a prior out of bounds', () => {
    expect(() => betaThompson({ armCount: 2, prior: { alpha: 0, beta: 1 } })).toThrow('from .01 to 1e9');
  });
});

describe('normal-thompson', () => {
  it('averages prior and rewards by precision, the noise pooled over arms', () => {
    const bandit = normalThompson({ armCount: 2, prior: { mean: 0, deviation: 1 }, noiseDeviation: 1 });
    // Squared distances 2 of arm 0, none of arm 1, and 1 of the guess, over 1 + 1 + 1: s^2 = 1.
    for (const reward of [1, 3]) bandit.learn({ arm: 0, reward, context: [] });
    for (const reward of [2, 2]) bandit.learn({ arm: 1, reward, context: [] });
    expect([...bandit.probabilities([])]).toEqual([expect.closeTo(1 / 2, 12), expect.closeTo(1 / 2, 12)]);
    bandit.learn({ arm: 1, reward: 2, context: [] });
    // s^2 = 3/4. Precisions 1 + 8/3 and 1 + 4, means (16/3) / (11/3) and 8 / 5: Phi((8/5 - 16/11) / sqrt(3/11 + 1/5)).
    expect(bandit.probabilities([])[1]).toBeCloseTo(0.583772638329, 11);
  });

  it('refuses a prior or a noise without width', () => {
    const make = (deviation: number, noiseDeviation: number) => () =>
      normalThompson({ armCount: 2, prior: { mean: 0, deviation }, noiseDeviation });
    expect(make(0, 1)).toThrow('above 0, not 0');
    expect(make(1, Number.NaN)).toThrow('above 0, not NaN');
  });
});

describe('lin-ucb', () => {
  it('adds to what an arm earned how little is known of it', () => {
    // Arm 0 at x = 1: A = 1 + 3, b = 2.4: .6 + 1/2 = 1.1. Arm 1 knows nothing: 0 + 1.
    const make = (optimism: number) => {
      const bandit = linUcb({ armCount: 2, contextSize: 1, optimism });
      for (const reward of [1, 0.4, 1]) bandit.learn({ arm: 0, reward, context: [1] });
      return bandit;
    };
    expect([...make(1).probabilities([1])]).toEqual([1, 0]);
    // .6 + .65 against 1.3.
    expect([...make(1.3).probabilities([1])]).toEqual([0, 1]);
    expect(make(1).state()).toEqual({ squares: [[3], [0]], products: [[2.4], [0]] });
  });

  it('tells contexts apart', () => {
    const bandit = linUcb({ armCount: 2, contextSize: 2, optimism: 0 });
    for (let round = 0; round < 5; round++) {
      bandit.learn({ arm: 0, reward: 1, context: [1, 0] });
      bandit.learn({ arm: 1, reward: 1, context: [0, 1] });
    }
    expect([...bandit.probabilities([1, 0])]).toEqual([1, 0]);
    expect([...bandit.probabilities([0, 1])]).toEqual([0, 1]);
    expect([...bandit.probabilities([1, 1])]).toEqual([1 / 2, 1 / 2]);
  });

  it('refuses options out of bounds', () => {
    expect(() => linUcb({ armCount: 1, contextSize: 0 })).toThrow('the size of contexts');
    expect(() => linUcb({ armCount: 1, contextSize: 1, ridge: 0 })).toThrow('the ridge');
    expect(() => linUcb({ armCount: 1, contextSize: 1, optimism: -1 })).toThrow('the optimism');
  });
});
