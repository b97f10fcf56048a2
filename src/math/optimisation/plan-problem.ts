import { assertAtLeast, assertFinite, assertIndices, assertInput, assertWhole } from '../assert.ts';

/** A moment at which a channel may send. */
export interface PlanSlot {
  /** The instant, ISO 8601 in UTC; slots of one channel differ. */
  readonly at: string;
  /** Sends at that moment, at most; null for as many as the channel takes. */
  readonly capacity: number | null;
  /** What a send at this moment is worth beside other moments; 1 is the usual. Above 0. */
  readonly weight: number;
}

export interface PlanChannel {
  readonly id: string;
  /** What one send costs. */
  readonly costMinor: bigint;
  /** Sends in all, at most; null for no limit. */
  readonly capacity: number | null;
  /** Without any, a send has no time of its own. */
  readonly slots: readonly PlanSlot[];
}

export interface PlanContent {
  readonly id: string;
  readonly partner: string | null;
  /** Sends in all, at least. */
  readonly floor: number;
}

export interface PlanPartner {
  readonly id: string;
  /** Sends of this partner's contents, at least. */
  readonly floor: number;
}

/** One person, or a persona: people who are alike. */
export interface PlanUser {
  readonly id: string;
  /** How many people it stands for; values of offers are for each. */
  readonly people: number;
  /** Sends to each of them, at most; null for no limit. */
  readonly cap: number | null;
  /** Sends to each of them through one channel, at most, by the channel's id. */
  readonly channelCaps: ReadonlyMap<string, number>;
  /** Channels that they agreed to; null for all. */
  readonly consents: ReadonlySet<string> | null;
  /** Moments outside of their quiet hours, by the channel's id; a channel not named: all of its slots. */
  readonly allowedSlots: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Columns of one length: what might be sent to whom through which channel. A triple stands there once. */
export interface PlanOffers {
  /** Places in the lists of users, contents and channels. */
  readonly users: Int32Array;
  readonly contents: Int32Array;
  readonly channels: Int32Array;
  /** w_uc: how well the content fits the user. */
  readonly userContent: Float64Array;
  /** w_cm: how well the content fits the channel. */
  readonly contentChannel: Float64Array;
  /** r_umc: what a send that fits wholly brings, in minor units. */
  readonly response: Float64Array;
}

export interface PlanProblem {
  /** For all sends together; null for no limit. */
  readonly budgetMinor: bigint | null;
  readonly channels: readonly PlanChannel[];
  readonly contents: readonly PlanContent[];
  readonly partners: readonly PlanPartner[];
  readonly users: readonly PlanUser[];
  readonly offers: PlanOffers;
  /** True: a person gets a content once. False: once through each channel. */
  readonly oncePerContent: boolean;
}

const MAX_AXIS = 1_000_000;
const MAX_OFFERS = 2_000_000;
const MAX_PEOPLE = 1_000_000_000;

/** @throws RangeError that names the first thing that is wrong, and where it stands. */
export function assertPlan(problem: PlanProblem): void {
  const { budgetMinor, channels, contents, partners, users, offers } = problem;
  if (budgetMinor !== null) assertMinor('the budget', budgetMinor);
  for (const channel of channels) assertChannel(channel);
  assertIds('channel', channels);
  assertIds('content', contents);
  assertIds('partner', partners);
  assertIds('user', users);
  const partnerIds = new Set(partners.map(({ id }) => id));
  for (const { id, partner, floor } of contents) {
    assertWhole(`the floor of content ${id}`, floor, { min: 0 });
    const known = partner === null || partnerIds.has(partner);
    assertInput(known, `content ${id} is of partner ${partner}, who is not in the list of partners`);
  }
  for (const { id, floor } of partners) assertWhole(`the floor of partner ${id}`, floor, { min: 0 });
  const slotsOf = new Map(channels.map(({ id, slots }) => [id, new Set(slots.map(({ at }) => at))]));
  for (const user of users) assertUser(user, slotsOf);
  assertOffers(offers, { users: users.length, contents: contents.length, channels: channels.length });
}

/** @throws RangeError when an amount is negative or beyond what doubles count exactly. */
export function assertMinor(name: string, amountMinor: bigint): void {
  const fits = amountMinor >= 0n && amountMinor <= BigInt(Number.MAX_SAFE_INTEGER);
  assertInput(fits, `${name} must be from 0 to ${Number.MAX_SAFE_INTEGER} minor units, not ${amountMinor}`);
}

function assertIds(kind: string, things: readonly { readonly id: string }[]): void {
  assertWhole(`the number of ${kind}s`, things.length, { min: 0, max: MAX_AXIS });
  const seen = new Set<string>();
  for (const { id } of things) {
    assertInput(!seen.has(id), `${kind} ${id} stands twice in the list of ${kind}s`);
    seen.add(id);
  }
}

function assertChannel({ id, costMinor, capacity, slots }: PlanChannel): void {
  assertMinor(`the cost of channel ${id}`, costMinor);
  if (capacity !== null) assertWhole(`the capacity of channel ${id}`, capacity, { min: 0 });
  const seen = new Set<string>();
  for (const slot of slots) {
    const name = `slot ${slot.at} of channel ${id}`;
    assertInput(!seen.has(slot.at), `${name} stands there twice`);
    assertInput(!Number.isNaN(Date.parse(slot.at)), `${name} is no instant`);
    if (slot.capacity !== null) assertWhole(`the capacity of ${name}`, slot.capacity, { min: 0 });
    const weighs = Number.isFinite(slot.weight) && slot.weight > 0;
    assertInput(weighs, `the weight of ${name} must be above 0, not ${slot.weight}`);
    seen.add(slot.at);
  }
}

function assertUser(user: PlanUser, slotsOf: ReadonlyMap<string, ReadonlySet<string>>): void {
  const name = `user ${user.id}`;
  assertWhole(`the people of ${name}`, user.people, { min: 1, max: MAX_PEOPLE });
  if (user.cap !== null) assertWhole(`the cap of ${name}`, user.cap, { min: 0, max: MAX_AXIS });
  for (const [channel, cap] of user.channelCaps) {
    assertInput(slotsOf.has(channel), `${name} has a cap for channel ${channel}, which is not in the list of channels`);
    assertWhole(`the cap of ${name} for channel ${channel}`, cap, { min: 0, max: MAX_AXIS });
  }
  for (const channel of user.consents ?? []) {
    assertInput(slotsOf.has(channel), `${name} agreed to channel ${channel}, which is not in the list of channels`);
  }
  for (const [channel, instants] of user.allowedSlots) {
    const slots = slotsOf.get(channel);
    assertInput(
      slots !== undefined,
      `${name} allows slots of channel ${channel}, which is not in the list of channels`,
    );
    for (const at of instants)
      assertInput(slots.has(at), `${name} allows ${at}, which is no slot of channel ${channel}`);
  }
}

function assertOffers(offers: PlanOffers, counts: { users: number; contents: number; channels: number }): void {
  const { length } = offers.users;
  assertWhole('the number of offers', length, { min: 0, max: MAX_OFFERS });
  const alike = Object.values(offers).every((column) => column.length === length);
  assertInput(alike, `the columns of the offers must be of one length, ${length}`);
  assertIndices('the user of an offer', offers.users, counts.users);
  assertIndices('the content of an offer', offers.contents, counts.contents);
  assertIndices('the channel of an offer', offers.channels, counts.channels);
  assertFinite('the response of an offer', offers.response);
  for (let o = 0; o < length; o++) {
    assertAtLeast(`userContent of offer ${o}`, offers.userContent[o] as number, 0);
    assertAtLeast(`contentChannel of offer ${o}`, offers.contentChannel[o] as number, 0);
  }
}
