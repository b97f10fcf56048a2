import { type Actor, partnerScope } from '../shared/actor.ts';

/** Who may read a partner's statements. */
export const STATEMENT_READERS = {
  memberRoles: ['OWNER', 'MANAGER', 'FINANCE'],
  staffRoles: ['FINANCE', 'ADMIN'],
} as const;

/** Whether the actor may read the statements of a partner. */
export function mayReadStatements(actor: Actor, partnerId: string): boolean {
  const scope = partnerScope(actor, STATEMENT_READERS);
  return scope === 'ALL' || scope.includes(partnerId);
}
