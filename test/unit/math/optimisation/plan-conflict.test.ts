import { afterAll, describe, expect, it } from 'vitest';
import { describeConstraint, type PlanProblem, PlanSolver } from '../../../../src/math/optimisation/index.ts';
import { aChannel, aPlan, aUser, bestByTrial, randomPlan, refused } from './small-plans.ts';

const solver = new PlanSolver();
afterAll(() => solver.close());

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
