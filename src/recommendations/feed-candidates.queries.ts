import { type RawBuilder, sql } from 'kysely';
import type { Demand } from '../content/index.ts';
import type { Database } from '../platform/database.ts';
import type { FeedPlace } from './feed-cursor.ts';
import { type FeedFilter, isEligible } from './feed-filter.ts';
import { type FeedTier, tierOrder } from './feed-tier.ts';
import type { NearContent } from './taste.ts';

export interface FeedCandidate {
  readonly contentId: string;
  readonly tier: FeedTier;
  readonly rank: number;
  readonly domainName: string;
  readonly domainNameZh: string;
}

export interface CandidateRequest {
  readonly userId: string;
  readonly demand: Demand;
  readonly filter: FeedFilter;
  readonly versionId: string | null;
  readonly asOf: Date;
  readonly near: readonly NearContent[];
  readonly after: FeedPlace | null;
  readonly limit: number;
}

/**
 * The next contents of a feed, best first: from each tier the best that may be shown, in one statement. What the person
 * owns, finished or dismissed is left out as of this moment; what they saw before `asOf` is left to the last tier.
 */
export async function findFeedCandidates(database: Database, request: CandidateRequest): Promise<FeedCandidate[]> {
  const { userId, asOf, near, after, limit } = request;
  const tiers = [similar(request), popular(request), latest(request), seen(request)];
  const wanted = tiers.slice(after ? tierOrder(after.tier) : 0);
  const { rows } = await sql<FeedCandidate>`
    with near as materialized (
      select * from unnest(
        ${near.map((one) => one.contentId)}::uuid[], ${near.map((one) => one.taste)}::float8[]) as one (content_id, rank)
    ), touched as materialized (
      select content_id,
        bool_or(kind in ('PURCHASE', 'DISMISS') or (kind = 'PROGRESS' and value >= 1)) as is_settled,
        max(occurred_at) filter (where received_at <= ${asOf}) as seen_at
      from interactions
      where user_id = ${userId}
      group by content_id
    ), candidates as (${sql.join(wanted, sql` union all `)})
    select candidates.id as "contentId", tier, rank, domains.name as "domainName", domains.name_zh as "domainNameZh"
    from candidates
    join domains on domains.code = candidates.domain_code
  `.execute(database.read());
  return rows.toSorted(byPlace).slice(0, limit);
}

function byPlace(one: FeedCandidate, other: FeedCandidate): number {
  const byRank = tierOrder(one.tier) - tierOrder(other.tier) || other.rank - one.rank;
  return byRank || (one.contentId < other.contentId ? 1 : -1);
}

const isUntouched = sql`not exists (
  select 1 from touched where touched.content_id = contents.id and (is_settled or seen_at is not null))`;
const isNotNear = sql`not exists (select 1 from near where near.content_id = contents.id)`;

function similar(request: CandidateRequest): RawBuilder<unknown> {
  return sql`(
    select contents.id, 'SIMILAR' as tier, near.rank, contents.domain_code
    from near join contents on contents.id = near.content_id
    where ${isUntouched} and ${isEligible(request.demand, request.filter)} and ${follows(request, 'SIMILAR', sql`near.rank`)}
    order by near.rank desc, contents.id desc
    limit ${request.limit})`;
}

function popular(request: CandidateRequest): RawBuilder<unknown> {
  return sql`(
    select contents.id, 'POPULAR' as tier, popularity.score as rank, contents.domain_code
    from content_popularity as popularity join contents on contents.id = popularity.content_id
    where popularity.version_id = ${request.versionId}::uuid and ${isUntouched} and ${isNotNear}
      and ${isEligible(request.demand, request.filter)} and ${follows(request, 'POPULAR', sql`popularity.score`)}
    order by popularity.score desc, popularity.content_id desc
    limit ${request.limit})`;
}

function latest(request: CandidateRequest): RawBuilder<unknown> {
  return sql`(
    select contents.id, 'LATEST' as tier, ${microseconds(sql`contents.published_at`)} as rank, contents.domain_code
    from contents
    where not exists (
        select 1 from content_popularity as popularity
        where popularity.version_id = ${request.versionId}::uuid and popularity.content_id = contents.id)
      and ${isUntouched} and ${isNotNear} and contents.published_at >= 'epoch'
      and ${isEligible(request.demand, request.filter)} and ${follows(request, 'LATEST', sql`contents.published_at`)}
    order by contents.published_at desc, contents.id desc
    limit ${request.limit})`;
}

function seen(request: CandidateRequest): RawBuilder<unknown> {
  return sql`(
    select contents.id, 'SEEN' as tier, ${microseconds(sql`touched.seen_at`)} as rank, contents.domain_code
    from touched join contents on contents.id = touched.content_id
    where not touched.is_settled and touched.seen_at is not null
      and ${isEligible(request.demand, request.filter)} and ${follows(request, 'SEEN', sql`touched.seen_at`)}
    order by touched.seen_at desc, contents.id desc
    limit ${request.limit})`;
}

/** Exact: microseconds of this era fit a float. */
function microseconds(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(extract(epoch from ${instant}) * 1000000)::float8`;
}

/** Holds for what comes after the cursor, in the tier that the cursor stands in; the tiers below it begin at their top. */
function follows({ after }: CandidateRequest, tier: FeedTier, key: RawBuilder<unknown>): RawBuilder<boolean> {
  if (after?.tier !== tier) return sql<boolean>`true`;
  const isInstant = tier === 'LATEST' || tier === 'SEEN';
  const rank = isInstant
    ? sql`timestamptz 'epoch' + ${after.rank}::float8 * interval '1 microsecond'`
    : sql`${after.rank}::float8`;
  return sql<boolean>`(${key}, contents.id) < (${rank}, ${after.contentId}::uuid)`;
}
