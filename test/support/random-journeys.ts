import { CONVERSION_KINDS, TOUCH_KINDS } from '../../src/campaigns/index.ts';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import { present } from '../../src/shared/invariant.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { aCampaign, type TestCampaign } from './campaigns.ts';
import { aPartner } from './partners.ts';
import type { TestApp } from './test-app.ts';

interface RandomWindows {
  readonly clickDays: number;
  readonly viewDays: number;
}

export interface RandomJourneys {
  readonly campaigns: readonly (TestCampaign & RandomWindows)[];
}

const HOUR_MS = 3_600_000;
const WINDOWS: readonly RandomWindows[] = [
  { clickDays: 1, viewDays: 1 },
  { clickDays: 3, viewDays: 0 },
  { clickDays: 30, viewDays: 2 },
];
const START_MS = Date.UTC(2026, 9, 1);

/**
 * Campaigns with different windows over the same partners, and people who meet them and convert, on so few hours that
 * ties, same-day conversions and empty journeys all happen. Some are known by account, some by pseudonym, some by both
 * from some time on.
 */
export async function randomJourneys(
  app: TestApp,
  { seed, touches, conversions }: { seed: number; touches: number; conversions: number },
): Promise<RandomJourneys> {
  const random = seededRandom(seed);
  const whole = (below: number) => Math.floor(random.next() * below);
  const pick = <T>(from: readonly T[]): T => present(from[whole(from.length)], 'an element');
  const users = Array.from({ length: 12 }, () => app.platform.ids.next());
  const partners = [await aPartner(app), await aPartner(app), await aPartner(app)];
  const campaigns = await Promise.all(
    WINDOWS.map(async (windows) => {
      const currency = windows.clickDays === 3 ? 'USD' : 'CNY';
      const { clickDays: attributionWindowDays, viewDays: viewWindowDays } = windows;
      return { ...windows, ...(await aCampaign(app, { attributionWindowDays, viewWindowDays, currency })) };
    }),
  );
  const person = () => {
    const place = whole(12);
    const known = { user_id: users[place] ?? null, visitor_id: null };
    return pick([known, { user_id: null, visitor_id: `v-${place}` }, { user_id: null, visitor_id: `w-${place}` }]);
  };
  const at = () => new Date(START_MS + whole(20 * 24) * HOUR_MS);
  const touchRows = Array.from({ length: touches }, () => ({
    id: app.platform.ids.next(),
    campaign_id: pick(campaigns).id,
    partner_id: pick(partners).id,
    channel: pick(['EMAIL', 'SOCIAL']),
    kind: pick(TOUCH_KINDS),
    ...person(),
    occurred_at: at(),
    received_at: app.clock.now(),
  }));
  const conversionRows = Array.from({ length: conversions }, () => {
    const value = BigInt(whole(20_000));
    return {
      id: app.platform.ids.next(),
      kind: pick(CONVERSION_KINDS),
      ...person(),
      value_minor: value,
      refunded_minor: pick([0n, 0n, value / 3n, value]),
      currency: pick(['CNY', 'CNY', 'USD']),
      occurred_at: at(),
      received_at: app.clock.now(),
    };
  });
  // A third of the people have one pseudonym linked, a third both, a third none.
  const links = users.flatMap((user_id, place) =>
    ['v', 'w']
      .slice(0, place % 3)
      .map((name) => ({ visitor_id: `${name}-${place}`, user_id, seen_at: app.clock.now() })),
  );
  await app.platform.database.transaction(async (em) => {
    await bulkInsert(em, 'touchpoints', touchRows);
    await bulkInsert(em, 'conversions', conversionRows);
    await bulkInsert(em, 'visitor_links', links);
  });
  return { campaigns };
}
