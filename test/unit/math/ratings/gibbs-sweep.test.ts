import { describe, expect, it } from 'vitest';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { openState } from '../../../../src/math/ratings/gibbs-state.ts';
import { gibbsSweep, setWeights } from '../../../../src/math/ratings/gibbs-sweep.ts';
import { tabulateRatings } from '../../../../src/math/ratings/rating-table.ts';

const pairs = Array.from({ length: 120 }, (_, p) => ({ user: p % 12, item: (p * 7 + Math.floor(p / 12)) % 11 }));
const table = tabulateRatings({
  userCount: 13,
  itemCount: 11,
  users: pairs.map(({ user }) => user),
  items: pairs.map(({ item }) => item),
  values: pairs.map(({ user, item }) => ((user * item) % 5) + 1),
});

describe('gibbsSweep', () => {
  const draws = seededDraws(5);
  const state = openState(table, 3, draws);
  const sweep = gibbsSweep(table, draws);
  for (let s = 0; s < 25; s++) sweep(state);

  it('keeps each residual at what the factors leave of the rating', () => {
    for (let user = 0; user < table.userCount; user++) {
      const to = table.byUser.offsets[user + 1] ?? 0;
      for (let r = table.byUser.offsets[user] ?? 0; r < to; r++) {
        const item = table.byUser.others[r] ?? 0;
        const said = state.factors.reduce(
          (sum, { users, items }) => sum + (users.total[user] ?? 0) * (items.total[item] ?? 0),
          table.mean,
        );
        expect(state.residuals[r]).toBeCloseTo((table.byUser.values[r] ?? 0) - said, 9);
      }
    }
  });

  it('keeps each total at what is learnt of one by itself and what its others imply', () => {
    const weights = setWeights(table.byUser);
    for (const { users } of state.factors.filter((factor) => !factor.users.fixed)) {
      for (let user = 0; user < table.userCount; user++) {
        const rated = table.byUser.others.subarray(table.byUser.offsets[user], table.byUser.offsets[user + 1]);
        const implied = rated.reduce((sum, item) => sum + (weights[user] ?? 0) * (users.implied[item] ?? 0), 0);
        expect(users.total[user]).toBeCloseTo((users.own[user] ?? 0) + implied, 9);
      }
    }
  });

  it('never draws the side that is one for everybody', () => {
    expect(state.factors[0]?.items.total.every((x) => x === 1)).toBe(true);
    expect(state.factors[1]?.users.total.every((x) => x === 1)).toBe(true);
  });

  it('finds how much the ratings scatter around what can be known', () => {
    const chance = seededDraws(3);
    const noisy = tabulateRatings({
      userCount: 40,
      itemCount: 40,
      users: Array.from({ length: 1600 }, (_, p) => Math.floor(p / 40)),
      items: Array.from({ length: 1600 }, (_, p) => p % 40),
      values: Array.from({ length: 1600 }, (_, p) => (p % 40) / 10 + Math.floor(p / 40) / 20 + 0.5 * chance.normal()),
    });
    const own = openState(noisy, 1, chance);
    const step = gibbsSweep(noisy, chance);
    const found: number[] = [];
    for (let s = 0; s < 60; s++) {
      step(own);
      if (s >= 30) found.push(1 / Math.sqrt(own.noisePrecision));
    }
    expect(found.reduce((a, b) => a + b, 0) / found.length).toBeCloseTo(0.5, 1);
  });
});
