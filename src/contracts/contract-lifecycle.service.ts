import { DateTime } from 'luxon';
import type { OutboxService } from '../outbox/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, system } from '../shared/actor.ts';
import { IllegalTransitionError, InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { Contract } from './contract.entity.ts';
import { VersionSupersededError } from './contract.errors.ts';
import type { ContractRow } from './contract.queries.ts';
import { type ContractState, isNegotiating } from './contract.state.ts';
import { ContractAcceptance } from './contract-acceptance.entity.ts';
import { type LockedContract, lockContract, lockContractFor, type Side, toContractRow } from './contract-access.ts';
import { findDueContractIds } from './contract-due.queries.ts';
import { moveContract } from './contract-history.ts';
import { assertNoOverlap } from './contract-overlap.ts';
import { ContractVersion } from './contract-version.entity.ts';
import { type ContractTables, selectTerms } from './coverage.queries.ts';
import { assertTermsTogether } from './term-worlds.ts';

/**
 * Sales that others have dated after the effective date may be split already by the version before, although the date
 * has not come by our clock: no two clocks differ by more than this. Whoever splits later sees this version.
 */
const CLOCKS_DIFFER_MS = 24 * 3_600_000;

/** What binds: signatures, dates, notice and the end. */
export class ContractLifecycleService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Accepts the version on the table in the name of a side. With the last signature the version counts; a contract that
   * was under negotiation is accepted, and in force from its effective date on. Whoever put the version on the table
   * has signed by that, and a second signature by the same side changes nothing.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may act for that side
   * @throws VersionSupersededError when another version is on the table than the one accepted
   * @throws IllegalTransitionError when the version was withdrawn or the contract is not open for signatures
   * @throws AmbiguousTermsError, InvalidInputError when the clauses have no meaning together
   * @throws ContractOverlapError when a supplier is bound by another contract for the same sales; nothing is accepted
   */
  async accept(actor: Actor, acceptance: Acceptance): Promise<ContractRow> {
    const { contractId, partnerId: side } = acceptance;
    const reason = requireReason(acceptance.reason);
    return this.#platform.database.transaction(async (em) => {
      const locked = await lockContractFor(em, actor, { contractId, side });
      const { contract, latest } = locked;
      if (latest.number !== acceptance.versionNumber) throw new VersionSupersededError(latest.number);
      if (contract.state === 'DRAFT' || contract.state === 'ENDED' || latest.withdrawnAt) {
        throw new IllegalTransitionError('contract', contract.state, 'ACCEPTED');
      }
      const missing = await findMissingSides(em, locked);
      if (!missing.includes(side)) return toContractRow(contract);
      await this.#assertMeaning(em, latest);
      this.#sign(em, { versionId: latest.id, side, actor, reason });
      if (missing.length === 1) await this.#record(em, { contract, version: latest, actor, reason });
      return toContractRow(contract);
    });
  }

  /**
   * Announces the end of a contract in force. It ends `noticeDays` from now, or later where the notice says so. Sales
   * before the end are split by it, however much later.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may act for that side
   * @throws IllegalTransitionError unless the contract is in force
   * @throws InvalidInputError for an end that is too soon
   */
  async giveNotice(actor: Actor, notice: Notice): Promise<ContractRow> {
    const { contractId, partnerId: side } = notice;
    const reason = requireReason(notice.reason);
    return this.#platform.database.transaction(async (em) => {
      const { contract } = await lockContractFor(em, actor, { contractId, side });
      const now = this.#platform.clock.now();
      const local = DateTime.fromJSDate(now, { zone: contract.timeZone });
      const earliest = local.plus({ days: contract.noticeDays }).toJSDate();
      const endsAt = notice.endsAt ?? earliest;
      if (endsAt < earliest) {
        const days = `${contract.noticeDays} days of notice`;
        throw new InvalidInputError('endsAt', `With ${days} it ends at ${earliest.toISOString()} at the earliest.`);
      }
      contract.announceEnd({ at: now, endsAt });
      moveContract(em, this.#platform, { contract, to: 'NOTICE_GIVEN', actor, reason });
      return toContractRow(contract);
    });
  }

  /** Gives a contract the state that its dates ask for by now. A second time changes nothing. */
  async advance(contractId: string): Promise<ContractState> {
    return this.#platform.database.transaction(async (em) => {
      const contract = await lockContract(em, contractId);
      await this.#advance(em, { contract, actor: system('advance-contract') });
      return contract.state;
    });
  }

  /** Contracts that `advance` would do something to, or whose advances have come due of late. */
  findDue(at: Date): Promise<string[]> {
    return findDueContractIds(this.#platform.database, at);
  }

  /** Everybody has accepted. */
  async #record(
    em: EntityManager,
    step: { contract: Contract; version: ContractVersion; actor: Actor; reason: string },
  ): Promise<void> {
    const { contract, version, actor, reason } = step;
    const now = this.#platform.clock.now();
    await assertNoOverlap(em, { contract, effectiveFrom: version.effectiveFrom });
    const earlier = await em.findOne(ContractVersion, { contractId: contract.id, recordedAt: { $ne: null } });
    version.record(now);
    if (isNegotiating(contract.state)) moveContract(em, this.#platform, { contract, to: 'ACCEPTED', actor, reason });
    await em.flush();
    await this.#advance(em, { contract, actor });
    const contractId = contract.id;
    await this.#outbox.enqueueOnce(em, { job: 'advance-contract', payload: { contractId }, requestedBy: actor });
    if (!earlier || version.effectiveFrom.getTime() >= now.getTime() + CLOCKS_DIFFER_MS) return;
    const payload = { contractId, versionId: version.id };
    this.#outbox.enqueue(em, { job: 'reallocate-contract', payload, requestedBy: actor });
  }

  async #advance(em: EntityManager, { contract, actor }: { contract: Contract; actor: Actor }): Promise<void> {
    const now = this.#platform.clock.now();
    if (contract.state === 'ACCEPTED') {
      const inEffect = { contractId: contract.id, recordedAt: { $ne: null }, effectiveFrom: { $lte: now } };
      if (!(await em.findOne(ContractVersion, inEffect))) return;
      const reason = 'Its effective date has come.';
      moveContract(em, this.#platform, { contract, to: 'IN_FORCE', actor, reason });
    }
    if (contract.state === 'NOTICE_GIVEN' && contract.endsAt && contract.endsAt <= now) {
      moveContract(em, this.#platform, { contract, to: 'ENDED', actor, reason: 'The notice has run out.' });
    }
  }

  /** Clauses are checked when they are proposed; what came by another way is checked before it binds anybody. */
  async #assertMeaning(em: EntityManager, { id }: ContractVersion): Promise<void> {
    assertTermsTogether(await selectTerms(rowsOf<ContractTables>(em), [id]));
  }

  #sign(em: EntityManager, signature: { versionId: string; side: Side; actor: Actor; reason: string }): void {
    const { versionId, side: partnerId, actor, reason } = signature;
    const { ids, clock } = this.#platform;
    const signed = { acceptedAt: clock.now(), acceptedBy: actorName(actor), reason };
    em.create(ContractAcceptance, { id: ids.next(), versionId, partnerId, ...signed }, { persist: true });
  }
}

export interface Acceptance {
  readonly contractId: string;
  /** Which version was read: another one is not accepted by mistake. */
  readonly versionNumber: number;
  /** In whose name: a party's, or the platform's when null. */
  readonly partnerId: Side;
  readonly reason: string;
}

export interface Notice {
  readonly contractId: string;
  /** In whose name: a party's, or the platform's when null. */
  readonly partnerId: Side;
  /** First instant whose sales it no longer splits; the earliest possible when absent. */
  readonly endsAt?: Date | null | undefined;
  readonly reason: string;
}

/** The sides whose signature a version still needs. */
async function findMissingSides(em: EntityManager, { parties, latest }: LockedContract): Promise<Side[]> {
  const accepted = await em.find(ContractAcceptance, { versionId: latest.id });
  const signed = new Set<Side>([latest.proposerId ?? null, ...accepted.map(({ partnerId }) => partnerId ?? null)]);
  return [null, ...parties.map(({ partnerId }) => partnerId)].filter((side) => !signed.has(side));
}

function requireReason(text: string): string {
  return requireText('reason', text, { maxLength: 500, multiline: true });
}
