import { sql } from 'kysely';
import { type Demand, isOffered } from '../../content/index.ts';
import type { Database } from '../../platform/database.ts';

/** Why a feed does not show a content to somebody. */
export const FEED_OBSTACLES = ['NOT_ON_OFFER', 'OWNED', 'FINISHED', 'DISMISSED', 'BLOCKED', 'TOO_YOUNG'] as const;
export type FeedObstacle = (typeof FEED_OBSTACLES)[number];

/** What keeps a content from a person's feed at this moment; of a content that does not exist, that it is not on offer. */
export async function findObstacles(
  database: Database,
  { userId, contentId, demand }: { userId: string; contentId: string; demand: Demand },
): Promise<FeedObstacle[]> {
  const { rows } = await sql<{ obstacle: FeedObstacle }>`
    select 'NOT_ON_OFFER' as obstacle
    where not exists (select 1 from contents where contents.id = ${contentId} and ${isOffered(demand)})
    union
    select case kind when 'PURCHASE' then 'OWNED' when 'DISMISS' then 'DISMISSED' else 'FINISHED' end
    from interactions
    where user_id = ${userId} and content_id = ${contentId}
      and (kind in ('PURCHASE', 'DISMISS') or (kind = 'PROGRESS' and value >= 1))
  `.execute(database.read());
  const found = new Set(rows.map(({ obstacle }) => obstacle));
  return FEED_OBSTACLES.filter((obstacle) => found.has(obstacle));
}
