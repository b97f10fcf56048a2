import { ForbiddenError, UnauthenticatedError } from './domain-error.ts';

/** Platform-wide roles. What a person may do for a partner is a matter of membership, not of role. */
export const ROLES = ['LEARNER', 'FINANCE', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

export const MEMBER_ROLES = ['OWNER', 'MANAGER', 'FINANCE', 'VIEWER'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export interface Membership {
  readonly partnerId: string;
  readonly role: MemberRole;
}

/** Who asks. Every use case takes one; none reads it from elsewhere. */
export type Actor = Anonymous | SignedIn | System;

export interface Anonymous {
  readonly kind: 'ANONYMOUS';
}

export interface SignedIn {
  readonly kind: 'USER';
  readonly userId: string;
  readonly sessionId: string;
  /** ISO 3166-1 alpha-2; null when the person did not say. Licences depend on it. */
  readonly country: string | null;
  readonly roles: readonly Role[];
  readonly memberships: readonly Membership[];
}

/** A job, a seed or the command line on the operator's machine. */
export interface System {
  readonly kind: 'SYSTEM';
  readonly name: string;
}

export const anonymous: Anonymous = { kind: 'ANONYMOUS' };

export function system(name: string): System {
  return { kind: 'SYSTEM', name };
}

/** @throws UnauthenticatedError when nobody is signed in. */
export function requireUser(actor: Actor): SignedIn {
  if (actor.kind !== 'USER') throw new UnauthenticatedError();
  return actor;
}

export function hasRole(actor: Actor, ...roles: Role[]): boolean {
  if (actor.kind === 'SYSTEM') return true;
  return actor.kind === 'USER' && roles.some((role) => actor.roles.includes(role));
}

/** Whether what belongs to this person alone may be shown. */
export function mayReadPerson(actor: Actor, userId: string): boolean {
  return (actor.kind === 'USER' && actor.userId === userId) || hasRole(actor, 'ADMIN');
}

/**
 * @throws UnauthenticatedError when nobody is signed in.
 * @throws ForbiddenError when the person has none of the roles.
 */
export function requireRole(actor: Actor, ...roles: Role[]): void {
  if (hasRole(actor, ...roles)) return;
  requireUser(actor);
  throw new ForbiddenError();
}

/** The partners that this actor may act for in one of the given member roles; `'ALL'` for staff with `staffRoles`. */
export function partnerScope(
  actor: Actor,
  options: { memberRoles?: readonly MemberRole[]; staffRoles?: readonly Role[] } = {},
): 'ALL' | readonly string[] {
  if (hasRole(actor, ...(options.staffRoles ?? ['ADMIN']))) return 'ALL';
  if (actor.kind !== 'USER') return [];
  const memberRoles = options.memberRoles ?? MEMBER_ROLES;
  return actor.memberships.filter((m) => memberRoles.includes(m.role)).map((m) => m.partnerId);
}

/**
 * @throws UnauthenticatedError when nobody is signed in.
 * @throws ForbiddenError when the partner is outside the actor's scope.
 */
export function requirePartner(
  actor: Actor,
  partnerId: string,
  options: { memberRoles?: readonly MemberRole[]; staffRoles?: readonly Role[] } = {},
): void {
  const scope = partnerScope(actor, options);
  if (scope === 'ALL' || scope.includes(partnerId)) return;
  requireUser(actor);
  throw new ForbiddenError();
}

/** Where the actor is, as far as it is known. */
export function countryOf(actor: Actor): string | null {
  return actor.kind === 'USER' ? actor.country : null;
}

/** How the actor is named in records of who did what. */
export function actorName(actor: Actor): string {
  if (actor.kind === 'USER') return `user:${actor.userId}`;
  return actor.kind === 'SYSTEM' ? `system:${actor.name}` : 'anonymous';
}
