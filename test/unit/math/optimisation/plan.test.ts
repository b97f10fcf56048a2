import { afterAll, describe, expect, it } from 'vitest';
import {
  boundAtPrices,
  buildPlanModel,
  type PlanProblem,
  PlanSolver,
} from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { aChannel, aPlan, aUser, bestByTrial, found, NINE, randomPlan, refused, TEN } from './small-plans.ts';

const solver = new PlanSolver();
afterAll(() => solver.close());

const solve = async (problem: PlanProblem) => found(await solver.solve(problem, { gap: 0 }));

describe('a plan', () => {
  it('brings what the best of all plans brings, or none is found where there is none', async () => {
    let infeasible = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const problem = randomPlan(seed);
      const best = bestByTrial(problem);
      const answer = await solver.solve(problem, { gap: 0 });
      if (best === null) {
        expect(answer.status, `seed ${seed}`).toBe('INFEASIBLE');
        infeasible++;
      } else {
        const { objective, bound, status } = found(answer);
        expect(objective, `seed ${seed}`).toBeCloseTo(best, 6);
        expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(best - 1e-6);
        expect(status, `seed ${seed}`).toBe('OPTIMAL');
      }
    }
    expect(infeasible).toBeGreaterThan(5);
    expect(infeasible).toBeLessThan(75);
  });

  it('weighs an offer by how content fits user and channel, and names the send', async () => {
    const slots = [{ at: NINE, capacity: null, weight: 2 }];
    const { sends, objective } = await solve(
      aPlan([[0, 0, 0, 100]], { userContent: 0.5, contentChannel: 0.4, channels: [aChannel('EMAIL', { slots })] }),
    );
    expect(objective).toBeCloseTo(40, 9);
    expect(sends).toEqual([
      { user: 'user-0', content: 'content-0', channel: 'EMAIL', at: NINE, people: 1, value: 40, costMinor: 1n },
    ]);
  });

  it('sends at the best moment that is allowed, the earliest of equals', async () => {
    const slots = [
      { at: TEN, capacity: null, weight: 1 },
      { at: NINE, capacity: null, weight: 1 },
      { at: '2026-11-23T23:00:00Z', capacity: null, weight: 3 },
    ];
    const users = [aUser('anna', { allowedSlots: new Map([['EMAIL', new Set([NINE, TEN])]]) }), aUser('ben')];
    const channels = [aChannel('EMAIL', { slots })];
    const { sends } = await solve(
      aPlan(
        [
          [0, 0, 0, 5],
          [1, 0, 0, 5],
        ],
        { users, channels },
      ),
    );
    expect(sends.map(({ user, at }) => [user, at])).toEqual([
      ['anna', NINE],
      ['ben', '2026-11-23T23:00:00Z'],
    ]);
  });

  it('counts what consent and quiet hours leave out', async () => {
    const slots = [{ at: NINE, capacity: null, weight: 1 }];
    const users = [
      aUser('anna', { consents: new Set() }),
      aUser('ben', { allowedSlots: new Map([['EMAIL', new Set()]]) }),
      aUser('carl'),
    ];
    const offers = [0, 1, 2].map((user) => [user, 0, 0, 10] as const);
    const { sends, leftOut } = await solve(aPlan(offers, { users, channels: [aChannel('EMAIL', { slots })] }));
    expect(sends.map(({ user }) => user)).toEqual(['carl']);
    expect(leftOut).toEqual({ consent: 1, quietHours: 1 });
  });

  it('says which limits bind, with the price that a change of the limit bears out', async () => {
    const offers = [9, 7, 4, 2].map((value, user) => [user, 0, 0, value] as const);
    const channels = [aChannel('EMAIL', { capacity: 2 })];
    const before = await solve(aPlan(offers, { channels }));
    const after = await solve(aPlan(offers, { channels: [aChannel('EMAIL', { capacity: 3 })] }));
    expect(before.binding).toEqual([
      { kind: 'CHANNEL_CAPACITY', subject: 'EMAIL', limit: 2, used: 2, price: expect.any(Number) },
    ]);
    // Any price between the worst one chosen and the best one left is right.
    expect(before.binding[0]?.price).toBeGreaterThanOrEqual(after.objective - before.objective);
    expect(before.binding[0]?.price).toBeLessThanOrEqual(7);
  });

  it('gives a floor a negative price: what its last send costs', async () => {
    const offers = [
      [0, 0, 0, 10],
      [0, 1, 0, 4],
      [1, 0, 0, 10],
      [1, 1, 0, 3],
    ] as const;
    const contents = [
      { id: 'good', partner: null, floor: 0 },
      { id: 'dull', partner: null, floor: 1 },
    ];
    const users = [aUser('anna', { cap: 1 }), aUser('ben', { cap: 1 })];
    const { objective, binding } = await solve(aPlan(offers, { contents, users }));
    expect(objective).toBe(14);
    const floor = binding.find(({ kind }) => kind === 'CONTENT_FLOOR');
    expect(floor).toMatchObject({ subject: 'dull', limit: 1, used: 1 });
    expect(floor?.price).toBeGreaterThanOrEqual(-7);
    expect(floor?.price).toBeLessThanOrEqual(-6);
  });

  it('says why budget is left', async () => {
    const channels = [aChannel('EMAIL', { costMinor: 3n, capacity: 1 }), aChannel('SMS', { costMinor: 7n })];
    const users = [aUser('anna', { cap: 1 }), aUser('ben', { cap: 1 })];
    const offers = [
      [0, 0, 0, 10],
      [1, 0, 0, 9],
      [1, 0, 1, 2],
    ] as const;
    const { budget } = await solve(aPlan(offers, { channels, users, budgetMinor: 9n }));
    expect(budget).toMatchObject({ limitMinor: 9n, spentMinor: 3n, unspentMinor: 6n });
    expect(budget.stopped).toMatchObject({ CHANNEL_CAPACITY: 1, TOO_DEAR: 1, WITHIN_GAP: 0 });
    expect(budget.reason).toBe(
      'Offers that would bring something are stopped: 1 by capacities of channels, 1 since one send costs more than what is left.',
    );
    const all = await solve(aPlan(offers.slice(0, 1), { channels, users, budgetMinor: 9n }));
    expect(all.budget.reason).toBe('Every offer that brings something is in the plan.');
  });

  it('branches where the optimum of the relaxation is a fraction, and says so', async () => {
    // A knapsack: of 10, the dear offer of 6 and two of 5; the relaxation takes the dear one and most of another.
    const channels = [aChannel('SMS', { costMinor: 6n }), aChannel('EMAIL', { costMinor: 5n })];
    const offers = [
      [0, 0, 0, 66],
      [1, 0, 1, 50],
      [2, 0, 1, 50],
    ] as const;
    const answer = await solve(aPlan(offers, { channels, budgetMinor: 10n }));
    expect(answer).toMatchObject({ objective: 100, isIntegral: false, method: 'BRANCHED', status: 'OPTIMAL' });
    expect(answer.bound).toBeCloseTo(100, 6);
  });

  it('is content with rounding where the gap allows it', async () => {
    const channels = [aChannel('SMS', { costMinor: 2n })];
    const offers = Array.from({ length: 200 }, (_, user) => [user, 0, 0, 100 + user / 1_000] as const);
    const answer = found(await solver.solve(aPlan(offers, { channels, budgetMinor: 301n }), { gap: 0.01 }));
    expect(answer).toMatchObject({ method: 'ROUNDED', status: 'OPTIMAL', isIntegral: false });
    expect(answer.sends).toHaveLength(150);
    expect(answer.gap).toBeGreaterThan(0);
    expect(answer.gap).toBeLessThan(0.01);
  });

  it('has nobody to send to where there are no offers', async () => {
    expect(await solve(aPlan([]))).toMatchObject({ sends: [], objective: 0, bound: 0, gap: 0, status: 'OPTIMAL' });
    const contents = [{ id: 'course', partner: null, floor: 1 }];
    const answer = refused(await solver.solve(aPlan([], { contents })));
    expect(answer).toMatchObject({ onlyWhole: false, constraints: [{ kind: 'CONTENT_FLOOR', subject: 'course' }] });
  });
});

describe('the bound at prices', () => {
  it('is above every plan, whatever the prices are', () => {
    const draws = seededDraws(11);
    for (let seed = 1; seed <= 60; seed++) {
      const problem = randomPlan(seed);
      const best = bestByTrial(problem);
      if (best === null) continue;
      const { linear } = buildPlanModel(problem);
      const prices = linear.rowUpper.map((upper, row) => {
        if (upper !== Number.POSITIVE_INFINITY) return 20 * draws.uniform();
        return linear.rowLower[row] === Number.NEGATIVE_INFINITY ? 0 : -20 * draws.uniform();
      });
      expect(boundAtPrices(linear, prices)).toBeGreaterThanOrEqual(best - 1e-9);
    }
  });
});
