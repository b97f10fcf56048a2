import { type RawBuilder, sql } from 'kysely';
import { type Demand, isEligible, type ShelfFilter } from '../content/index.ts';
import type { Database } from '../platform/database.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import type { Cursor } from '../shared/page.ts';
import { quoted } from './content-terms.ts';
import type { SearchPlan } from './search-plan.ts';

export interface FoundContent {
  readonly contentId: string;
  /** Above 0; higher is better. Compares within one search alone. */
  readonly score: number;
}

export interface SearchRequest {
  readonly plan: SearchPlan;
  /** The whole query, folded. */
  readonly folded: string;
  readonly demand: Demand;
  readonly filter: ShelfFilter;
}

/** What a word counts in each field, as PostgreSQL takes it: description, partner, author or keyword, title. */
const FIELD_WEIGHTS = '{0.12, 0.3, 0.5, 1}';
/** What a title counts that is the query, beside all words in it; less for one that holds more than the query. */
const WHOLE_TITLE = 0.5;

/** Contents on offer that have enough of what was looked for, best first, equal ones in falling order of id. */
export async function findBySearch(
  database: Database,
  { after, limit, ...request }: SearchRequest & { after: FoundContent | null; limit: number },
): Promise<FoundContent[]> {
  const follows = after
    ? sql<boolean>`(ranked.score, contents.id) < (${after.score}::float8, ${after.contentId}::uuid)`
    : sql<boolean>`true`;
  const { rows } = await sql<FoundContent>`
    ${rankedFor(request)}
    select contents.id as "contentId", ranked.score
    from ranked join contents on contents.id = ranked.content_id
    where ${follows} and ${isEligible(request.demand, request.filter)}
    order by ranked.score desc, contents.id desc
    limit ${limit}
  `.execute(database.read());
  return rows;
}

/** How many contents `findBySearch` would find on all pages together. */
export async function countBySearch(database: Database, request: SearchRequest): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    ${rankedFor(request)}
    select count(*)::int as count
    from ranked join contents on contents.id = ranked.content_id
    where ${isEligible(request.demand, request.filter)}
  `.execute(database.read());
  return rows[0]?.count ?? 0;
}

/**
 * `ranked`: score = sum over the words of the query of the greatest, over what the word may mean, of weight x certainty
 * x rank in the fields, and for a title that holds the query as it stands, half the weight of all words times the share
 * of the title that it is. Rounded, so that no order of adding shows in it.
 */
function rankedFor({ plan, folded }: SearchRequest): RawBuilder<unknown> {
  const { alternatives, leastWeight } = plan;
  const asked = alternatives.map(({ term, word, weight, certainty }) => ({
    word,
    weight,
    certainty,
    lexeme: quoted(term),
  }));
  return sql`
    with asked as materialized (
      select word, lexeme::tsquery as lexeme, weight, weight * certainty as worth
      from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb)
        as one (word int, lexeme text, weight float8, certainty float8)
    ), words as materialized (
      select content_search.content_id, asked.word, max(asked.weight) as weight,
        max(asked.worth * ts_rank(${FIELD_WEIGHTS}::float4[], content_search.terms, asked.lexeme)) as score
      from asked join content_search on content_search.terms @@ asked.lexeme
      group by content_search.content_id, asked.word
    ), found as materialized (
      select content_id, sum(weight) as weight, sum(score) as score
      from words group by content_id having sum(weight) >= ${leastWeight}::float8
    ), ranked as (
      select content_id, round((found.score + found.weight * ${wholeTitle(folded)})::numeric, 6)::float8 as score
      from found join content_search using (content_id)
    )`;
}

function wholeTitle(folded: string): RawBuilder<number> {
  return sql<number>`case when strpos(content_search.title, ${folded}) > 0
    then ${WHOLE_TITLE}::float8 * length(${folded}::text) / length(content_search.title) else 0 end`;
}

export function searchCursor({ score, contentId }: FoundContent): Cursor {
  return [String(score), contentId];
}

/** @throws InvalidInputError when the cursor is not one of a search */
export function readSearchCursor(after: Cursor | null): FoundContent | null {
  if (!after) return null;
  const [score = '', contentId = ''] = after;
  if (/^\d+(\.\d+)?$/.test(score) && isUuid(contentId)) return { score: Number(score), contentId };
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
