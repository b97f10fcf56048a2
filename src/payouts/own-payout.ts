import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Actor } from '../shared/actor.ts';
import { OwnPayoutError } from './payout.errors.ts';

/**
 * Nobody proposes, approves, sends or answers for a payout to a partner that they belong to, in whatever role.
 *
 * @param partnerIds who is paid
 * @throws OwnPayoutError naming the partners that the actor belongs to
 */
export async function requireNoOwnPayout(
  em: EntityManager,
  actor: Actor,
  partnerIds: readonly string[],
): Promise<void> {
  if (actor.kind !== 'USER') return;
  const paid = new Set(partnerIds);
  const ownIds = actor.memberships.map(({ partnerId }) => partnerId).filter((id) => paid.has(id));
  if (ownIds.length === 0) return;
  const { rows } = await sql<{ id: string; name: string }>`
    select id, name from partners where id = any(${ownIds}::uuid[]) order by name, id`.execute(rowsOf(em));
  throw new OwnPayoutError(rows);
}
