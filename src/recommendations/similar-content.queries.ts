import { sql } from 'kysely';
import { type Demand, isOffered } from '../content/index.ts';
import type { Database } from '../platform/database.ts';
import { SIMILARITY_MODEL } from './model-version.store.ts';

export interface SimilarContent {
  readonly contentId: string;
  /** In (0, 1]. */
  readonly similarity: number;
}

/** The neighbours of a content in the version that serves, those on offer, best first. */
export async function findSimilarContents(
  database: Database,
  { contentId, first, demand }: { contentId: string; first: number; demand: Demand },
): Promise<SimilarContent[]> {
  const { rows } = await sql<SimilarContent>`
    select contents.id as "contentId", one.similarity::float8 as similarity
    from model_pointers
    join content_neighbours using (version_id)
    cross join lateral unnest(neighbour_ids, scores) with ordinality as one (id, similarity, position)
    join contents on contents.id = one.id
    where model_pointers.model = ${SIMILARITY_MODEL}
      and content_neighbours.content_id = ${contentId}
      and ${isOffered(demand)}
    order by one.position
    limit ${first}
  `.execute(database.read());
  return rows;
}
