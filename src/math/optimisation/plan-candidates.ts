import { assertInput } from '../assert.ts';
import type { PlanChannel, PlanProblem, PlanUser } from './plan-problem.ts';

/** Offers that may be made, each with its slot; by user, content, channel, slot. */
export interface Candidates {
  readonly users: Int32Array;
  readonly contents: Int32Array;
  readonly channels: Int32Array;
  /** Place in the list of the channel's slots, or -1. */
  readonly slots: Int32Array;
  /** w_uc w_cm r_umc, times the weight of the slot. */
  readonly values: Float64Array;
}

/** Offers that may not be made, by why. */
export interface LeftOut {
  /** The user did not agree to the channel. */
  readonly consent: number;
  /** The channel sends, but at none of the moments that the user allows. */
  readonly quietHours: number;
}

const MAX_CANDIDATES = 2_000_000;

/**
 * Leaves out what may not be sent. Where a slot of the channel has a capacity, an offer is a candidate at every moment
 * allowed, else only at the best one: that of the greatest weight, of equal ones the earliest.
 *
 * @throws RangeError for an offer that stands there twice, and for more than two million candidates.
 */
export function findCandidates(problem: PlanProblem): { candidates: Candidates; leftOut: LeftOut } {
  const { offers, channels } = problem;
  const found = { users: [] as number[], contents: [] as number[], channels: [] as number[], slots: [] as number[] };
  const values: number[] = [];
  const leftOut = { consent: 0, quietHours: 0 };
  const slotsFor = slotChooser(problem);
  for (const offer of inOrder(problem)) {
    const [user, content, channel] = tripleOf(problem, offer);
    const slots = slotsFor(user, channel);
    if (typeof slots === 'string') {
      leftOut[slots]++;
      continue;
    }
    const worth =
      (offers.userContent[offer] as number) *
      (offers.contentChannel[offer] as number) *
      (offers.response[offer] as number);
    for (const slot of slots) {
      found.users.push(user);
      found.contents.push(content);
      found.channels.push(channel);
      found.slots.push(slot);
      values.push(worth * (channels[channel]?.slots[slot]?.weight ?? 1));
    }
    assertInput(values.length <= MAX_CANDIDATES, `there must be at most ${MAX_CANDIDATES} candidates, slots counted`);
  }
  const columns = {
    users: Int32Array.from(found.users),
    contents: Int32Array.from(found.contents),
    channels: Int32Array.from(found.channels),
    slots: Int32Array.from(found.slots),
  };
  return { candidates: { ...columns, values: Float64Array.from(values) }, leftOut };
}

function tripleOf({ offers }: PlanProblem, offer: number): [number, number, number] {
  return [offers.users[offer] as number, offers.contents[offer] as number, offers.channels[offer] as number];
}

function inOrder(problem: PlanProblem): Int32Array {
  const { users, contents, channels } = problem.offers;
  const order = Int32Array.from(users, (_, offer) => offer);
  const compare = (a: number, b: number) =>
    (users[a] as number) - (users[b] as number) ||
    (contents[a] as number) - (contents[b] as number) ||
    (channels[a] as number) - (channels[b] as number);
  order.sort(compare);
  for (let p = 1; p < order.length; p++) {
    const [before, offer] = [order[p - 1] as number, order[p] as number];
    if (compare(before, offer) !== 0) continue;
    const [user, content, channel] = tripleOf(problem, offer);
    const name = [problem.users[user]?.id, problem.contents[content]?.id, problem.channels[channel]?.id].join(', ');
    assertInput(false, `the offer of ${name} stands there twice`);
  }
  return order;
}

/** @returns a function that gives the slots to consider, `[-1]` where the channel has none, or why there is none */
function slotChooser({ users, channels }: PlanProblem) {
  const usual = channels.map((channel) =>
    considered(
      channel,
      channel.slots.map((_, slot) => slot),
    ),
  );
  return (userAt: number, channelAt: number): readonly number[] | keyof LeftOut => {
    const user = users[userAt] as PlanUser;
    const channel = channels[channelAt] as PlanChannel;
    if (user.consents !== null && !user.consents.has(channel.id)) return 'consent';
    if (channel.slots.length === 0) return [-1];
    const allowed = user.allowedSlots.get(channel.id);
    if (allowed === undefined) return usual[channelAt] as readonly number[];
    const slots = channel.slots.flatMap(({ at }, slot) => (allowed.has(at) ? [slot] : []));
    return slots.length === 0 ? 'quietHours' : considered(channel, slots);
  };
}

function considered({ slots }: PlanChannel, allowed: readonly number[]): readonly number[] {
  if (allowed.length === 0) return [-1];
  if (slots.some(({ capacity }) => capacity !== null)) return allowed;
  const weightOf = (slot: number) => slots[slot]?.weight ?? 1;
  const instantOf = (slot: number) => Date.parse(slots[slot]?.at ?? '');
  const best = (a: number, b: number) => weightOf(b) - weightOf(a) || instantOf(a) - instantOf(b);
  return allowed.toSorted(best).slice(0, 1);
}
