import { afterAll, describe, expect, it } from 'vitest';
import {
  boundAtPrices,
  buildPlanModel,
  describeConstraint,
  type FoundPlan,
  type NoPlan,
  type PlanProblem,
  PlanSolver,
  PlanTimeoutError,
} from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';
import { aChannel, aPlan, aUser, bestByTrial, NINE, randomPlan, TEN } from './small-plans.ts';

const solver = new PlanSolver();
afterAll(() => solver.close());

function found(answer: FoundPlan | NoPlan): FoundPlan {
  if (answer.status === 'INFEASIBLE') throw new Error(answer.reason);
  return answer;
}

function refused(answer: FoundPlan | NoPlan): NoPlan {
  if (answer.status !== 'INFEASIBLE') throw new Error(`there is a plan that brings ${answer.objective}`);
  return answer;
}

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

describe('limits that contradict each other', () => {
  it('are named: no plan keeps them all, and each is needed', async () => {
    let seen = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const problem = randomPlan(seed);
      if (bestByTrial(problem) !== null) continue;
      seen++;
      const { constraints, isIrreducible } = refused(await solver.solve(problem, { gap: 0 }));
      expect(isIrreducible).toBe(true);
      const kept = new Set(constraints.map(keyOf));
      expect(bestByTrial(keepOnly(problem, kept)), `seed ${seed}`).toBeNull();
      for (const key of kept) {
        const others = new Set([...kept].filter((other) => other !== key));
        expect(bestByTrial(keepOnly(problem, others)), `seed ${seed} without ${key}`).not.toBeNull();
      }
    }
    expect(seen).toBeGreaterThan(5);
  });

  it('come with what each floor could reach, as a sentence', async () => {
    const contents = [{ id: 'course', partner: null, floor: 3 }];
    const offers = [0, 1, 2, 3].map((user) => [user, 0, 0, 10] as const);
    const channels = [aChannel('EMAIL', { costMinor: 5n, capacity: 9 })];
    const answer = refused(await solver.solve(aPlan(offers, { contents, channels, budgetMinor: 11n })));
    expect(answer.reason).toBe(
      'These contradict each other: the budget of 11 minor units; the floor of content course, at least 3 sends. With the rest kept, course can have 2.',
    );
    expect(answer.constraints.map(describeConstraint)).toHaveLength(2);
  });

  it('name the floor alone where consent leaves too few', async () => {
    const contents = [{ id: 'course', partner: null, floor: 2 }];
    const users = [aUser('anna', { consents: new Set() }), aUser('ben')];
    const answer = refused(
      await solver.solve(
        aPlan(
          [
            [0, 0, 0, 1],
            [1, 0, 0, 1],
          ],
          { contents, users },
        ),
      ),
    );
    expect(answer.constraints).toEqual([{ kind: 'CONTENT_FLOOR', subject: 'course', limit: 2 }]);
    expect(answer.reason).toContain('consent left out 1 offers');
    expect(answer.reachable).toMatchObject([{ most: 1 }]);
  });

  it('tell when only whole numbers find no plan', async () => {
    // Both contents need somebody: either both by SMS or both by e-mail, and half of each is no plan.
    const channels = [aChannel('SMS', { capacity: 1 }), aChannel('EMAIL', { capacity: 1 })];
    const contents = ['course', 'book'].map((id) => ({ id, partner: null, floor: 1 }));
    const users = [aUser('anna', { cap: 1 }), aUser('ben', { cap: 1 })];
    const offers = [
      [0, 0, 0, 5],
      [0, 1, 1, 5],
      [1, 1, 0, 5],
      [1, 0, 1, 5],
    ] as const;
    const answer = refused(await solver.solve(aPlan(offers, { channels, contents, users })));
    expect(answer).toMatchObject({ onlyWhole: true, isIrreducible: true });
    const kinds = answer.constraints.map(({ kind, subject }) => `${kind} ${subject}`);
    expect(kinds).toEqual([
      'CHANNEL_CAPACITY SMS',
      'CHANNEL_CAPACITY EMAIL',
      'CONTENT_FLOOR course',
      'CONTENT_FLOOR book',
      'USER_CAP all users',
    ]);
  });
});

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

/** `CHANNEL_CAPACITY EMAIL` */
function keyOf({ kind, subject }: { kind: string; subject: string }): string {
  return `${kind} ${subject}`;
}

/** The problem with all other limits lifted. */
function keepOnly(problem: PlanProblem, kept: ReadonlySet<string>): PlanProblem {
  const keeps = (kind: string, subject: string) => kept.has(keyOf({ kind, subject }));
  return {
    ...problem,
    budgetMinor: keeps('BUDGET', '') ? problem.budgetMinor : null,
    channels: problem.channels.map((channel) => ({
      ...channel,
      capacity: keeps('CHANNEL_CAPACITY', channel.id) ? channel.capacity : null,
      slots: channel.slots.map((slot) => ({
        ...slot,
        capacity: keeps('SLOT_CAPACITY', `${channel.id} at ${slot.at}`) ? slot.capacity : null,
      })),
    })),
    contents: problem.contents.map((content) => ({
      ...content,
      floor: keeps('CONTENT_FLOOR', content.id) ? content.floor : 0,
    })),
    partners: problem.partners.map((partner) => ({
      ...partner,
      floor: keeps('PARTNER_FLOOR', partner.id) ? partner.floor : 0,
    })),
    users: problem.users.map((user) => ({
      ...user,
      cap: keeps('USER_CAP', 'all users') ? user.cap : null,
      channelCaps: keeps('USER_CHANNEL_CAP', 'all users') ? user.channelCaps : new Map(),
    })),
  };
}
