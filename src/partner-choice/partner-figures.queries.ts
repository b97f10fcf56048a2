import { type Kysely, type RawBuilder, sql } from 'kysely';
import { hasConsent } from '../preferences/index.ts';
import type { Period, TargetAudience } from './choice-goal.ts';

/** A partner in a period: what figures are asked about. */
export interface FigureSpan extends Period {
  readonly partnerId: string;
}

/** What people did with a partner's contents in a period. */
export interface AudienceRow {
  /** Place of the span asked about, from 0. */
  readonly place: number;
  /** Who did something with a content of the partner, or bought one. */
  readonly people: number;
  /** Those of them who did something. */
  readonly engagedPeople: number;
  readonly views: number;
  /** What people did beside viewing. */
  readonly interactions: number;
  /** People whose profile may be used for it and says something; all of them where no words are looked for. */
  readonly judgedPeople: number;
  /** Those of them who are wanted. */
  readonly targetPeople: number;
  /** Of each domain the part of what these people did anywhere, summed over people; each person counts as one. */
  readonly domainMix: Readonly<Record<string, number>>;
}

/** What was sold of a partner's contents in a period and is not given back. */
export interface SalesRow {
  readonly place: number;
  /** Null in the row of all currencies together. */
  readonly currency: string | null;
  readonly buyers: number;
  readonly sales: number;
  /** What buyers paid less what went back to them since; null for all currencies together. */
  readonly revenueMinor: bigint | null;
}

/** Figures of one span as the database has them. */
export interface CountedFigures {
  readonly audience: AudienceRow;
  /** By currency, and of all. */
  readonly sales: readonly SalesRow[];
}

/**
 * A row for each span, in one statement however many there are. Somebody who dismissed a content is not counted by
 * that. What a person does is looked at once for each period, whatever number of partners share the person.
 */
export async function findAudiences<Tables>(
  rows: Kysely<Tables>,
  { spans, target }: { spans: readonly FigureSpan[]; target: TargetAudience },
): Promise<AudienceRow[]> {
  const found = await sql<AudienceRow>`
    with ${spansOf(spans)},
    events as materialized (
      select s.place, s.period, i.user_id, count(*) filter (where i.kind = 'VIEW') as views,
             count(*) filter (where i.kind <> 'VIEW') as interactions
      from spans s
      join contents c on c.partner_id = s.partner_id
      join interactions i on i.content_id = c.id and i.occurred_at > s.since and i.occurred_at <= s.until
      where i.kind <> 'DISMISS'
      group by 1, 2, 3
    ),
    people as materialized (
      select place, user_id from events
      union
      select s.place, o.user_id from spans s
      join order_items item on item.owner_partner_id = s.partner_id
      join orders o on o.id = item.order_id and o.paid_at > s.since and o.paid_at <= s.until
    ),
    tastes as materialized (
      select asked.user_id, asked.period, c.domain_code,
             round(count(*) / sum(count(*)) over (partition by asked.user_id, asked.period), 12) as part
      from (select distinct user_id, period from events) asked
      join (select distinct period, since, until from spans) days using (period)
      join interactions i on i.user_id = asked.user_id and i.occurred_at > days.since and i.occurred_at <= days.until
      join contents c on c.id = i.content_id
      where i.kind <> 'DISMISS'
      group by 1, 2, 3
    ),
    mixes as (
      select place, jsonb_object_agg(domain_code, part) as mix from (
        select e.place, t.domain_code, sum(t.part) as part
        from events e join tastes t using (user_id, period)
        group by 1, 2
      ) summed group by 1
    ),
    done as (
      select place, count(*)::int as engaged, sum(views)::int as views, sum(interactions)::int as interactions
      from events group by 1
    ),
    fits as materialized (
      select asked.user_id, f.told, f.wanted
      from (select distinct user_id from people) asked
      left join users u on u.id = asked.user_id cross join lateral (${fitOf(target)}) f
    ),
    judged as (
      select p.place, count(*)::int as people, count(*) filter (where f.told)::int as told,
             count(*) filter (where f.told and f.wanted)::int as wanted
      from people p join fits f using (user_id) group by 1
    )
    select s.place::int as place, coalesce(j.people, 0) as people, coalesce(d.engaged, 0) as "engagedPeople",
           coalesce(d.views, 0) as views, coalesce(d.interactions, 0) as interactions,
           coalesce(j.told, 0) as "judgedPeople", coalesce(j.wanted, 0) as "targetPeople",
           coalesce(m.mix, '{}'::jsonb) as "domainMix"
    from spans s left join judged j using (place) left join done d using (place) left join mixes m using (place)
    order by s.place`.execute(rows);
  return found.rows;
}

/**
 * Rows by span and currency, and one for all currencies of a span; none where nothing was sold. One statement. What went
 * back of an order, by refunds and by chargebacks that were not won, is shared by its items in proportion to their price.
 */
export async function findSales<Tables>(rows: Kysely<Tables>, spans: readonly FigureSpan[]): Promise<SalesRow[]> {
  const found = await sql<SalesRow>`
    with ${spansOf(spans)},
    sold as materialized (
      select s.place, item.order_id, item.price_minor, o.user_id, o.currency, o.total_minor
      from spans s
      join order_items item on item.owner_partner_id = s.partner_id
      join orders o on o.id = item.order_id and o.paid_at > s.since and o.paid_at <= s.until
    ),
    returned as (
      select order_id, sum(amount_minor) as amount from (
        select order_id, amount_minor from refunds where state = 'SUCCEEDED'
        union all
        select order_id, amount_minor from chargebacks where opened_at is not null and state <> 'WON'
      ) back where order_id in (select order_id from sold) group by 1
    ),
    kept as (
      select sold.*, total_minor - least(total_minor, coalesce(returned.amount, 0)) as kept_minor
      from sold left join returned using (order_id)
    )
    select place::int as place, currency, (count(distinct user_id))::int as buyers, count(*)::int as sales,
           case when grouping(currency) = 0
             then round(sum(case when total_minor = 0 then 0 else price_minor * kept_minor / total_minor end))::bigint
           end as "revenueMinor"
    from kept where kept_minor > 0 or total_minor = 0
    group by grouping sets ((place), (place, currency)) order by 1, 2 nulls first`.execute(rows);
  return found.rows;
}

function spansOf(spans: readonly FigureSpan[]): RawBuilder<unknown> {
  return sql`spans as (
      select partner_id, since, until, number - 1 as place, dense_rank() over (order by since, until) as period
      from unnest(${spans.map(({ partnerId }) => partnerId)}::uuid[], ${spans.map(({ since }) => since)}::timestamptz[],
                  ${spans.map(({ until }) => until)}::timestamptz[]) with ordinality
        as asked(partner_id, since, until, number)
    )`;
}

/** Whether the person `u` can be judged, and is wanted. */
function fitOf({ personaWords, language }: TargetAudience): RawBuilder<unknown> {
  const speaks =
    language === null
      ? sql`true`
      : sql`coalesce(lower(u.locale) = lower(${language}::text)
                     or starts_with(lower(u.locale), lower(${language}::text) || '-'), false)`;
  if (personaWords.length === 0) {
    // An event of somebody who is not known tells no language.
    return sql`select ${language === null ? sql`true` : sql`u.id is not null`} as told, ${speaks} as wanted`;
  }
  return sql`
    select said.text <> '' and ${hasConsent('PROFILE', sql.ref('u.id'))} as told,
           ${speaks} and exists (select from unnest(${personaWords}::text[]) word
                                 where position(lower(word) in said.text) > 0) as wanted
    from (select btrim(lower(concat_ws(' ', u.occupation, array_to_string(u.interests, ' '), array_to_string(u.goals, ' '))))
            as text) said`;
}
