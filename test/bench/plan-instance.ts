import type { PlanProblem } from '../../src/math/optimisation/index.ts';
import { seededDraws } from '../../src/math/random/seeded-draws.ts';

const CHANNELS = [
  { id: 'EMAIL', costMinor: 2n, reach: 0.5, fit: 0.6, consent: 0.9 },
  { id: 'PUSH', costMinor: 1n, reach: 0.4, fit: 0.5, consent: 0.7 },
  { id: 'SMS', costMinor: 12n, reach: 0.2, fit: 0.9, consent: 0.5 },
  { id: 'SOCIAL', costMinor: 5n, reach: 0.3, fit: 0.7, consent: 0.8 },
] as const;
const PARTNERS = 4;

/** A made up campaign: everybody has a taste, some offers fit it, some channels are closed to some. */
export function madeUpPlan({ users, contents, seed }: { users: number; contents: number; seed: number }): PlanProblem {
  const { uniform } = seededDraws(seed);
  const offers: [user: number, content: number, channel: number, fit: number, response: number][] = [];
  const people = Array.from({ length: users }, (_, user) => {
    const consents = CHANNELS.filter(({ consent }) => uniform() < consent).map(({ id }) => id);
    for (let content = 0; content < contents; content++) {
      const fit = uniform();
      CHANNELS.forEach((_channel, channel) => {
        offers.push([user, content, channel, fit, 100 + 900 * uniform()]);
      });
    }
    return {
      id: `user-${user}`,
      people: 1,
      cap: 2,
      channelCaps: new Map([['SMS', 1]]),
      consents: new Set<string>(consents),
      allowedSlots: new Map(),
    };
  });
  return {
    budgetMinor: BigInt(3 * users),
    channels: CHANNELS.map(({ id, costMinor, reach }) => ({
      id,
      costMinor,
      capacity: Math.round(reach * users),
      slots: [{ at: '2026-11-23T09:00:00Z', capacity: null, weight: 1 }],
    })),
    contents: Array.from({ length: contents }, (_, content) => ({
      id: `content-${content}`,
      partner: `partner-${content % PARTNERS}`,
      floor: Math.round((0.4 * users) / contents),
    })),
    partners: Array.from({ length: PARTNERS }, (_, partner) => ({
      id: `partner-${partner}`,
      floor: Math.round(users / 10),
    })),
    users: people,
    offers: {
      users: Int32Array.from(offers, ([user]) => user),
      contents: Int32Array.from(offers, ([, content]) => content),
      channels: Int32Array.from(offers, ([, , channel]) => channel),
      userContent: Float64Array.from(offers, ([, , , fit]) => fit),
      contentChannel: Float64Array.from(offers, ([, , channel]) => CHANNELS[channel]?.fit ?? 0),
      response: Float64Array.from(offers, ([, , , , response]) => response),
    },
    oncePerContent: true,
  };
}
