import { afterAll, describe, expect, it } from 'vitest';
import { pricedChoice } from '../../../../src/math/optimisation/flip-losses.ts';
import { bestAtPrices, buildPlanModel, PlanSolver, solveDual } from '../../../../src/math/optimisation/index.ts';
import { isFeasible, objectiveOf, worthOfLimits } from '../../../../src/math/optimisation/linear-model.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { aChannel, aPlan, aUser, bestByTrial, randomPlan } from './small-plans.ts';

const solver = new PlanSolver();
afterAll(() => solver.close());

/** Enough people for single sends not to matter much. */
function aCrowd(seed: number) {
  const { uniform } = seededDraws(seed);
  const offers = Array.from({ length: 300 * 6 }, (_, o) => {
    return [Math.floor(o / 6), Math.floor((o % 6) / 2), o % 2, 100 * uniform() ** 2] as const;
  });
  return aPlan(offers, {
    budgetMinor: 700n,
    channels: [aChannel('EMAIL', { costMinor: 1n, capacity: 150 }), aChannel('SMS', { costMinor: 4n })],
    contents: [
      { id: 'a', partner: null, floor: 0 },
      { id: 'b', partner: null, floor: 120 },
      { id: 'c', partner: null, floor: 0 },
    ],
    users: Array.from({ length: 300 }, (_, u) => aUser(`user-${u}`, { cap: 2, channelCaps: new Map([['SMS', 1]]) })),
  });
}

describe('the dual method', () => {
  it('bounds the best plan from above, and finds plans that keep all limits', () => {
    let found = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const problem = randomPlan(seed);
      const best = bestByTrial(problem);
      const model = buildPlanModel(problem);
      const { bound, plan, objective } = solveDual(model, { steps: 100 });
      if (plan) {
        found++;
        expect(isFeasible(model.linear, plan), `seed ${seed}`).toBe(true);
        expect(objective).toBe(objectiveOf(model.linear, plan));
        expect(objective ?? 0, `seed ${seed}`).toBeLessThanOrEqual((best ?? 0) + 1e-9);
      }
      if (best !== null) expect(bound, `seed ${seed}`).toBeGreaterThanOrEqual(best - 1e-9);
    }
    expect(found).toBeGreaterThan(50);
  });

  it('comes to the bound of the exact method, which it is a certificate for', async () => {
    const problem = aCrowd(7);
    const exact = await solver.solve(problem, { gap: 0.01 });
    if (exact.status === 'INFEASIBLE') throw new Error(exact.reason);
    const dual = solveDual(buildPlanModel(problem), { steps: 2_000, gap: 0 });
    // No better than the relaxation, whose bound it is while nothing was branched.
    expect(exact.method).not.toBe('BRANCHED');
    expect(dual.bound).toBeGreaterThanOrEqual(exact.bound - 1e-6);
    expect(dual.bound / exact.bound - 1).toBeLessThan(1e-4);
    expect((dual.objective ?? 0) / exact.objective).toBeGreaterThan(0.98);
  });

  it('goes on from the prices of an earlier solution', () => {
    const problem = aCrowd(8);
    const before = solveDual(buildPlanModel(problem), { gap: 1e-3 });
    const changed = buildPlanModel({ ...problem, budgetMinor: 690n });
    const warm = solveDual(changed, { steps: 30, gap: 1e-3 }, before.prices);
    const cold = solveDual(changed, { steps: 30, gap: 1e-3 });
    expect(warm.bound).toBeLessThan(cold.bound);
  });

  it('is the same each time', () => {
    const model = buildPlanModel(aCrowd(9));
    expect(solveDual(model)).toEqual(solveDual(model));
  });

  it('refuses steps that are none', () => {
    expect(() => solveDual(buildPlanModel(aPlan([])), { steps: 0 })).toThrow('steps must be a whole number');
  });
});

describe('the online path', () => {
  it('chooses for each user what the bound is made of', () => {
    const model = buildPlanModel(aCrowd(3));
    const { prices, bound } = solveDual(model);
    let worth = worthOfLimits(model.linear, prices);
    for (let user = 0; user < 300; user++) {
      const choice = bestAtPrices(model, prices, user);
      expect(choice.length).toBeLessThanOrEqual(2);
      expect(choice.every(({ column }) => model.candidates.users[column] === user)).toBe(true);
      worth += choice.reduce((sum, { people, surplus }) => sum + people * surplus, 0);
    }
    expect(worth).toBeCloseTo(bound, 6);
    expect(() => bestAtPrices(model, prices, 300)).toThrow('user must be a whole number from 0 to 299');
  });
});

describe('the losses of deviations', () => {
  it('never promise less than what a plan with that deviation brings', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const { linear, blocks } = buildPlanModel({ ...randomPlan(seed), budgetMinor: 6n });
      const draws = seededDraws(seed);
      const prices = linear.rowUpper.map((upper, row) => {
        if (upper !== Number.POSITIVE_INFINITY) return 8 * draws.uniform();
        return linear.rowLower[row] === Number.NEGATIVE_INFINITY ? 0 : -8 * draws.uniform();
      });
      const { taken, losses, bound } = pricedChoice(linear, blocks, prices);
      for (const plan of allPlans(linear.upper)) {
        if (!isFeasible(linear, plan)) continue;
        const value = objectiveOf(linear, plan);
        plan.forEach((amount, j) => {
          const loss = amount === taken[j] ? 0 : (losses[j] ?? 0);
          expect(value, `seed ${seed}, column ${j}`).toBeLessThanOrEqual(bound - loss + 1e-9);
        });
      }
    }
  });
});

function allPlans(upper: Float64Array): Float64Array[] {
  return upper.reduce<Float64Array[]>(
    (plans, most, j) => plans.flatMap((plan) => Array.from({ length: most + 1 }, (_, amount) => plan.with(j, amount))),
    [new Float64Array(upper.length)],
  );
}
