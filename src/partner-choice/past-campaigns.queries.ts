import { type Kysely, sql } from 'kysely';

/** A campaign that is over, with what the forecast learns from. */
export interface PastCampaignRow {
  readonly id: string;
  readonly startsAt: Date;
  readonly partnerIds: readonly string[];
  /** Contents that it promoted, by domain. */
  readonly domainMix: Readonly<Record<string, number>>;
  readonly registrations: number;
}

/** The latest campaigns that ended by an instant and promoted something, the latest first. One statement. */
export async function findPastCampaigns<Tables>(
  rows: Kysely<Tables>,
  { until, limit }: { until: Date; limit: number },
): Promise<PastCampaignRow[]> {
  const found = await sql<PastCampaignRow>`
    with past as (
      select id, starts_at, ends_at from campaigns
      where state in ('ENDED', 'SETTLED') and starts_at <= ${until}
        and exists (select from campaign_contents promoted where promoted.campaign_id = campaigns.id)
      order by ends_at desc, id limit ${limit}
    )
    select past.id, past.starts_at as "startsAt",
           (select coalesce(array_agg(part.partner_id order by part.partner_id), '{}') from campaign_partners part
            where part.campaign_id = past.id) as "partnerIds",
           (select jsonb_object_agg(mix.domain_code, mix.contents) from (
              select c.domain_code, count(*)::int as contents from campaign_contents promoted
              join contents c on c.id = promoted.content_id
              where promoted.campaign_id = past.id group by 1) mix) as "domainMix",
           (select coalesce(sum(daily.registrations), 0)::int from campaign_metrics_daily daily
            where daily.campaign_id = past.id) as registrations
    from past order by past.ends_at desc, past.id`.execute(rows);
  return found.rows;
}
