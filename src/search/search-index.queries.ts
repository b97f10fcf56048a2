import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { foldText, stemOf } from '../shared/text/index.ts';
import { tsvectorOf } from './content-terms.ts';
import { keysOf } from './term-keys.ts';

/** Counts with the texts into the digest: another number makes every content be indexed anew. */
const TERMS_VERSION = 1;

export interface WaitingContent {
  readonly contentId: string;
  readonly digest: string;
  readonly title: string;
  readonly authors: readonly string[];
  readonly keywords: readonly string[];
  readonly partnerName: string;
  readonly description: string;
}

/**
 * Published contents whose texts are not those that were indexed, in the order of their ids.
 *
 * @param ids which to look at; all when null
 */
export async function findWaitingContents(
  em: EntityManager,
  { ids, limit }: { ids: readonly string[] | null; limit: number },
): Promise<WaitingContent[]> {
  const { rows } = await sql<WaitingContent>`
    select contents.id as "contentId", now_as.digest, contents.title, contents.authors, contents.keywords,
      partners.name as "partnerName", contents.description
    from contents
    join partners on partners.id = contents.partner_id
    left join content_search on content_search.content_id = contents.id
    cross join lateral (select md5(json_build_array(${TERMS_VERSION}::int, contents.title, contents.authors,
      contents.keywords, partners.name, contents.description)::text) as digest) now_as
    where contents.state = 'PUBLISHED' and content_search.digest is distinct from now_as.digest
      and ${ids === null ? sql<boolean>`true` : isAnyOf('contents.id', ids)}
    order by contents.id
    limit ${limit}
  `.execute(rowsOf(em));
  return rows;
}

/** Others who write the index wait until `em` commits: how many contents have a term is counted up and down. */
export async function lockIndex(em: EntityManager): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('tributary'), hashtext('search index'))`.execute(rowsOf(em));
}

/** Writes what the contents are found by, and counts their terms. Three statements, however many there are. */
export async function writeTerms(em: EntityManager, contents: readonly WaitingContent[]): Promise<void> {
  const rows = contents.map((content) => ({
    content_id: content.contentId,
    digest: content.digest,
    title: foldText(content.title).trim(),
    terms: tsvectorOf(content),
  }));
  const incoming = sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
    as incoming (content_id uuid, digest text, title text, terms text)`;
  const changes = await sql<{ term: string; change: number; isNew: boolean }>`
    with change as (
      select term, sum(by)::int as change
      from (
        select unnest(tsvector_to_array(incoming.terms::tsvector)) as term, 1 as by from ${incoming}
        union all
        select unnest(tsvector_to_array(content_search.terms)), -1
        from ${incoming} join content_search using (content_id)) moved
      group by term having sum(by) <> 0)
    select change.term, change, search_terms.term is null as "isNew" from change left join search_terms using (term)
  `.execute(rowsOf(em));
  await countTerms(em, changes.rows);
  await sql`
    insert into content_search (content_id, digest, title, terms)
    select content_id, digest, title, terms::tsvector from ${incoming}
    on conflict (content_id) do update set digest = excluded.digest, title = excluded.title, terms = excluded.terms
  `.execute(rowsOf(em));
}

/** A term that no content has any more stays with a count of 0: it may come again, and is never found. */
async function countTerms(
  em: EntityManager,
  changes: readonly { term: string; change: number; isNew: boolean }[],
): Promise<void> {
  const rows = changes.map(({ term, change, isNew }) => ({
    term,
    stem: stemOf(term),
    keys: isNew ? keysOf(term) : [],
    content_count: change,
  }));
  await sql`
    insert into search_terms (term, stem, keys, content_count)
    select term, stem, keys, content_count
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as one (term text, stem text, keys text[], content_count int)
    order by term
    on conflict (term) do update set content_count = search_terms.content_count + excluded.content_count
  `.execute(rowsOf(em));
}
