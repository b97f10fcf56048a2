import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import { type Actor, requirePartner, requireRole } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { Contract } from './contract.entity.ts';
import type { ContractRow } from './contract.queries.ts';
import { ContractParty } from './contract-party.entity.ts';
import { ContractVersion } from './contract-version.entity.ts';

/** One side of a contract: a party by its partner, or the platform, which is null. */
export type Side = string | null;

/**
 * Lets pass who may act for a side: finance staff and admins for the platform, owners and managers for a partner.
 *
 * @throws UnauthenticatedError, ForbiddenError
 */
export function requireSide(actor: Actor, side: Side): void {
  if (side === null) requireRole(actor, 'FINANCE', 'ADMIN');
  else requirePartner(actor, side, { memberRoles: ['OWNER', 'MANAGER'], staffRoles: [] });
}

/** @throws ForbiddenError when there is no such contract */
export async function lockContract(em: EntityManager, id: string): Promise<Contract> {
  const contract = await em.findOne(Contract, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!contract) throw new ForbiddenError();
  return contract;
}

/** A locked contract as a side of it sees it. */
export interface LockedContract {
  readonly contract: Contract;
  readonly parties: readonly ContractParty[];
  /** The last version that was written, on the table or not. */
  readonly latest: ContractVersion;
}

/**
 * Locks a contract for what a side wants to do with it.
 *
 * @throws UnauthenticatedError, ForbiddenError unless the actor may act for the side, the side is one of the contract's,
 *   and sees it: a draft is the platform's own
 */
export async function lockContractFor(
  em: EntityManager,
  actor: Actor,
  { contractId, side }: { contractId: string; side: Side },
): Promise<LockedContract> {
  requireSide(actor, side);
  const contract = await lockContract(em, contractId);
  const parties = await em.find(ContractParty, { contractId });
  const isParty = parties.some(({ partnerId }) => partnerId === side);
  if (side !== null && (!isParty || contract.state === 'DRAFT')) throw new ForbiddenError();
  const latest = await em.findOne(ContractVersion, { contractId }, { orderBy: { number: 'desc' } });
  return { contract, parties, latest: present(latest, 'the version of a contract') };
}

export function toContractRow(contract: Contract): ContractRow {
  const { id, name, currency, currencies, timeZone, state, noticeDays, createdAt } = contract;
  const { noticeGivenAt = null, endsAt = null } = contract;
  return { id, name, currency, currencies, timeZone, state, noticeDays, noticeGivenAt, endsAt, createdAt };
}
