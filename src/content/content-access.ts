import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import { type Actor, partnerScope } from '../shared/actor.ts';
import { ForbiddenError, UnauthenticatedError } from '../shared/domain-error.ts';
import { Content } from './content.entity.ts';

/** Who supplies content: owners and managers of the partner, and admins. */
export const SUPPLIERS = { memberRoles: ['OWNER', 'MANAGER'], staffRoles: ['ADMIN'] } as const;

/**
 * The content, locked for a change by one of its suppliers.
 *
 * @throws UnauthenticatedError
 * @throws ForbiddenError when the actor supplies nothing for its partner, and when there is no such content
 */
export async function lockSuppliedContent(em: EntityManager, actor: Actor, id: string): Promise<Content> {
  if (actor.kind === 'ANONYMOUS') throw new UnauthenticatedError();
  const scope = partnerScope(actor, SUPPLIERS);
  const content = await em.findOne(Content, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!content || !(scope === 'ALL' || scope.includes(content.partnerId))) throw new ForbiddenError();
  return content;
}
