import { present } from '../../src/shared/invariant.ts';
import type { Random } from '../../src/shared/random.ts';
import { addView, type Learner } from './behaviour-learners.ts';
import { isOnOffer, type Shelf, type ShelfItem } from './behaviour-shelf.ts';
import type { CampaignSpec, ReachSpec } from './campaign-spec.ts';
import { campaignSpecs } from './campaign-specs.ts';
import { onAir } from './campaigns.ts';
import { contentId } from './contents.ts';
import { DAY_MS, type DemoCalendar } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { partnerId } from './partners.ts';
import { type Rhythm, weekdayWeight } from './rhythm.ts';
import { chance, pick, poisson, randomStream, type WeightedTable, weightedTable, wholeBetween } from './sampling.ts';
import type { DemoTouchpoint, TouchpointKind } from './scenario.types.ts';

/** Part of the sign-ups during a campaign that the campaign brought. */
const ACQUIRED_SHARE = 0.45;
const VISIT_RATE = 0.8;
const ACQUISITION_DAYS = 6;
const ATTEMPTS = 4;

export interface World {
  readonly shelf: Shelf;
  readonly rhythm: Rhythm;
  readonly calendar: DemoCalendar;
  readonly seed: number;
}

interface Drive {
  readonly key: string;
  readonly spec: CampaignSpec;
  readonly fromMs: number;
  readonly toMs: number;
  readonly items: readonly ShelfItem[];
  readonly audience: WeightedTable<Learner>;
  readonly random: Random;
}

type Contact = Omit<DemoTouchpoint, 'id'>;

/** What the campaigns did, contact by contact; visits leave views with intent among the learners' engagements. */
export function runCampaigns(learners: readonly Learner[], world: World): readonly DemoTouchpoint[] {
  const contacts = drivesOf(learners, world).flatMap((drive) => [
    ...reachAudience(drive, world),
    ...acquireNewcomers(drive, learners, world),
  ]);
  return contacts
    .sort((left, right) => left.occurredAt.getTime() - right.occurredAt.getTime())
    .map((contact, index) => ({ id: demoId('touchpoint', String(index + 1)), ...contact }));
}

function drivesOf(learners: readonly Learner[], { shelf, calendar, seed }: World): Drive[] {
  return Object.entries(campaignSpecs).flatMap(([key, spec]) => {
    const span = onAir(spec, calendar);
    if (!span) return [];
    const items = spec.contents.map((content) => present(shelf.itemsById.get(contentId(content)), content));
    const audience = weightedTable(learners, (learner) => meanInterest(learner, items) * learner.activity);
    return [{ key, spec, ...span, items, audience, random: randomStream(seed, `campaign:${key}`) }];
  });
}

function reachAudience(drive: Drive, world: World): Contact[] {
  const contacts: Contact[] = [];
  for (let dayMs = drive.fromMs; dayMs < drive.toMs; dayMs += DAY_MS) {
    const untilMs = Math.min(dayMs + DAY_MS, drive.toMs);
    const share = weekdayWeight(new Date(dayMs)) * ((untilMs - dayMs) / DAY_MS);
    for (const reach of drive.spec.reach) {
      for (let count = poisson(drive.random, reach.impressionsPerDay * share); count > 0; count -= 1) {
        const atMs = world.rhythm.between(drive.random, dayMs, untilMs);
        const learner = drive.audience.draw(drive.random);
        if (learner.user.createdAt.getTime() < atMs) contacts.push(...impress(drive, { reach, learner, atMs }));
      }
    }
  }
  return contacts;
}

/** One impression with the click and the visit that may follow; nothing happens after the campaign went off air. */
function impress(drive: Drive, contact: { reach: ReachSpec; learner: Learner; atMs: number }): Contact[] {
  const { random } = drive;
  const item = chooseItem(drive, contact.learner, contact.atMs);
  if (!item) return [];
  const interest = contact.learner.attention.get(item.domain) ?? 0;
  const say = (kind: TouchpointKind, atMs: number): Contact => describe(drive, { ...contact, item, kind, atMs });
  const impression = say('IMPRESSION', contact.atMs);
  const clickAtMs = contact.atMs + wholeBetween(random, 3, 240) * 1000;
  const clicks = chance(random, contact.reach.clickRate * (0.5 + 1.9 * interest)) && clickAtMs < drive.toMs;
  if (!clicks) return [impression];
  const visitAtMs = clickAtMs + wholeBetween(random, 2, 15) * 1000;
  if (!chance(random, VISIT_RATE) || visitAtMs >= drive.toMs) return [impression, say('CLICK', clickAtMs)];
  noteVisit(contact.learner, item, visitAtMs);
  return [impression, say('CLICK', clickAtMs), say('VISIT', visitAtMs)];
}

/** People who signed up because of the campaign: contacts as a visitor first, then the account, then a first look. */
function acquireNewcomers(drive: Drive, learners: readonly Learner[], { calendar }: World): Contact[] {
  const earliestMs = Math.max(drive.fromMs + DAY_MS, calendar.startsAt.getTime() + DAY_MS);
  return learners.flatMap((learner) => {
    const signUpMs = learner.user.createdAt.getTime();
    const item = chooseItem(drive, learner, signUpMs);
    if (signUpMs < earliestMs || signUpMs >= drive.toMs || !item) return [];
    const interest = meanInterest(learner, drive.items);
    if (!chance(drive.random, ACQUIRED_SHARE * Math.min(1, 0.3 + 5 * interest))) return [];
    return pathToSignUp(drive, { learner, item, signUpMs });
  });
}

function pathToSignUp(drive: Drive, path: { learner: Learner; item: ShelfItem; signUpMs: number }): Contact[] {
  const { random } = drive;
  const say = (kind: TouchpointKind, reach: ReachSpec, atMs: number): Contact =>
    describe(drive, { ...path, reach, kind, atMs });
  const visitAtMs = path.signUpMs - wholeBetween(random, 40, 400) * 1000;
  const clickAtMs = visitAtMs - wholeBetween(random, 2, 15) * 1000;
  const impressionAtMs = clickAtMs - wholeBetween(random, 3, 240) * 1000;
  const sinceMs = Math.max(drive.fromMs, impressionAtMs - ACQUISITION_DAYS * DAY_MS);
  const earlier = Array.from({ length: wholeBetween(random, 0, 3) }, () =>
    say(
      'IMPRESSION',
      pick(random, drive.spec.reach),
      wholeBetween(random, sinceMs / 1000, impressionAtMs / 1000) * 1000,
    ),
  );
  const last = pick(random, drive.spec.reach);
  const firstLookMs = path.signUpMs + wholeBetween(random, 15, 300) * 1000;
  if (firstLookMs < drive.toMs && isOnOffer(path.item.content, path.learner.country, firstLookMs)) {
    noteVisit(path.learner, path.item, firstLookMs);
  }
  return [
    ...earlier,
    say('IMPRESSION', last, impressionAtMs),
    say('CLICK', last, clickAtMs),
    say('VISIT', last, visitAtMs),
  ];
}

function noteVisit(learner: Learner, item: ShelfItem, atMs: number): void {
  const engagement = addView(learner, item, atMs + 1000);
  engagement.intentAtMs ??= atMs + 1000;
}

/** The best fit of a few promoted contents drawn by chance; null when none may be shown to the learner. */
function chooseItem(drive: Drive, learner: Learner, atMs: number): ShelfItem | null {
  let best: { item: ShelfItem; score: number } | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const item = pick(drive.random, drive.items);
    const language = item.content.language === learner.locale ? 1 : 0.1;
    const score = (learner.attention.get(item.domain) ?? 0) * language;
    if (isOnOffer(item.content, learner.country, atMs) && score > (best?.score ?? 0)) best = { item, score };
  }
  return best?.item ?? null;
}

function meanInterest(learner: Learner, items: readonly ShelfItem[]): number {
  return items.reduce((sum, { domain }) => sum + (learner.attention.get(domain) ?? 0), 0) / items.length;
}

interface ContactFacts {
  readonly learner: Learner;
  readonly item: ShelfItem;
  readonly reach: ReachSpec;
  readonly kind: TouchpointKind;
  readonly atMs: number;
}

function describe(drive: Drive, { learner, item, reach, kind, atMs }: ContactFacts): Contact {
  const beforeSignUp = atMs < learner.user.createdAt.getTime();
  return {
    campaignId: demoId('campaign', drive.key),
    partnerId: partnerId(reach.partner),
    channel: reach.channel,
    kind,
    userId: learner.user.id,
    visitorId: beforeSignUp ? `visitor-${demoId('visitor', learner.user.key).slice(0, 13)}` : null,
    contentId: item.content.id,
    occurredAt: new Date(atMs),
  };
}
