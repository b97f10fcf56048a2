import { deriveConversions } from './behaviour-conversions.ts';
import { recordInteractions } from './behaviour-interactions.ts';
import { browse, createLearners } from './behaviour-learners.ts';
import { placeOrders } from './behaviour-orders.ts';
import { createShelf } from './behaviour-shelf.ts';
import { runCampaigns } from './behaviour-touchpoints.ts';
import { buildCampaignCosts, buildCampaigns } from './campaigns.ts';
import { buildContents } from './contents.ts';
import { buildContracts } from './contracts.ts';
import { DEMO_CURRENCY, DEMO_TIME_ZONE, demoCalendar } from './demo-calendar.ts';
import { domains } from './domains.ts';
import { buildPartners } from './partners.ts';
import { buildPeople, DEMO_PASSWORD } from './people.ts';
import { createRhythm } from './rhythm.ts';
import type { DemoScenario } from './scenario.types.ts';

const DEFAULT_SEED = 20_260;

/**
 * The demo world as plain data: what is written by hand, and ninety days of behaviour drawn from it. Pure: the same
 * `endsAt` and `seed` give the same scenario, id for id. Nothing happens at or after `endsAt`.
 */
export function buildDemoScenario(options: { readonly endsAt: Date; readonly seed?: number }): DemoScenario {
  const seed = options.seed ?? DEFAULT_SEED;
  const calendar = demoCalendar(options.endsAt);
  const contents = buildContents(calendar);
  const campaigns = buildCampaigns(calendar);
  const { users, learners, logins } = buildPeople(calendar, seed);
  const behaviour = buildBehaviour({ calendar, contents, campaigns, learners, seed });
  return {
    startsAt: calendar.startsAt,
    endsAt: calendar.endsAt,
    salesStartAt: calendar.salesStartAt,
    timeZone: DEMO_TIME_ZONE,
    currency: DEMO_CURRENCY,
    password: DEMO_PASSWORD,
    logins,
    closedPeriods: calendar.closedPeriods,
    domains,
    users,
    partners: buildPartners(calendar),
    contents,
    contracts: buildContracts(calendar),
    campaigns,
    campaignCosts: buildCampaignCosts(calendar, seed),
    ...behaviour,
  };
}

interface Stage extends Pick<DemoScenario, 'contents' | 'campaigns'> {
  readonly calendar: ReturnType<typeof demoCalendar>;
  readonly learners: DemoScenario['users'];
  readonly seed: number;
}

type Behaviour = Pick<DemoScenario, 'touchpoints' | 'conversions' | 'orders' | 'interactions'>;

/** The order matters: browsing and campaigns make engagements, orders pick among them, interactions tell the rest. */
function buildBehaviour({ calendar, contents, campaigns, learners: users, seed }: Stage): Behaviour {
  const shelf = createShelf(contents, seed);
  const rhythm = createRhythm(calendar.startsAt, calendar.endsAt);
  const world = { shelf, rhythm, calendar, seed };
  const learners = createLearners(users, calendar, seed);
  browse(learners, world);
  const touchpoints = runCampaigns(learners, world);
  const orders = placeOrders(learners, world);
  const interactions = recordInteractions(learners, world);
  const conversions = deriveConversions({ learners: users, orders }, { campaigns, touchpoints }, calendar);
  return { touchpoints, conversions, orders, interactions };
}
