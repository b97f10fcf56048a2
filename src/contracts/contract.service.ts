import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole, requireUser } from '../shared/actor.ts';
import { IllegalTransitionError, InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { Contract } from './contract.entity.ts';
import { VersionSupersededError } from './contract.errors.ts';
import { type ContractRow, findContractPage, findVisibleContract } from './contract.queries.ts';
import { isNegotiating } from './contract.state.ts';
import { type LockedContract, lockContractFor, type Side, toContractRow } from './contract-access.ts';
import type { VersionInForce } from './contract-coverage.ts';
import { moveContract, recordContractStep } from './contract-history.ts';
import { ContractParty } from './contract-party.entity.ts';
import { type ContractProposal, checkContract, checkVersion, type VersionProposal } from './contract-proposal.ts';
import { createVersion, requireSameCounters, requireScopes, requireSigningPartners } from './contract-writing.ts';
import { type ContractTables, coverageOf } from './coverage.queries.ts';

/** What is on the table: contracts and their versions from draft to counter-proposal, and reading them. */
export class ContractService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Writes a contract that the parties do not see yet.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError whose field is the path of what is wrong: `terms.2.tiers.0.percent`
   * @throws AmbiguousTermsError when two clauses can meet in one sale and nothing says which of them applies
   */
  async draft(actor: Actor, proposal: ContractProposal): Promise<ContractRow> {
    return this.#create(actor, proposal, 'DRAFT');
  }

  /**
   * Proposes a contract in the platform's name: it comes into force when every party has accepted a version of it.
   *
   * @throws as `draft`
   */
  async propose(actor: Actor, proposal: ContractProposal): Promise<ContractRow> {
    return this.#create(actor, proposal, 'PROPOSED');
  }

  /**
   * Puts a draft to its parties.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws IllegalTransitionError unless it is a draft
   */
  async proposeDraft(actor: Actor, draft: { contractId: string; reason: string }): Promise<ContractRow> {
    const reason = requireReason(draft.reason);
    return this.#platform.database.transaction(async (em) => {
      const { contract } = await lockContractFor(em, actor, { contractId: draft.contractId, side: null });
      moveContract(em, this.#platform, { contract, to: 'PROPOSED', actor, reason });
      return toContractRow(contract);
    });
  }

  /**
   * Puts a new version of a contract on the table, which takes the place of one that is there. Until every side has
   * accepted it, sales are split by the versions before it.
   *
   * @param proposal in whose name: a party's, or the platform's when absent
   * @throws UnauthenticatedError, ForbiddenError unless the actor may act for that side
   * @throws IllegalTransitionError when the contract has ended
   * @throws InvalidInputError, AmbiguousTermsError as `draft`
   */
  async proposeAmendment(
    actor: Actor,
    proposal: VersionProposal & { contractId: string; partnerId?: Side | undefined },
  ): Promise<ContractRow> {
    const side = proposal.partnerId ?? null;
    return this.#platform.database.transaction(async (em) => {
      const locked = await lockContractFor(em, actor, { contractId: proposal.contractId, side });
      if (locked.contract.state === 'ENDED') throw new IllegalTransitionError('contract', 'ENDED', 'IN_FORCE');
      return this.#putOnTable(em, { locked, proposal, actor, side });
    });
  }

  /**
   * Answers the version on the table with another one, which every other side then has to accept.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may act for that side
   * @throws VersionSupersededError when another version is on the table than the one answered
   * @throws IllegalTransitionError when nothing is on the table
   * @throws InvalidInputError, AmbiguousTermsError as `draft`
   */
  async counter(
    actor: Actor,
    proposal: VersionProposal & { contractId: string; versionNumber: number; partnerId: Side },
  ): Promise<ContractRow> {
    const { contractId, versionNumber, partnerId: side } = proposal;
    return this.#platform.database.transaction(async (em) => {
      const locked = await lockContractFor(em, actor, { contractId, side });
      requireOnTable(locked, { versionNumber, to: 'COUNTERED' });
      return this.#putOnTable(em, { locked, proposal, actor, side });
    });
  }

  /**
   * Takes the version on the table off it. Before everybody has signed a first one, the contract ends by that; later it
   * goes on as it was. Any side may: one that proposed takes back, another one declines.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may act for that side
   * @throws VersionSupersededError when another version is on the table
   * @throws IllegalTransitionError when nothing is on the table
   */
  async withdraw(
    actor: Actor,
    withdrawal: { contractId: string; versionNumber: number; partnerId: Side; reason: string },
  ): Promise<ContractRow> {
    const { contractId, versionNumber, partnerId: side } = withdrawal;
    const reason = requireReason(withdrawal.reason);
    return this.#platform.database.transaction(async (em) => {
      const locked = await lockContractFor(em, actor, { contractId, side });
      requireOnTable(locked, { versionNumber, to: 'ENDED' });
      const { contract, latest } = locked;
      latest.withdraw({ at: this.#platform.clock.now(), by: actorName(actor), reason });
      const wasNeverSigned = contract.state === 'DRAFT' || isNegotiating(contract.state);
      if (wasNeverSigned) moveContract(em, this.#platform, { contract, to: 'ENDED', actor, reason });
      return toContractRow(contract);
    });
  }

  find(actor: Actor, id: string): Promise<ContractRow | null> {
    return findVisibleContract(this.#platform.database, actor, id);
  }

  list(actor: Actor, page: PageRequest): Promise<Page<ContractRow>> {
    return findContractPage(this.#platform.database, actor, page);
  }

  /**
   * The contract and version that split a supplier's sale, as it was known at an instant.
   *
   * @returns null when none does, or when the actor may not see it
   * @throws UnauthenticatedError
   */
  async contractAt(
    actor: Actor,
    sale: SaleQuestion,
  ): Promise<{ contract: ContractRow; version: VersionInForce } | null> {
    if (actor.kind !== 'SYSTEM') requireUser(actor);
    const { supplierId, currency, soldAt } = sale;
    const { database } = this.#platform;
    const known = sale.knownAt ? { knownAt: sale.knownAt } : {};
    const coverage = await coverageOf(database.read<ContractTables>(), { supplierIds: [supplierId], ...known });
    const version = coverage.versionAt({ ownerPartnerId: supplierId, currency, soldAt });
    const contract = version && (await findVisibleContract(database, actor, version.contractId));
    return contract && { contract, version };
  }

  async #create(actor: Actor, proposal: ContractProposal, state: 'DRAFT' | 'PROPOSED'): Promise<ContractRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const { partyIds, ...facts } = checkContract(proposal);
    const version = checkVersion(proposal, { partyIds, currencies: facts.currencies });
    return this.#platform.database.transaction(async (em) => {
      await requireSigningPartners(em, partyIds);
      await requireScopes(em, { terms: version.terms, supplierIds: suppliersOf(proposal.parties) });
      const { ids, clock } = this.#platform;
      const data = { id: ids.next(), ...facts, state, createdAt: clock.now() };
      const contract = em.create(Contract, data, { persist: true });
      for (const { partnerId, role } of proposal.parties) {
        em.create(ContractParty, { id: ids.next(), contractId: contract.id, partnerId, role }, { persist: true });
      }
      createVersion(em, this.#platform, { contract, version, number: 1, actor, side: null });
      recordContractStep(em, this.#platform, { contract, from: null, actor, reason: version.note });
      return toContractRow(contract);
    });
  }

  async #putOnTable(
    em: EntityManager,
    table: { locked: LockedContract; proposal: VersionProposal; actor: Actor; side: Side },
  ): Promise<ContractRow> {
    const { locked, proposal, actor, side } = table;
    const { contract, parties, latest } = locked;
    const partyIds = parties.map(({ partnerId }) => partnerId);
    const version = checkVersion(proposal, { partyIds, currencies: contract.currencies });
    await requireScopes(em, { terms: version.terms, supplierIds: suppliersOf(parties) });
    await requireSameCounters(em, contract, version.terms);
    createVersion(em, this.#platform, { contract, version, number: latest.number + 1, actor, side });
    if (isNegotiating(contract.state)) {
      moveContract(em, this.#platform, { contract, to: 'COUNTERED', actor, reason: version.note });
    }
    return toContractRow(contract);
  }
}

/** A sale that is asked for. */
export interface SaleQuestion {
  /** Partner whose content is sold. */
  readonly supplierId: string;
  readonly currency: string;
  readonly soldAt: Date;
  /** By what was known then; now, when absent. */
  readonly knownAt?: Date | null | undefined;
}

/** @throws VersionSupersededError, IllegalTransitionError unless just this version waits for signatures */
function requireOnTable(
  { contract, latest }: LockedContract,
  { versionNumber, to }: { versionNumber: number; to: 'COUNTERED' | 'ENDED' },
): void {
  if (versionNumber > latest.number) throw new InvalidInputError('versionNumber', 'The contract has no such version.');
  if (versionNumber !== latest.number) throw new VersionSupersededError(latest.number);
  const isDraft = contract.state === 'DRAFT' && to === 'COUNTERED';
  if (isDraft || latest.recordedAt || latest.withdrawnAt) {
    throw new IllegalTransitionError('contract', contract.state, to);
  }
}

function suppliersOf(parties: readonly { partnerId: string; role: string }[]): string[] {
  return parties.filter(({ role }) => role === 'SUPPLIER').map(({ partnerId }) => partnerId);
}

function requireReason(text: string): string {
  return requireText('reason', text, { maxLength: 500, multiline: true });
}
