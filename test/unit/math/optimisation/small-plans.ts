import type { FoundPlan, NoPlan, PlanProblem } from '../../../../src/math/optimisation/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

type Offer = readonly [user: number, content: number, channel: number, value: number];

/** A plan that is written down by hand: channels cost 1 and have no limit, people have none either, unless told otherwise. */
export function aPlan(
  offers: readonly Offer[],
  parts: Partial<Omit<PlanProblem, 'offers'>> & {
    readonly userContent?: number;
    readonly contentChannel?: number;
  } = {},
): PlanProblem {
  const { userContent = 1, contentChannel = 1, ...rest } = parts;
  const most = (place: 0 | 1 | 2) => Math.max(0, ...offers.map((offer) => offer[place] + 1));
  return {
    budgetMinor: null,
    channels: Array.from({ length: most(2) }, (_, c) => aChannel(`channel-${c}`)),
    contents: Array.from({ length: most(1) }, (_, c) => ({ id: `content-${c}`, partner: null, floor: 0 })),
    partners: [],
    users: Array.from({ length: most(0) }, (_, u) => aUser(`user-${u}`)),
    oncePerContent: true,
    ...rest,
    offers: {
      users: Int32Array.from(offers, ([user]) => user),
      contents: Int32Array.from(offers, ([, content]) => content),
      channels: Int32Array.from(offers, ([, , channel]) => channel),
      userContent: new Float64Array(offers.length).fill(userContent),
      contentChannel: new Float64Array(offers.length).fill(contentChannel),
      response: Float64Array.from(offers, ([, , , value]) => value),
    },
  };
}

export function aChannel(
  id: string,
  parts: Partial<PlanProblem['channels'][number]> = {},
): PlanProblem['channels'][number] {
  return { id, costMinor: 1n, capacity: null, slots: [], ...parts };
}

export function aUser(id: string, parts: Partial<PlanProblem['users'][number]> = {}): PlanProblem['users'][number] {
  return { id, people: 1, cap: null, channelCaps: new Map(), consents: null, allowedSlots: new Map(), ...parts };
}

export const NINE = '2026-11-23T09:00:00Z';
export const TEN = '2026-11-23T10:00:00Z';

/** A small plan with every kind of limit, some of them tight, now and then out of reach. */
export function randomPlan(seed: number): PlanProblem {
  const { uniform } = seededDraws(seed);
  const whole = (least: number, most: number) => least + Math.floor(uniform() * (most - least + 1));
  const maybe = <T>(value: T): T | null => (uniform() < 0.5 ? value : null);
  const slots = [
    { at: NINE, capacity: maybe(whole(0, 2)), weight: 1 },
    { at: TEN, capacity: maybe(whole(1, 3)), weight: 1 + uniform() },
  ];
  const offers: Offer[] = [];
  for (let user = 0; user < 3; user++) {
    for (let content = 0; content < 2; content++) {
      for (let channel = 0; channel < 2; channel++) {
        if (uniform() < 0.55 && offers.length < 6) offers.push([user, content, channel, whole(-5, 100)]);
      }
    }
  }
  return aPlan(offers, {
    budgetMinor: maybe(BigInt(whole(0, 15))),
    channels: [
      aChannel('EMAIL', { costMinor: BigInt(whole(0, 4)), capacity: maybe(whole(0, 4)), slots }),
      aChannel('SMS', { costMinor: BigInt(whole(1, 7)), capacity: maybe(whole(1, 4)) }),
    ],
    contents: [
      { id: 'course', partner: 'school', floor: uniform() < 0.3 ? whole(1, 3) : 0 },
      { id: 'book', partner: maybe('press'), floor: 0 },
    ],
    partners: [
      { id: 'school', floor: uniform() < 0.2 ? whole(1, 3) : 0 },
      { id: 'press', floor: uniform() < 0.2 ? 1 : 0 },
    ],
    users: Array.from({ length: 3 }, (_, user) =>
      aUser(`user-${user}`, {
        people: user === 0 ? whole(1, 2) : 1,
        cap: maybe(whole(0, 2)),
        channelCaps: new Map(uniform() < 0.5 ? [['EMAIL', whole(0, 1)]] : []),
        consents: uniform() < 0.2 ? new Set(['SMS']) : null,
        allowedSlots: new Map(uniform() < 0.3 ? [['EMAIL', new Set(uniform() < 0.5 ? [TEN] : [])]] : []),
      }),
    ),
    oncePerContent: uniform() < 0.7,
  });
}

/** One way of sending an offer. */
interface Way {
  readonly user: number;
  readonly content: number;
  readonly channel: number;
  readonly slot: number;
  readonly value: number;
}

/** The most that any plan brings, by trying all of them; null when none keeps all limits. Knows rules, no rows. */
export function bestByTrial(problem: PlanProblem): number | null {
  const ways = waysOf(problem);
  const amounts = new Array<number>(ways.length).fill(0);
  let best: number | null = null;
  const walk = (at: number): void => {
    if (at === ways.length) {
      if (!keepsAll(problem, ways, amounts)) return;
      const value = ways.reduce((sum, way, w) => sum + way.value * (amounts[w] ?? 0), 0);
      best = best === null ? value : Math.max(best, value);
      return;
    }
    const people = problem.users[ways[at]?.user ?? 0]?.people ?? 0;
    for (let amount = 0; amount <= people; amount++) {
      amounts[at] = amount;
      walk(at + 1);
    }
    amounts[at] = 0;
  };
  walk(0);
  return best;
}

function waysOf({ offers, users, channels }: PlanProblem): Way[] {
  return Array.from(offers.users, (user, o) => {
    const [content, channel] = [offers.contents[o] ?? 0, offers.channels[o] ?? 0];
    const { id, slots } = channels[channel] ?? aChannel('');
    const owner = users[user] ?? aUser('');
    const worth = (offers.userContent[o] ?? 0) * (offers.contentChannel[o] ?? 0) * (offers.response[o] ?? 0);
    if (owner.consents !== null && !owner.consents.has(id)) return [];
    if (slots.length === 0) return [{ user, content, channel, slot: -1, value: worth }];
    const allowed = owner.allowedSlots.get(id);
    return slots.flatMap(({ at, weight }, slot) =>
      !allowed || allowed.has(at) ? [{ user, content, channel, slot, value: worth * weight }] : [],
    );
  }).flat();
}

function keepsAll(problem: PlanProblem, ways: readonly Way[], amounts: readonly number[]): boolean {
  const { budgetMinor, channels, contents, partners, users, oncePerContent } = problem;
  const sumOf = (isCounted: (way: Way) => boolean) =>
    ways.reduce((sum, way, w) => (isCounted(way) ? sum + (amounts[w] ?? 0) : sum), 0);
  const cost = ways.reduce(
    (sum, { channel }, w) => sum + (channels[channel]?.costMinor ?? 0n) * BigInt(amounts[w] ?? 0),
    0n,
  );
  if (budgetMinor !== null && cost > budgetMinor) return false;
  const withinChannels = channels.every(
    ({ capacity, slots }, c) =>
      sumOf(({ channel }) => channel === c) <= (capacity ?? Number.POSITIVE_INFINITY) &&
      slots.every(
        (slot, s) => sumOf((way) => way.channel === c && way.slot === s) <= (slot.capacity ?? Number.POSITIVE_INFINITY),
      ),
  );
  const aboveFloors =
    contents.every(({ floor }, c) => sumOf(({ content }) => content === c) >= floor) &&
    partners.every(({ id, floor }) => sumOf(({ content }) => contents[content]?.partner === id) >= floor);
  return (
    withinChannels &&
    aboveFloors &&
    users.every(({ cap, people, channelCaps }, u) => {
      const mine = (isCounted: (way: Way) => boolean) => sumOf((way) => way.user === u && isCounted(way)) / people;
      return (
        mine(() => true) <= (cap ?? Number.POSITIVE_INFINITY) &&
        channels.every(
          ({ id }, c) => mine(({ channel }) => channel === c) <= (channelCaps.get(id) ?? Number.POSITIVE_INFINITY),
        ) &&
        contents.every((_, c) =>
          oncePerContent
            ? mine(({ content }) => content === c) <= 1
            : channels.every((__, m) => mine(({ content, channel }) => content === c && channel === m) <= 1),
        )
      );
    })
  );
}

/** Of an answer that must be a plan. */
export function found(answer: FoundPlan | NoPlan): FoundPlan {
  if (answer.status === 'INFEASIBLE') throw new Error(answer.reason);
  return answer;
}

/** Of an answer that must be none. */
export function refused(answer: FoundPlan | NoPlan): NoPlan {
  if (answer.status !== 'INFEASIBLE') throw new Error(`there is a plan that brings ${answer.objective}`);
  return answer;
}
