import { afterAll, describe, expect, it } from 'vitest';
import { type PlanProblem, PlanSolver, PlanTimeoutError } from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { aChannel, aPlan, aUser, found } from './small-plans.ts';

const solver = new PlanSolver();
afterAll(() => solver.close());

const solve = async (problem: PlanProblem) => found(await solver.solve(problem, { gap: 0 }));

describe('the solver', () => {
  it('solves again with other limits to what a solver that starts anew finds', async () => {
    const draws = seededDraws(3);
    const offers = Array.from(
      { length: 120 },
      (_, o) => [o % 30, Math.floor(o / 30) % 2, Math.floor(o / 60), 10 + Math.floor(90 * draws.uniform())] as const,
    );
    const channels = [
      aChannel('EMAIL', { costMinor: 2n, capacity: 25 }),
      aChannel('SMS', { costMinor: 5n, capacity: 20 }),
    ];
    const problem = aPlan(offers, { channels, budgetMinor: 100n });
    await solve(problem);
    for (const [budgetMinor, capacity] of [
      [80n, 25],
      [140n, 25],
      [140n, 3],
      [null, null],
    ] as const) {
      const again = found(
        await solver.solveAgain({ budgetMinor, capacities: new Map([['EMAIL', capacity]]) }, { gap: 0 }),
      );
      await using fresh = new PlanSolver();
      const changed = [aChannel('EMAIL', { costMinor: 2n, capacity }), ...channels.slice(1)];
      const anew = found(await fresh.solve({ ...problem, budgetMinor, channels: changed }, { gap: 0 }));
      expect(again.objective).toBeCloseTo(anew.objective, 6);
      expect(again.budget.limitMinor).toBe(budgetMinor);
    }
  });

  it('starts cold when its thread is gone', async () => {
    await using brief = new PlanSolver({ idleMs: 1 });
    const problem = aPlan(
      [
        [0, 0, 0, 3],
        [1, 0, 0, 5],
      ],
      { budgetMinor: 1n },
    );
    expect(found(await brief.solve(problem)).objective).toBe(5);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(found(await brief.solveAgain({ budgetMinor: 2n })).objective).toBe(8);
  });

  it('stops when it is told to, and goes on with the next plan', async () => {
    const controller = new AbortController();
    const offers = Array.from(
      { length: 20_000 },
      (_, o) => [o % 2_000, Math.floor(o / 2_000), 0, (o * 7919) % 997] as const,
    );
    const running = solver.solve(aPlan(offers, { budgetMinor: 3_000n }), { signal: controller.signal });
    controller.abort();
    await expect(running).rejects.toMatchObject({ name: 'AbortError' });
    expect((await solve(aPlan([[0, 0, 0, 3]]))).objective).toBe(3);
  });

  it('falls back on the dual method when time runs out, and says how far from the best that may be', async () => {
    const draws = seededDraws(5);
    const offers = Array.from(
      { length: 12_000 },
      (_, o) => [o % 2_000, Math.floor(o / 2_000), 0, 1 + 99 * draws.uniform()] as const,
    );
    const users = Array.from({ length: 2_000 }, (_, user) => aUser(`user-${user}`, { cap: 2 }));
    const answer = found(await solver.solve(aPlan(offers, { users, budgetMinor: 1_500n }), { timeLimitMs: 1 }));
    expect(answer).toMatchObject({ method: 'DUAL', isIntegral: null });
    expect(answer.sends).toHaveLength(1_500);
    expect(answer.bound).toBeGreaterThanOrEqual(answer.objective);
    expect(answer.gap).toBeLessThan(0.01);
  });

  it('says when time ran out before there was a plan', async () => {
    const contents = [{ id: 'course', partner: null, floor: 1_999 }];
    const offers = Array.from({ length: 2_000 }, (_, user) => [user, 0, 0, 1 + (user % 7)] as const);
    const running = solver.solve(aPlan(offers, { contents, budgetMinor: 10n }), { timeLimitMs: 1 });
    await expect(running).rejects.toThrow(PlanTimeoutError);
  });

  it('has nothing to go on from before the first plan', async () => {
    await using fresh = new PlanSolver();
    await expect(fresh.solveAgain({ budgetMinor: 1n })).rejects.toThrow('no plan to go on from');
  });

  it.each([
    ['a channel twice', aPlan([[0, 0, 0, 1]], { channels: [aChannel('A'), aChannel('A')] }), 'channel A stands twice'],
    [
      'an offer twice',
      aPlan([
        [0, 0, 0, 1],
        [0, 0, 0, 2],
      ]),
      'the offer of user-0, content-0, channel-0 stands there twice',
    ],
    ['an unknown place', aPlan([[0, 0, 0, 1]], { users: [] }), 'the user of an offer 0 at position 0'],
    [
      'a fractional floor',
      aPlan([[0, 0, 0, 1]], { contents: [{ id: 'c', partner: null, floor: 0.5 }] }),
      'the floor of content c',
    ],
    [
      'an unknown partner',
      aPlan([[0, 0, 0, 1]], { contents: [{ id: 'c', partner: 'x', floor: 0 }] }),
      'is of partner x',
    ],
    [
      'a cap for no channel',
      aPlan([[0, 0, 0, 1]], { users: [aUser('u', { channelCaps: new Map([['FAX', 1]]) })] }),
      'a cap for channel FAX',
    ],
    ['a value that is none', aPlan([[0, 0, 0, Number.NaN]]), 'the response of an offer at position 0 must be finite'],
    ['a negative budget', aPlan([[0, 0, 0, 1]], { budgetMinor: -1n }), 'the budget must be from 0'],
  ])('refuses %s', (_what, problem, reason) => {
    expect(() => solver.solve(problem)).toThrow(reason);
  });
});
