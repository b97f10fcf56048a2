import { type RawBuilder, sql } from 'kysely';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { windowOf } from './attribution-window.ts';
import { touchesOfCampaign } from './journey.queries.ts';
import { eventsOfPeople, identitiesOf } from './people.queries.ts';

/** Keeps the daily figures of campaigns. */
export class CampaignMetricsService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Works out all daily figures of a campaign from its events and puts them in place of the old ones, in one
   * transaction: readers see the old or the new, never a mixture. Two at once wait for each other. Days are UTC.
   *
   * - Impressions and clicks count on the day of the touchpoint.
   * - A conversion counts on its own day, for the partner and channel of its last touch over all campaigns, as the
   *   LAST_TOUCH model credits it, and so for one campaign at most.
   * - Revenue and refunds are those of purchases in the campaign's currency; a refund counts on the day of its purchase.
   *   A purchase in another currency is counted, and its value is left out.
   */
  async refresh(campaignId: string): Promise<void> {
    await this.#platform.database.transaction(async (em) => {
      const rows = rowsOf(em);
      await sql`select pg_advisory_xact_lock(hashtextextended(${`metrics of ${campaignId}`}, 0))`.execute(rows);
      await sql`delete from campaign_metrics_daily where campaign_id = ${campaignId}`.execute(rows);
      await sql`
        with ${lastTouches(campaignId)}, ${factsOf(campaignId)}
        insert into campaign_metrics_daily (campaign_id, day, partner_id, channel, impressions, clicks, registrations,
          purchases, revenue_minor, refunded_minor, cost_minor)
        select ${campaignId}::uuid, day, partner_id, channel, sum(impressions), sum(clicks), sum(registrations),
          sum(purchases), sum(revenue), sum(refunded), sum(cost)
        from facts group by day, partner_id, channel`.execute(rows);
    });
  }
}

/** `credited`: the conversions whose last eligible touch is one of the campaign, with that touch. */
function lastTouches(campaignId: string): RawBuilder<unknown> {
  return sql`
    ${identitiesOf(touchesOfCampaign(campaignId), null)},
    reached as (
      select c.*, lag(c.occurred_at) over (partition by c.person, c.kind order by c.occurred_at, c.sequence) as previous_at
      from ${eventsOfPeople('conversions')} c
    ),
    last_touches as (
      select distinct on (c.id) c.kind, c.value_minor, c.refunded_minor, c.currency, c.occurred_at,
             t.campaign_id, t.partner_id, t.channel
      from reached c
      join ${eventsOfPeople('touchpoints')} t on t.person = c.person
      join campaigns k on k.id = t.campaign_id
      where t.occurred_at <= c.occurred_at and t.occurred_at >= c.occurred_at - ${windowOf('t', 'k')}
        and (c.previous_at is null or t.occurred_at > c.previous_at)
      order by c.id, t.occurred_at desc, t.sequence desc
    ),
    credited as (select * from last_touches where campaign_id = ${campaignId})`;
}

/** `facts`: one row for everything that counts. */
function factsOf(campaignId: string): RawBuilder<unknown> {
  const sales = sql`c.kind = 'PURCHASE' and c.currency = k.currency`;
  return sql`
    facts as (
      select (occurred_at at time zone 'UTC')::date as day, partner_id, channel,
             (kind = 'IMPRESSION')::int as impressions, (kind = 'CLICK')::int as clicks, 0 as registrations,
             0 as purchases, 0::bigint as revenue, 0::bigint as refunded, 0::bigint as cost
      from touchpoints where campaign_id = ${campaignId}
      union all
      select (c.occurred_at at time zone 'UTC')::date, c.partner_id, c.channel,
             0, 0, (c.kind = 'REGISTRATION')::int, (c.kind = 'PURCHASE')::int,
             case when ${sales} then c.value_minor else 0 end, case when ${sales} then c.refunded_minor else 0 end, 0
      from credited c join campaigns k on k.id = c.campaign_id
      union all
      select day, partner_id, channel, 0, 0, 0, 0, 0, 0, cost_minor
      from campaign_costs where campaign_id = ${campaignId}
    )`;
}
