import { acquireNewcomers } from './behaviour-acquisition.ts';
import {
  type Contact,
  chooseItem,
  type Drive,
  describe,
  drivesOf,
  noteVisit,
  type Person,
} from './behaviour-drives.ts';
import type { Learner } from './behaviour-learners.ts';
import { STRANGERS } from './behaviour-strangers.ts';
import type { World } from './behaviour-world.ts';
import type { ReachSpec } from './campaign-spec.ts';
import { DAY_MS } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { weekdayWeight } from './rhythm.ts';
import { chance, pick, poisson, wholeBetween } from './sampling.ts';
import type { DemoTouchpoint, TouchpointKind } from './scenario.types.ts';

const VISIT_RATE = 0.8;

/** What the campaigns did, contact by contact; visits leave views with intent among the learners' engagements. */
export function runCampaigns(learners: readonly Learner[], world: World): readonly DemoTouchpoint[] {
  const contacts = drivesOf(learners, world).flatMap((drive) => [
    ...reachAudience(drive, world),
    ...acquireNewcomers(drive, learners, world.calendar),
  ]);
  return contacts
    .sort((left, right) => left.occurredAt.getTime() - right.occurredAt.getTime())
    .map((contact, index) => ({ id: demoId('touchpoint', String(index + 1)), ...contact }));
}

function reachAudience(drive: Drive, world: World): Contact[] {
  const contacts: Contact[] = [];
  for (let dayMs = drive.fromMs; dayMs < drive.toMs; dayMs += DAY_MS) {
    const untilMs = Math.min(dayMs + DAY_MS, drive.toMs);
    const share = weekdayWeight(new Date(dayMs)) * ((untilMs - dayMs) / DAY_MS);
    for (const reach of drive.spec.reach) {
      for (let count = poisson(drive.random, reach.impressionsPerDay * share); count > 0; count -= 1) {
        const atMs = world.rhythm.between(drive.random, dayMs, untilMs);
        const person = meet(drive, reach, atMs);
        if (person) contacts.push(...impress(drive, { reach, person, atMs }));
      }
    }
  }
  return contacts;
}

/** Who sees an impression; null for an account that was not there yet. */
function meet({ strangers, audience, random }: Drive, { channel }: ReachSpec, atMs: number): Person | null {
  if (chance(random, STRANGERS[channel])) return pick(random, strangers);
  const learner = audience.draw(random);
  return learner.user.createdAt.getTime() < atMs ? learner : null;
}

/** One impression with the click and the visit that may follow; nothing happens after the campaign went off air. */
function impress(drive: Drive, contact: { reach: ReachSpec; person: Person; atMs: number }): Contact[] {
  const { random } = drive;
  const { person, reach } = contact;
  const item = chooseItem(drive, person, contact.atMs);
  if (!item) return [];
  const interest = person.attention.get(item.domain) ?? 0;
  const say = (kind: TouchpointKind, atMs: number): Contact => describe(drive, { ...contact, item, kind, atMs });
  const impression = say('IMPRESSION', contact.atMs);
  const clickAtMs = contact.atMs + wholeBetween(random, 3, 240) * 1000;
  const clicks = chance(random, reach.clickRate * (0.5 + 1.9 * interest)) && clickAtMs < drive.toMs;
  if (!clicks) return [impression];
  const visitAtMs = clickAtMs + wholeBetween(random, 2, 15) * 1000;
  if (!chance(random, VISIT_RATE) || visitAtMs >= drive.toMs) return [impression, say('CLICK', clickAtMs)];
  if ('user' in person) noteVisit(person, item, visitAtMs);
  return [impression, say('CLICK', clickAtMs), say('VISIT', visitAtMs)];
}
