import { LockMode } from '@mikro-orm/core';
import { requireDomain } from '../domains/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole, requireUser } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { requireCountry, requireText } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { Partner, type PartnerKind } from './partner.entity.ts';
import {
  findPartnerPage,
  findPartnersOfMember,
  findVisiblePartner,
  type PartnerFilter,
  type PartnerRow,
} from './partner.queries.ts';
import type { PartnerState } from './partner.state.ts';
import { PartnerMember } from './partner-member.entity.ts';
import { PartnerStep } from './partner-step.entity.ts';

export interface PartnerApplication {
  readonly name: string;
  readonly kind: PartnerKind;
  readonly domainCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  readonly description: string;
  /** People the organisation says that it reaches. */
  readonly audienceSize?: number | null | undefined;
}

/** Organisations from application to termination. */
export class PartnerService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Applies in the name of an organisation. The person who applies becomes its owner.
   *
   * @throws UnauthenticatedError
   * @throws InvalidInputError
   */
  async apply(actor: Actor, application: PartnerApplication): Promise<PartnerRow> {
    const { userId } = requireUser(actor);
    const facts = checkApplication(application);
    const { clock, database, ids } = this.#platform;
    const now = clock.now();
    return database.transaction(async (em) => {
      await requireDomain(em, { field: 'domain', code: facts.domainCode });
      const data = { ...facts, id: ids.next(), state: 'APPLIED' as const, createdAt: now };
      const partner = em.create(Partner, data, { persist: true });
      const member = { partnerId: partner.id, userId, role: 'OWNER' as const, createdAt: now };
      em.create(PartnerMember, { id: ids.next(), ...member }, { persist: true });
      this.#recordStep(em, { partner, from: null, actor, reason: 'Applied.' });
      return toRow(partner);
    });
  }

  /**
   * Moves a partner along its lifecycle and records who did it and why.
   *
   * @throws ForbiddenError unless the actor is an admin, and for a partner that does not exist
   * @throws IllegalTransitionError
   * @throws InvalidInputError without a reason
   */
  async transition(actor: Actor, step: { partnerId: string; to: PartnerState; reason: string }): Promise<PartnerRow> {
    requireRole(actor, 'ADMIN');
    const reason = requireText('reason', step.reason, { maxLength: 500, multiline: true });
    return this.#platform.database.transaction(async (em) => {
      const partner = await em.findOne(Partner, { id: step.partnerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!partner) throw new ForbiddenError();
      const from = partner.state;
      partner.moveTo(step.to);
      this.#recordStep(em, { partner, from, actor, reason });
      return toRow(partner);
    });
  }

  find(actor: Actor, id: string): Promise<PartnerRow | null> {
    return findVisiblePartner(this.#platform.database, actor, id);
  }

  list(actor: Actor, request: { filter: PartnerFilter; page: PageRequest }): Promise<Page<PartnerRow>> {
    return findPartnerPage(this.#platform.database, actor, request);
  }

  /** The partners that the person is a member of. */
  async listOwn(actor: Actor) {
    return findPartnersOfMember(this.#platform.database, requireUser(actor).userId);
  }

  #recordStep(
    em: EntityManager,
    step: { partner: Partner; from: PartnerState | null; actor: Actor; reason: string },
  ): void {
    em.create(
      PartnerStep,
      {
        id: this.#platform.ids.next(),
        partnerId: step.partner.id,
        fromState: step.from,
        toState: step.partner.state,
        by: actorName(step.actor),
        reason: step.reason,
        at: this.#platform.clock.now(),
      },
      { persist: true },
    );
  }
}

function checkApplication(application: PartnerApplication) {
  const { kind, domainCode, audienceSize = null } = application;
  if (audienceSize !== null && audienceSize < 0) {
    throw new InvalidInputError('audienceSize', 'The size of an audience is not negative.');
  }
  const name = requireText('name', application.name, { minLength: 2, maxLength: 120 });
  const country = requireCountry('country', application.country);
  const description = requireText('description', application.description, { maxLength: 2_000, multiline: true });
  return { name, kind, domainCode, country, description, audienceSize };
}

function toRow(partner: Partner): PartnerRow {
  const { id, name, kind, domainCode, state, country, description, audienceSize = null, createdAt } = partner;
  return { id, name, kind, domainCode, state, country, description, audienceSize, createdAt };
}
