import { DateTime } from 'luxon';
import { present } from '../../shared/invariant.ts';
import { print } from '../output.ts';
import type { DemoProduct } from './demo-product.ts';
import { StoryTeller } from './story-teller.ts';

const CAMPAIGNS = /* GraphQL */ `
  query MyCampaigns {
    campaigns(first: 10) {
      edges { node { id name state startsAt } }
    }
  }`;

const DASHBOARD = /* GraphQL */ `
  query Dashboard($id: ID!, $from: String!, $to: String!) {
    campaign(id: $id) {
      name
      partners { role partner { name } }
      metrics(from: $from, to: $to, granularity: MONTH) {
        rows { start impressions clicks ctr purchases revenue { amount } }
        totals { impressions clicks ctr registrations purchases revenue { amount } refunds { amount } cost { amount } roi }
      }
      breakdown(from: $from, to: $to, by: CHANNEL) { channel clicks purchases revenue { amount } }
      lastTouch: attribution(model: LAST_TOUCH) { ...Credit }
      linear: attribution(model: LINEAR) { ...Credit }
    }
  }
  fragment Credit on Attribution {
    run { number conversions }
    total { conversions values { amount currency } }
    rows { partner { name } channel conversions value { amount } }
  }`;

interface Campaigns {
  readonly campaigns: { readonly edges: readonly { readonly node: CampaignHead }[] };
}

interface CampaignHead {
  readonly id: string;
  readonly state: string;
  readonly startsAt: string;
}

/** What did the live campaign bring, and whose doing was it? */
export async function tellManagerStory(product: DemoProduct): Promise<void> {
  print('', '── The partner manager ─────────────────────────────────────────────', '');
  print('Which campaigns are mine? Those of other partners are not in the list.');
  const teller = await StoryTeller.as(product, 'manager@example.com');
  const { campaigns } = await teller.show<Campaigns>(CAMPAIGNS);
  const live = campaigns.edges.map(({ node }) => node).find(({ state }) => state === 'LIVE');
  const { id, startsAt } = present(live, 'the live campaign of the demo');
  print('What did the live one bring, by which channel, and how much of it does each partner earn credit for?');
  await teller.show(DASHBOARD, { id, from: startsAt.slice(0, 10), to: dayOf(product.clock.now()) });
}

function dayOf(instant: Date): string {
  return present(DateTime.fromJSDate(instant, { zone: 'utc' }).toISODate(), 'a day');
}
