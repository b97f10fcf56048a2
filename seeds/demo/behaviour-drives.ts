import { present } from '../../src/shared/invariant.ts';
import type { Random } from '../../src/shared/random.ts';
import type { Learner } from './behaviour-learners.ts';
import { addView } from './behaviour-learners.ts';
import { isOnOffer, type ShelfItem } from './behaviour-shelf.ts';
import { gatherStrangers, type Stranger, visitorIdOf } from './behaviour-strangers.ts';
import type { World } from './behaviour-world.ts';
import type { CampaignSpec, ReachSpec } from './campaign-spec.ts';
import { campaignSpecs } from './campaign-specs.ts';
import { onAir } from './campaigns.ts';
import { contentId } from './contents.ts';
import { DAY_MS } from './demo-calendar.ts';
import { demoId } from './demo-ids.ts';
import { partnerId } from './partners.ts';
import { pick, randomStream, type WeightedTable, weightedTable } from './sampling.ts';
import type { DemoTouchpoint, TouchpointKind } from './scenario.types.ts';

const ATTEMPTS = 4;

/** A campaign while it is on air. */
export interface Drive {
  readonly campaignId: string;
  readonly spec: CampaignSpec;
  /** By key. */
  readonly partnerIds: ReadonlyMap<string, string>;
  readonly fromMs: number;
  readonly toMs: number;
  readonly items: readonly ShelfItem[];
  /** People with an account, in proportion to interest: whom the partners know, whether they are often here or not. */
  readonly audience: WeightedTable<Learner>;
  readonly strangers: readonly Stranger[];
  readonly random: Random;
}

export type Contact = Omit<DemoTouchpoint, 'id'>;
export type Person = Learner | Stranger;

interface ContactFacts {
  readonly person: Person;
  readonly item: ShelfItem;
  readonly reach: ReachSpec;
  readonly kind: TouchpointKind;
  readonly atMs: number;
}

/** Those campaigns that were on air. */
export function drivesOf(learners: readonly Learner[], { shelf, calendar, seed }: World): Drive[] {
  return Object.entries(campaignSpecs).flatMap(([key, spec]) => {
    const span = onAir(spec, calendar);
    if (!span) return [];
    const items = spec.contents.map((content) => present(shelf.itemsById.get(contentId(content)), content));
    const audience = weightedTable(learners, (learner) => meanInterest(learner, items));
    const days = (span.toMs - span.fromMs) / DAY_MS;
    const strangers = gatherStrangers({ key, spec, days }, randomStream(seed, `strangers:${key}`));
    const campaignId = demoId('campaign', key);
    const partnerIds = new Map(spec.partners.map((partner) => [partner.key, partnerId(partner.key)]));
    const random = randomStream(seed, `campaign:${key}`);
    return [{ campaignId, spec, partnerIds, ...span, items, audience, strangers, random }];
  });
}

/** The best fit of a few promoted contents drawn by chance; null when none may be shown to the person. */
export function chooseItem(drive: Drive, person: Person, atMs: number): ShelfItem | null {
  let best: { item: ShelfItem; score: number } | null = null;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const item = pick(drive.random, drive.items);
    const language = item.content.language === person.locale ? 1 : 0.1;
    const score = (person.attention.get(item.domain) ?? 0) * language;
    if (isOnOffer(item.content, person.country, atMs) && score > (best?.score ?? 0)) best = { item, score };
  }
  return best?.item ?? null;
}

export function meanInterest(learner: Learner, items: readonly ShelfItem[]): number {
  return items.reduce((sum, { domain }) => sum + (learner.attention.get(domain) ?? 0), 0) / items.length;
}

/** A visit leaves a view with intent among the learner's engagements. */
export function noteVisit(learner: Learner, item: ShelfItem, atMs: number): void {
  const engagement = addView(learner, item, atMs + 1000);
  engagement.intentAtMs ??= atMs + 1000;
}

export function describe(drive: Drive, { person, item, reach, kind, atMs }: ContactFacts): Contact {
  return {
    campaignId: drive.campaignId,
    partnerId: present(drive.partnerIds.get(reach.partner), 'a partner of the campaign'),
    channel: reach.channel,
    kind,
    ...identityOf(person, atMs),
    contentId: item.content.id,
    occurredAt: new Date(atMs),
  };
}

/** As known today: the account, and the cookie of the time before it. */
function identityOf(person: Person, atMs: number): Pick<Contact, 'userId' | 'visitorId'> {
  if (!('user' in person)) return { userId: null, visitorId: person.visitorId };
  const { id, key, createdAt } = person.user;
  return { userId: id, visitorId: atMs < createdAt.getTime() ? visitorIdOf(key) : null };
}
