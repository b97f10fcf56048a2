import { LockMode } from '@mikro-orm/core';
import type { OutboxService } from '../outbox/index.ts';
import { Partner } from '../partners/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { Content } from './content.entity.ts';
import { PartnerNotActiveError, QualityRulesError } from './content.errors.ts';
import type { ContentRow } from './content.queries.ts';
import type { ContentState } from './content.state.ts';
import { lockSuppliedContent } from './content-access.ts';
import { recordContentStep } from './content-history.ts';
import { toContentRow } from './content-supply.service.ts';
import { Licence } from './licence.entity.ts';
import { qualityFindings } from './quality-rules.ts';

export interface Screening {
  readonly contentId: string;
  readonly verdict: 'APPROVED' | 'REJECTED';
  /** Sentences for the supplier. A rejection needs at least one. */
  readonly reasons: readonly string[];
}

const MAX_REASONS = 20;

/** A content's way from draft to shelf and off it again. */
export class ContentLifecycleService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Hands a draft in for screening.
   *
   * @throws ForbiddenError unless the actor is an owner or manager of its partner, or an admin
   * @throws QualityRulesError naming each rule that it does not meet
   * @throws IllegalTransitionError
   */
  submit(actor: Actor, contentId: string): Promise<ContentRow> {
    return this.#platform.database.transaction(async (em) => {
      const content = await lockSuppliedContent(em, actor, contentId);
      const row = this.#move(em, { content, to: 'SUBMITTED', actor });
      await this.#requireQuality(em, content);
      return row;
    });
  }

  /**
   * Approves or rejects what was submitted.
   *
   * @throws ForbiddenError unless the actor is an admin
   * @throws InvalidInputError for a rejection without a reason
   * @throws QualityRulesError when it is approved and no longer meets the rules
   * @throws IllegalTransitionError
   */
  screen(actor: Actor, { contentId, verdict, reasons }: Screening): Promise<ContentRow> {
    requireRole(actor, 'ADMIN');
    const sentences = checkReasons(reasons);
    if (verdict === 'REJECTED' && sentences.length === 0) {
      throw new InvalidInputError('reasons', 'A rejection says why.');
    }
    return this.#platform.database.transaction(async (em) => {
      const content = await em.findOne(Content, { id: contentId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!content) throw new ForbiddenError();
      const row = this.#move(em, { content, to: verdict, actor, reasons: sentences });
      if (verdict === 'APPROVED') await this.#requireQuality(em, content);
      return row;
    });
  }

  /**
   * Puts an approved content on the shelf, or a withdrawn one back, and asks for it to be found by search.
   *
   * @throws ForbiddenError as in `submit`
   * @throws PartnerNotActiveError
   * @throws IllegalTransitionError
   */
  publish(actor: Actor, contentId: string): Promise<ContentRow> {
    return this.#platform.database.transaction(async (em) => {
      const content = await lockSuppliedContent(em, actor, contentId);
      const partner = await em.findOneOrFail(Partner, { id: content.partnerId });
      if (partner.state !== 'ACTIVE') throw new PartnerNotActiveError();
      this.#outbox.enqueue(em, { job: 'index-contents', payload: { contentIds: [contentId] }, requestedBy: actor });
      return this.#move(em, { content, to: 'PUBLISHED', actor });
    });
  }

  /**
   * Takes a content off the shelf. Those who bought it keep it.
   *
   * @throws ForbiddenError as in `submit`
   * @throws IllegalTransitionError
   */
  withdraw(actor: Actor, input: { contentId: string; reason: string }): Promise<ContentRow> {
    const reasons = checkReasons([input.reason]);
    return this.#platform.database.transaction(async (em) => {
      const content = await lockSuppliedContent(em, actor, input.contentId);
      return this.#move(em, { content, to: 'WITHDRAWN', actor, reasons });
    });
  }

  #move(
    em: EntityManager,
    step: { content: Content; to: ContentState; actor: Actor; reasons?: readonly string[] },
  ): ContentRow {
    const { content, to, actor, reasons = [] } = step;
    const from = content.state;
    content.moveTo(to, this.#platform.clock.now());
    recordContentStep(em, this.#platform, { content, from, actor, reasons });
    return toContentRow(content);
  }

  async #requireQuality(em: EntityManager, content: Content): Promise<void> {
    const licences = await em.find(Licence, { contentId: content.id });
    const held = licences.map(({ validUntil = null }) => ({ validUntil }));
    const findings = qualityFindings({ ...toContentRow(content), licences: held }, this.#platform.clock.now());
    if (findings.length > 0) throw new QualityRulesError(findings);
  }
}

function checkReasons(reasons: readonly string[]): string[] {
  if (reasons.length > MAX_REASONS) throw new InvalidInputError('reasons', `At most ${MAX_REASONS} reasons.`);
  return reasons.map((text, at) => requireText(`reasons.${at}`, text, { maxLength: 500, multiline: true }));
}
