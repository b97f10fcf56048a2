import { bulkInsert } from '../platform/bulk-insert.ts';
import type { EntityManager } from '../platform/database.ts';

interface Sighting {
  readonly user_id: string | null;
  readonly visitor_id: string | null;
  readonly received_at: Date;
}

/**
 * Keeps which account is behind a pseudonym, where an event shows both. A pseudonym keeps the account that it was
 * first seen with. Written in one order, so that two batches never wait for each other.
 *
 * @returns number of pseudonyms whose account is known only now
 */
export async function linkVisitors(em: EntityManager, sightings: readonly Sighting[]): Promise<number> {
  const links = new Map<string, { visitor_id: string; user_id: string; seen_at: Date }>();
  for (const { user_id, visitor_id, received_at } of sightings) {
    if (user_id === null || visitor_id === null || links.has(visitor_id)) continue;
    links.set(visitor_id, { visitor_id, user_id, seen_at: received_at });
  }
  const ordered = [...links.values()].sort((a, b) => (a.visitor_id < b.visitor_id ? -1 : 1));
  return bulkInsert(em, 'visitor_links', ordered);
}
