import { type RawBuilder, sql } from 'kysely';
import type { Demand } from '../content/index.ts';
import type { Database } from '../platform/database.ts';
import type { FeedPlace } from './feed-cursor.ts';
import { type FeedFilter, isEligible } from './feed-filter.ts';
import { FEED_TIERS, type FeedTier, tierOrder } from './feed-tier.ts';
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
 * The next contents of a feed, best first: from each tier the best that may be shown, in one statement. A tier is
 * looked at only when those above it do not fill the page. What the person owns, finished or dismissed is left out as of this
 * moment; what they saw before `asOf` is left to the last tier.
 */
export async function findFeedCandidates(database: Database, request: CandidateRequest): Promise<FeedCandidate[]> {
  const { userId, asOf, near, after, limit } = request;
  const { rows } = await sql<FeedCandidate>`
    with near as materialized (
      select * from unnest(${listOf(near.map((one) => one.contentId))}::uuid[],
        ${listOf(near.map((one) => one.taste))}::float8[]) as one (content_id, rank)
    ), touched as materialized (
      select content_id,
        bool_or(kind in ('PURCHASE', 'DISMISS') or (kind = 'PROGRESS' and value >= 1)) as is_settled,
        max(occurred_at) filter (where received_at <= ${asOf}) as seen_at
      from interactions
      where user_id = ${userId}
      group by content_id
    ), ${tiersFrom(request, after?.tier ?? 'SIMILAR')}
    select candidates.id as "contentId", tier, rank, domains.name as "domainName", domains.name_zh as "domainNameZh"
    from candidates
    join domains on domains.code = candidates.domain_code
  `.execute(database.read());
  return rows.toSorted(byPlace).slice(0, limit);
}

/** A long list travels as one text: the driver takes many times as long to write it as an array. */
function listOf(values: readonly (string | number)[]): RawBuilder<unknown> {
  return sql`string_to_array(${values.join(',')}, ',')`;
}

/** One table expression a tier, from the first on, and `candidates` over all of them. */
function tiersFrom(request: CandidateRequest, first: FeedTier): RawBuilder<unknown> {
  const names = FEED_TIERS.slice(tierOrder(first)).map((tier) => ({
    tier,
    name: sql.table(`${tier.toLowerCase()}_tier`),
  }));
  const tiers = names.map(({ tier, name }, position) => {
    const above = names.slice(0, position).map((one) => sql`(select count(*) from ${one.name})`);
    const isWanted =
      above.length === 0 ? sql<boolean>`true` : sql<boolean>`${sql.join(above, sql` + `)} < ${request.limit}`;
    const may = sql<boolean>`${isEligible(request.demand, request.filter)} and ${isWanted}`;
    return sql`${name} as materialized (${TIER_QUERIES[tier](request, may)})`;
  });
  const all = names.map(({ name }) => sql`select * from ${name}`);
  return sql`${sql.join(tiers)}, candidates as (${sql.join(all, sql` union all `)})`;
}

function byPlace(one: FeedCandidate, other: FeedCandidate): number {
  const byRank = tierOrder(one.tier) - tierOrder(other.tier) || other.rank - one.rank;
  return byRank || (one.contentId < other.contentId ? 1 : -1);
}

const isUntouched = sql`not exists (
  select 1 from touched where touched.content_id = contents.id and (is_settled or seen_at is not null))`;
const isNotNear = sql`not exists (select 1 from near where near.content_id = contents.id)`;

/** @param may holds for rows of `contents` that may be shown now, and for none when the tier is not wanted */
type TierQuery = (request: CandidateRequest, may: RawBuilder<boolean>) => RawBuilder<unknown>;

const TIER_QUERIES: Readonly<Record<FeedTier, TierQuery>> = {
  SIMILAR: similar,
  POPULAR: popular,
  LATEST: latest,
  SEEN: seen,
};

function similar(request: CandidateRequest, may: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
    select contents.id, 'SIMILAR' as tier, near.rank, contents.domain_code
    from near join contents on contents.id = near.content_id
    where ${isUntouched} and ${may} and ${follows(request, 'SIMILAR', sql`near.rank`)}
    order by near.rank desc, contents.id desc
    limit ${request.limit}`;
}

function popular(request: CandidateRequest, may: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
    select contents.id, 'POPULAR' as tier, popularity.score as rank, contents.domain_code
    from content_popularity as popularity join contents on contents.id = popularity.content_id
    where popularity.version_id = ${request.versionId}::uuid and ${isUntouched} and ${isNotNear}
      and ${may} and ${follows(request, 'POPULAR', sql`popularity.score`)}
    order by popularity.score desc, popularity.content_id desc
    limit ${request.limit}`;
}

function latest(request: CandidateRequest, may: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
    select contents.id, 'LATEST' as tier, ${microseconds(sql`contents.published_at`)} as rank, contents.domain_code
    from contents
    where not exists (
        select 1 from content_popularity as popularity
        where popularity.version_id = ${request.versionId}::uuid and popularity.content_id = contents.id)
      and ${isUntouched} and ${isNotNear} and contents.published_at >= 'epoch'
      and ${may} and ${follows(request, 'LATEST', sql`contents.published_at`)}
    order by contents.published_at desc, contents.id desc
    limit ${request.limit}`;
}

function seen(request: CandidateRequest, may: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
    select contents.id, 'SEEN' as tier, ${microseconds(sql`touched.seen_at`)} as rank, contents.domain_code
    from touched join contents on contents.id = touched.content_id
    where not touched.is_settled and touched.seen_at is not null
      and ${may} and ${follows(request, 'SEEN', sql`touched.seen_at`)}
    order by touched.seen_at desc, contents.id desc
    limit ${request.limit}`;
}

/** Exact: microseconds of this era fit a float. */
function microseconds(instant: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`(extract(epoch from ${instant}) * 1000000)::float8`;
}

/** Holds for what comes after the cursor, in the tier where that stands; the tiers below begin at their top. */
function follows({ after }: CandidateRequest, tier: FeedTier, key: RawBuilder<unknown>): RawBuilder<boolean> {
  if (after?.tier !== tier) return sql<boolean>`true`;
  const isInstant = tier === 'LATEST' || tier === 'SEEN';
  const rank = isInstant
    ? sql`timestamptz 'epoch' + ${after.rank}::float8 * interval '1 microsecond'`
    : sql`${after.rank}::float8`;
  return sql<boolean>`(${key}, contents.id) < (${rank}, ${after.contentId}::uuid)`;
}
