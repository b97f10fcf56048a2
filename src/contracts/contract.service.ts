import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import { Partner } from '../partners/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requirePartner, requireRole } from '../shared/actor.ts';
import { ForbiddenError, IllegalTransitionError, InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { Contract } from './contract.entity.ts';
import { ContractOverlapError, VersionSupersededError } from './contract.errors.ts';
import { type ContractRow, findContractPage, findOverlap, findVisibleContract } from './contract.queries.ts';
import type { ContractState } from './contract.state.ts';
import { ContractAcceptance } from './contract-acceptance.entity.ts';
import { ContractParty } from './contract-party.entity.ts';
import { type ContractProposal, checkContract, checkVersion, type VersionProposal } from './contract-proposal.ts';
import { ContractStep } from './contract-step.entity.ts';
import { ContractTerm } from './contract-term.entity.ts';
import { ContractVersion } from './contract-version.entity.ts';

/** Agreements of the platform with partners, from proposal to amendment. */
export class ContractService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Proposes a contract in the platform's name: it is in force when every party has accepted its first version.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError whose field is the path of what is wrong: `terms.2.percent`
   */
  async propose(actor: Actor, proposal: ContractProposal): Promise<ContractRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const facts = checkContract(proposal);
    const version = checkVersion(proposal, facts.partyIds);
    return this.#platform.database.transaction(async (em) => {
      await requireSigningPartners(em, facts.partyIds);
      const { ids, clock } = this.#platform;
      const { name, currency, timeZone } = facts;
      const createdAt = clock.now();
      const contract = em.create(
        Contract,
        {
          id: ids.next(),
          name,
          currency,
          currencies: [currency],
          timeZone,
          noticeDays: 30,
          state: 'PROPOSED',
          createdAt,
        },
        { persist: true },
      );
      for (const { partnerId, role } of proposal.parties) {
        em.create(ContractParty, { id: ids.next(), contractId: contract.id, partnerId, role }, { persist: true });
      }
      this.#createVersion(em, { contract, version, number: 1, actor });
      this.#recordStep(em, { contract, from: null, actor, reason: version.note });
      return toRow(contract);
    });
  }

  /**
   * Proposes a new version of a contract, which takes the place of one that is still on the table. Until every party
   * has accepted it, sales are split by the versions before it.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws IllegalTransitionError when the contract has ended
   * @throws InvalidInputError as `propose`
   */
  async proposeAmendment(actor: Actor, proposal: VersionProposal & { contractId: string }): Promise<ContractRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return this.#platform.database.transaction(async (em) => {
      const contract = await lockContract(em, proposal.contractId);
      if (contract.state === 'ENDED') throw new IllegalTransitionError('contract', 'ENDED', 'IN_FORCE');
      const parties = await em.find(ContractParty, { contractId: contract.id });
      const version = checkVersion(
        proposal,
        parties.map(({ partnerId }) => partnerId),
      );
      const latest = await findLatestVersion(em, contract.id);
      this.#createVersion(em, { contract, version, number: latest.number + 1, actor });
      return toRow(contract);
    });
  }

  /**
   * Accepts the version on the table in a party's name. With the last acceptance the version counts, and a contract
   * that was only proposed is in force. A second acceptance by the same party changes nothing.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an owner or manager of the party
   * @throws VersionSupersededError when another version is on the table than the one accepted
   * @throws ContractOverlapError when a supplier sells under another contract of the currency; nothing is accepted then
   */
  async accept(actor: Actor, acceptance: Acceptance): Promise<ContractRow> {
    const { contractId, partnerId } = acceptance;
    requirePartner(actor, partnerId, { memberRoles: ['OWNER', 'MANAGER'], staffRoles: [] });
    const reason = requireText('reason', acceptance.reason, { maxLength: 500, multiline: true });
    return this.#platform.database.transaction(async (em) => {
      const contract = await lockContract(em, contractId);
      const parties = await em.find(ContractParty, { contractId });
      if (!parties.some((party) => party.partnerId === partnerId)) throw new ForbiddenError();
      const version = await findLatestVersion(em, contractId);
      if (version.number !== acceptance.versionNumber) throw new VersionSupersededError(version.number);
      const accepted = await em.find(ContractAcceptance, { versionId: version.id });
      if (accepted.some((earlier) => earlier.partnerId === partnerId)) return toRow(contract);
      const { ids, clock } = this.#platform;
      const signature = { partnerId, acceptedAt: clock.now(), acceptedBy: actorName(actor), reason };
      em.create(ContractAcceptance, { id: ids.next(), versionId: version.id, ...signature }, { persist: true });
      if (accepted.length + 1 === parties.length) await this.#record(em, { contract, version, actor, reason });
      return toRow(contract);
    });
  }

  find(actor: Actor, id: string): Promise<ContractRow | null> {
    return findVisibleContract(this.#platform.database, actor, id);
  }

  list(actor: Actor, page: PageRequest): Promise<Page<ContractRow>> {
    return findContractPage(this.#platform.database, actor, page);
  }

  /** Everybody has accepted. */
  async #record(
    em: EntityManager,
    step: { contract: Contract; version: ContractVersion; actor: Actor; reason: string },
  ): Promise<void> {
    const { contract, version, actor, reason } = step;
    version.record(this.#platform.clock.now());
    if (contract.state !== 'PROPOSED') return;
    await assertNoOverlap(em, contract);
    for (const state of ['ACCEPTED', 'IN_FORCE'] as const) {
      const from = contract.state;
      contract.moveTo(state);
      this.#recordStep(em, { contract, from, actor, reason });
    }
  }

  #createVersion(
    em: EntityManager,
    draft: { contract: Contract; version: ReturnType<typeof checkVersion>; number: number; actor: Actor },
  ): void {
    const { ids, clock } = this.#platform;
    const { terms, ...words } = draft.version;
    const versionId = ids.next();
    const place = { contractId: draft.contract.id, number: draft.number };
    const proposed = { proposedAt: clock.now(), proposedBy: actorName(draft.actor) };
    const payout = { holdDays: 0, payoutMinimums: [] };
    em.create(ContractVersion, { id: versionId, ...place, ...words, ...payout, ...proposed }, { persist: true });
    for (const term of terms) em.create(ContractTerm, { id: ids.next(), versionId, ...term }, { persist: true });
  }

  #recordStep(
    em: EntityManager,
    step: { contract: Contract; from: ContractState | null; actor: Actor; reason: string },
  ): void {
    const { contract, from: fromState, actor, reason } = step;
    const { ids, clock } = this.#platform;
    const made = { by: actorName(actor), reason, at: clock.now() };
    const data = { id: ids.next(), contractId: contract.id, fromState, toState: contract.state, ...made };
    em.create(ContractStep, data, { persist: true });
  }
}

export interface Acceptance {
  readonly contractId: string;
  /** Which version was read: another one is not accepted by mistake. */
  readonly versionNumber: number;
  /** In whose name. */
  readonly partnerId: string;
  readonly reason: string;
}

async function requireSigningPartners(em: EntityManager, partnerIds: readonly string[]): Promise<void> {
  const partners = await em.find(Partner, { id: { $in: [...partnerIds] }, state: { $in: ['APPROVED', 'ACTIVE'] } });
  for (const [at, partnerId] of partnerIds.entries()) {
    if (partners.some(({ id }) => id === partnerId)) continue;
    throw new InvalidInputError(`parties.${at}.partnerId`, 'Only an approved or active partner can be a party.');
  }
}

async function lockContract(em: EntityManager, id: string): Promise<Contract> {
  const contract = await em.findOne(Contract, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!contract) throw new ForbiddenError();
  return contract;
}

async function findLatestVersion(em: EntityManager, contractId: string): Promise<ContractVersion> {
  const version = await em.findOne(ContractVersion, { contractId }, { orderBy: { number: 'desc' } });
  return present(version, 'the version of a contract');
}

/** Two contracts of one supplier that come into force at once must see each other: one after the other, then. */
async function assertNoOverlap(em: EntityManager, contract: Contract): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('contracts-come-into-force'))`.execute(rowsOf(em));
  const overlap = await findOverlap(em, { contractId: contract.id, currency: contract.currency });
  if (!overlap) return;
  const { supplierName, otherId, otherName } = overlap;
  const other = { id: otherId, name: otherName };
  throw new ContractOverlapError({ supplierName, currency: contract.currency, contract, other });
}

function toRow({ id, name, currency, timeZone, state, createdAt }: Contract): ContractRow {
  return { id, name, currency, timeZone, state, createdAt };
}
