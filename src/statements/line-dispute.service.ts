import { createHash } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import type { PartnerAccountService } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requirePartner, requireRole } from '../shared/actor.ts';
import { ForbiddenError, IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey, requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { adjustmentOf } from './dispute-adjustment.ts';
import { LineDispute } from './line-dispute.entity.ts';
import {
  findDisputePage,
  findDisputesByIds,
  findTimeZoneOf,
  type HeldLine,
  type LineDisputeRow,
  lockLine,
} from './line-dispute.queries.ts';
import type { DisputeState } from './line-dispute.state.ts';
import { LineDisputeStep } from './line-dispute-step.entity.ts';
import type { StatementTables } from './open-lines.queries.ts';
import { LineDisputedError } from './statement.errors.ts';
import { mayReadStatements, STATEMENT_READERS } from './statement-roles.ts';

export interface DisputeInput {
  readonly lineId: string;
  readonly reason: string;
  /** What the line should be, in minor units. */
  readonly amountMinor: bigint;
  readonly idempotencyKey: string;
}

export interface DisputeAnswer {
  readonly disputeId: string;
  readonly verdict: 'ACCEPT' | 'REJECT';
  /** What the line should be; with ACCEPT, and only then. */
  readonly amountMinor?: bigint | null;
  readonly reason: string;
  readonly idempotencyKey: string;
}

const MAX_REASON = 1_000;
const MAX_MINOR = 10n ** 15n;

/** Objections to lines of statements, and their answers. */
export class LineDisputeService {
  readonly #platform: Platform;
  readonly #partnerAccounts: PartnerAccountService;

  constructor(platform: Platform, partnerAccounts: PartnerAccountService) {
    this.#platform = platform;
    this.#partnerAccounts = partnerAccounts;
  }

  /**
   * Disputes a line of an open or a closed statement.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an owner, manager or finance member of the partner
   *   whose line it is
   * @throws InvalidInputError also when the amount is what the line is already
   * @throws IdempotencyConflictError when the key came before with another input
   * @throws LineDisputedError while another dispute of the line is open
   */
  async open(actor: Actor, input: DisputeInput): Promise<LineDisputeRow> {
    const reason = requireText('reason', input.reason, { maxLength: MAX_REASON, multiline: true });
    const idempotencyKey = requireIdempotencyKey(input.idempotencyKey);
    const { lineId, amountMinor } = input;
    requireBounded(amountMinor);
    const inputHash = hashOf([lineId, reason, amountMinor.toString()]);
    const id = await this.#platform.database.transaction(async (em) => {
      const line = await lockLine(em, lineId);
      requirePartner(actor, line?.partnerId ?? '', { memberRoles: STATEMENT_READERS.memberRoles, staffRoles: [] });
      const held = present(line, 'a line of the partner');
      const earlier = await em.findOne(LineDispute, { partnerId: held.partnerId, idempotencyKey });
      if (earlier && earlier.inputHash !== inputHash) throw new IdempotencyConflictError(idempotencyKey);
      if (earlier) return earlier.id;
      if (amountMinor === held.adjustedMinor) {
        throw new InvalidInputError('amountMinor', 'That is what the line comes to already.');
      }
      return this.#insert(em, actor, { line: held, lineId, reason, amountMinor, idempotencyKey, inputHash });
    });
    return this.#get(id);
  }

  /**
   * Answers a dispute for the platform. An accepted one posts the difference at the platform's cost: it is a line of
   * its own on the statement of the first month that is open.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin who does not belong to
   *   the partner
   * @throws InvalidInputError unless the amount is on the way from what is stated to what is claimed
   * @throws IdempotencyConflictError when the dispute was answered under the key with another input
   * @throws IllegalTransitionError when it is answered or withdrawn already
   */
  async answer(actor: Actor, input: DisputeAnswer): Promise<LineDisputeRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const reason = requireText('reason', input.reason, { maxLength: MAX_REASON, multiline: true });
    const answerKey = requireIdempotencyKey(input.idempotencyKey);
    const { disputeId, verdict, amountMinor = null } = input;
    const answerHash = hashOf([disputeId, verdict, amountMinor?.toString() ?? null, reason]);
    await this.#platform.database.transaction(async (em) => {
      const { dispute, line } = await lockDispute(em, disputeId);
      requireOutsider(actor, dispute.partnerId);
      if (dispute.answerKey === answerKey && dispute.answerHash !== answerHash) {
        throw new IdempotencyConflictError(answerKey);
      }
      if (dispute.answerKey === answerKey) return;
      Object.assign(dispute, { answer: reason, answerKey, answerHash });
      this.#move(em, actor, { dispute, to: verdict === 'ACCEPT' ? 'ACCEPTED' : 'REJECTED', reason });
      if (verdict === 'ACCEPT') await this.#adjust(em, { dispute, line, amountMinor });
      else if (amountMinor !== null) throw new InvalidInputError('amountMinor', 'A rejection grants no amount.');
    });
    return this.#get(disputeId);
  }

  /**
   * Takes a dispute back. Done again, it changes nothing.
   *
   * @throws UnauthenticatedError, ForbiddenError as `open`
   * @throws InvalidInputError
   * @throws IllegalTransitionError when it is answered already
   */
  async withdraw(actor: Actor, input: { disputeId: string; reason: string }): Promise<LineDisputeRow> {
    const reason = requireText('reason', input.reason, { maxLength: MAX_REASON, multiline: true });
    await this.#platform.database.transaction(async (em) => {
      const dispute = await em.findOne(LineDispute, { id: input.disputeId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      requirePartner(actor, dispute?.partnerId ?? '', { memberRoles: STATEMENT_READERS.memberRoles, staffRoles: [] });
      if (!dispute || dispute.state === 'WITHDRAWN') return;
      this.#move(em, actor, { dispute, to: 'WITHDRAWN', reason });
    });
    return this.#get(input.disputeId);
  }

  /** Null when there is none, or the actor may not read the partner's statements. */
  async find(actor: Actor, id: string): Promise<LineDisputeRow | null> {
    const [dispute = null] = await findDisputesByIds(this.#platform.database, [id]);
    return dispute && mayReadStatements(actor, dispute.partnerId) ? dispute : null;
  }

  /**
   * Disputes, those that wait longest first.
   *
   * @param filter `partnerId`: all partners when it is absent
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the statements of the partner, or of all
   */
  async list(
    actor: Actor,
    filter: { partnerId: string | null; state: DisputeState | null },
    page: PageRequest,
  ): Promise<Page<LineDisputeRow>> {
    if (filter.partnerId === null) requireRole(actor, ...STATEMENT_READERS.staffRoles);
    else requirePartner(actor, filter.partnerId, STATEMENT_READERS);
    return findDisputePage(this.#platform.database, filter, page);
  }

  async #insert(
    em: EntityManager,
    actor: Actor,
    draft: Omit<DisputeInput, 'reason'> & { line: HeldLine; reason: string; inputHash: string },
  ): Promise<string> {
    const id = this.#platform.ids.next();
    const { line, lineId, reason, amountMinor, idempotencyKey, inputHash } = draft;
    const inserted = await rowsOf<StatementTables>(em)
      .insertInto('line_disputes')
      .values({
        id,
        posting_id: lineId,
        partner_id: line.partnerId,
        currency: line.currency,
        state: 'OPEN',
        reason,
        stated_minor: line.adjustedMinor,
        claimed_minor: amountMinor,
        opened_by: actorName(actor),
        opened_at: this.#platform.clock.now(),
        idempotency_key: idempotencyKey,
        input_hash: inputHash,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    // The key was looked up while nobody else could dispute this line: under it another line was disputed just now.
    if (!inserted) throw (await hasOpenDispute(em, lineId)) ? new LineDisputedError() : keyConflict(idempotencyKey);
    this.#record(em, actor, { disputeId: id, from: null, to: 'OPEN', reason });
    return id;
  }

  #move(em: EntityManager, actor: Actor, step: { dispute: LineDispute; to: DisputeState; reason: string }): void {
    const { dispute, to, reason } = step;
    const from = dispute.state;
    dispute.moveTo(to, this.#platform.clock.now());
    this.#record(em, actor, { disputeId: dispute.id, from, to, reason });
  }

  #record(
    em: EntityManager,
    actor: Actor,
    step: { disputeId: string; from: DisputeState | null; to: DisputeState; reason: string },
  ): void {
    const { clock, ids } = this.#platform;
    const { disputeId, from: fromState, to: toState, reason } = step;
    const facts = { disputeId, fromState, toState, by: actorName(actor), reason, at: clock.now() };
    em.create(LineDisputeStep, { id: ids.next(), ...facts }, { persist: true });
  }

  async #adjust(
    em: EntityManager,
    { dispute, line, amountMinor }: { dispute: LineDispute; line: HeldLine; amountMinor: bigint | null },
  ): Promise<void> {
    const grantedMinor = requireGrant(dispute, amountMinor);
    const timeZone = await findTimeZoneOf(em, dispute.partnerId);
    const at = this.#platform.clock.now();
    const entry = adjustmentOf({ dispute, line, grantedMinor, timeZone, at });
    const [posted] = await this.#partnerAccounts.post(em, [entry]);
    dispute.grantedMinor = grantedMinor;
    dispute.adjustmentPostingId = present(posted?.postingIds[0], 'the posting of an adjustment');
  }

  async #get(id: string): Promise<LineDisputeRow> {
    const [dispute] = await findDisputesByIds(this.#platform.database, [id]);
    return present(dispute, 'a dispute');
  }
}

/** The line first, as `open` does, so that nobody waits for each other in a ring. */
async function lockDispute(em: EntityManager, id: string): Promise<{ dispute: LineDispute; line: HeldLine }> {
  const seen = await em.findOne(LineDispute, { id });
  if (!seen) throw new ForbiddenError();
  const line = present(await lockLine(em, seen.postingId), 'the line of a dispute');
  const dispute = await em.findOneOrFail(LineDispute, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  return { dispute, line };
}

/** Who belongs to the partner does not decide on its money. @throws ForbiddenError */
function requireOutsider(actor: Actor, partnerId: string): void {
  if (actor.kind !== 'USER') return;
  if (actor.memberships.some((membership) => membership.partnerId === partnerId)) throw new ForbiddenError();
}

/** @throws InvalidInputError unless the amount is on the way from what is stated to what is claimed */
function requireGrant({ statedMinor, claimedMinor }: LineDispute, amountMinor: bigint | null): bigint {
  const isGrant =
    amountMinor !== null &&
    amountMinor !== statedMinor &&
    (statedMinor < claimedMinor
      ? amountMinor >= statedMinor && amountMinor <= claimedMinor
      : amountMinor <= statedMinor && amountMinor >= claimedMinor);
  if (isGrant) return amountMinor;
  const bounds = `beyond ${statedMinor}, which is stated, and up to ${claimedMinor}, which is claimed`;
  throw new InvalidInputError('amountMinor', `Accepting needs what the line should be, in minor units: ${bounds}.`);
}

function requireBounded(amountMinor: bigint): void {
  if (amountMinor <= MAX_MINOR && amountMinor >= -MAX_MINOR) return;
  throw new InvalidInputError('amountMinor', `An amount has at most ${MAX_MINOR} minor units.`);
}

async function hasOpenDispute(em: EntityManager, postingId: string): Promise<boolean> {
  const row = await rowsOf<StatementTables>(em)
    .selectFrom('line_disputes')
    .select('id')
    .where('posting_id', '=', postingId)
    .where('state', '=', 'OPEN')
    .executeTakeFirst();
  return row !== undefined;
}

function keyConflict(key: string): IdempotencyConflictError {
  return new IdempotencyConflictError(key);
}

function hashOf(parts: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
