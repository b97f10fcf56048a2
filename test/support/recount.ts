import { present } from '../../src/shared/invariant.ts';
import { rowsIn } from './campaigns.ts';
import type { RandomJourneys } from './random-journeys.ts';
import type { TestApp } from './test-app.ts';

export interface StoredTouch {
  readonly id: string;
  readonly campaign_id: string;
  readonly partner_id: string;
  readonly channel: string;
  readonly kind: string;
  readonly user_id: string | null;
  readonly visitor_id: string | null;
  readonly occurred_at: Date;
  readonly sequence: bigint;
}

export interface StoredConversion {
  readonly id: string;
  readonly kind: string;
  readonly user_id: string | null;
  readonly visitor_id: string | null;
  readonly value_minor: bigint;
  readonly refunded_minor: bigint;
  readonly currency: string;
  readonly occurred_at: Date;
  readonly sequence: bigint;
}

interface StoredLink {
  readonly visitor_id: string;
  readonly user_id: string;
}

export interface RecountedJourney {
  readonly conversion: StoredConversion;
  /** By time, then by arrival. */
  readonly touches: readonly StoredTouch[];
}

const DAY_MS = 86_400_000;

/** What led to every conversion, found one by one from the raw events in the plainest way. */
export async function recountJourneys(app: TestApp, { campaigns }: RandomJourneys): Promise<RecountedJourney[]> {
  const touches = (await rowsIn<StoredTouch>(app, 'touchpoints')).sort(byTime);
  const conversions = (await rowsIn<StoredConversion>(app, 'conversions')).sort(byTime);
  const accountOf = await accounts(app);
  const personOf = (event: { user_id: string | null; visitor_id: string | null }) =>
    event.user_id ?? accountOf.get(event.visitor_id ?? '') ?? event.visitor_id;
  const campaignById = new Map(campaigns.map((campaign) => [campaign.id, campaign]));
  return conversions.map((conversion, place) => {
    const person = personOf(conversion);
    const before = conversions
      .slice(0, place)
      .findLast((earlier) => earlier.kind === conversion.kind && personOf(earlier) === person);
    const convertedMs = conversion.occurred_at.getTime();
    const led = touches.filter((touch) => {
      const touchedMs = touch.occurred_at.getTime();
      const { clickDays, viewDays } = present(campaignById.get(touch.campaign_id), 'a campaign');
      const isView = touch.kind === 'IMPRESSION';
      if (isView && viewDays === 0) return false;
      const windowMs = (isView ? viewDays : clickDays) * DAY_MS;
      const isAfterLast = before === undefined || touchedMs > before.occurred_at.getTime();
      const isInWindow = touchedMs <= convertedMs && touchedMs >= convertedMs - windowMs;
      return personOf(touch) === person && isAfterLast && isInWindow;
    });
    return { conversion, touches: led };
  });
}

/** What each person met after their last conversion, or without any, as far as it is in its window at the last of it. */
export async function recountLost(app: TestApp, { campaigns }: RandomJourneys): Promise<StoredTouch[][]> {
  const accountOf = await accounts(app);
  const personOf = (event: StoredTouch | StoredConversion) =>
    event.user_id ?? accountOf.get(event.visitor_id ?? '') ?? event.visitor_id;
  const windowOf = new Map(campaigns.map(({ id, clickDays, viewDays }) => [id, { clickDays, viewDays }]));
  const windowMs = (touch: StoredTouch) => {
    const { clickDays, viewDays } = present(windowOf.get(touch.campaign_id), 'a campaign');
    return (touch.kind === 'IMPRESSION' ? viewDays : clickDays) * DAY_MS;
  };
  const conversions = await rowsIn<StoredConversion>(app, 'conversions');
  const earning = (await rowsIn<StoredTouch>(app, 'touchpoints')).filter((touch) => windowMs(touch) > 0).sort(byTime);
  const people = Map.groupBy(earning, personOf);
  return [...people].flatMap(([person, touches]) => {
    const own = conversions.filter((conversion) => personOf(conversion) === person);
    const lastMs = Math.max(...own.map(({ occurred_at }) => occurred_at.getTime()));
    const after = touches.filter(({ occurred_at }) => occurred_at.getTime() > lastMs);
    const endMs = after.at(-1)?.occurred_at.getTime() ?? 0;
    const lost = after.filter((touch) => endMs - touch.occurred_at.getTime() <= windowMs(touch));
    return lost.length > 0 ? [lost] : [];
  });
}

async function accounts(app: TestApp): Promise<Map<string, string>> {
  const links = await rowsIn<StoredLink>(app, 'visitor_links');
  return new Map(links.map((link) => [link.visitor_id, link.user_id]));
}

function byTime(a: { occurred_at: Date; sequence: bigint }, b: { occurred_at: Date; sequence: bigint }): number {
  return a.occurred_at.getTime() - b.occurred_at.getTime() || Number(a.sequence - b.sequence);
}
