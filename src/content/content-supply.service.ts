import { requireDomain } from '../domains/index.ts';
import { Partner } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { requireCountry } from '../shared/input.ts';
import { Content, type ContentKind } from './content.entity.ts';
import type { ContentRow } from './content.queries.ts';
import { lockSuppliedContent, SUPPLIERS } from './content-access.ts';
import { type CheckedDraft, type ContentDraft, checkDraft, defaultMinAge } from './content-draft.ts';
import { recordContentStep } from './content-history.ts';
import { Licence, WORLDWIDE } from './licence.entity.ts';
import { assertExclusiveAlone } from './licence-overlap.ts';
import type { LicenceRow } from './supply.queries.ts';

export interface NewLicence {
  readonly contentId: string;
  /** ISO 3166-1 alpha-2 codes, or `*` alone for the whole world. */
  readonly territory: readonly string[];
  readonly exclusive: boolean;
  readonly validFrom: Date;
  /** First instant at which it no longer holds; null for no end. */
  readonly validUntil: Date | null;
}

const MAX_COUNTRIES = 250;

/** What suppliers write: drafts and licences. */
export class ContentSupplyService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Starts a draft.
   *
   * @throws ForbiddenError unless the actor is an owner or manager of the partner, or an admin
   * @throws InvalidInputError
   */
  async create(actor: Actor, { partnerId, ...draft }: ContentDraft & { partnerId: string }): Promise<ContentRow> {
    requirePartner(actor, partnerId, SUPPLIERS);
    const facts = checkDraft(draft);
    const { clock, database, ids } = this.#platform;
    return database.transaction(async (em) => {
      await requireDomain(em, { field: 'domain', code: facts.domainCode });
      if (!(await em.findOne(Partner, { id: partnerId }))) throw new ForbiddenError();
      const data = { ...columnsOf(facts), id: ids.next(), partnerId, state: 'DRAFT' as const, createdAt: clock.now() };
      const content = em.create(Content, data, { persist: true });
      recordContentStep(em, this.#platform, { content, from: null, actor, reasons: [] });
      return toContentRow(content);
    });
  }

  /**
   * Changes some of what a draft says. A rejected content becomes a draft again. Another kind alone raises the least age
   * to what the kind calls for, and never lowers it.
   *
   * @throws ForbiddenError as in `create`
   * @throws IllegalTransitionError once it was submitted
   * @throws InvalidInputError
   */
  async update(
    actor: Actor,
    { contentId, ...changes }: Partial<ContentDraft> & { contentId: string },
  ): Promise<ContentRow> {
    return this.#platform.database.transaction(async (em) => {
      const content = await lockSuppliedContent(em, actor, contentId);
      const facts = checkDraft({ ...toContentRow(content), minAge: minAgeFor(content, changes.kind), ...changes });
      if (changes.domainCode) await requireDomain(em, { field: 'domain', code: facts.domainCode });
      const from = content.state;
      if (from !== 'DRAFT') {
        content.moveTo('DRAFT', this.#platform.clock.now());
        recordContentStep(em, this.#platform, { content, from, actor, reasons: ['Reworked.'] });
      }
      em.assign(content, columnsOf(facts));
      return toContentRow(content);
    });
  }

  /**
   * Adds a right to offer a content somewhere for some time. Licences are never changed.
   *
   * @throws ForbiddenError as in `create`
   * @throws InvalidInputError
   * @throws LicenceOverlapError when it and another one of the content are both exclusive somewhere at some time
   */
  async addLicence(actor: Actor, licence: NewLicence): Promise<LicenceRow> {
    const { contentId, exclusive, validFrom, validUntil } = licence;
    const territory = checkTerritory(licence.territory);
    if (validUntil && validUntil <= validFrom) {
      throw new InvalidInputError('validUntil', 'A licence ends after it begins.');
    }
    return this.#platform.database.transaction(async (em) => {
      await lockSuppliedContent(em, actor, contentId);
      const row = { id: this.#platform.ids.next(), contentId, territory, exclusive, validFrom, validUntil };
      await assertExclusiveAlone(em, row);
      em.create(Licence, row, { persist: true });
      return row;
    });
  }
}

function minAgeFor({ kind, minAge }: Content, newKind: ContentKind = kind): number {
  return newKind === kind ? minAge : Math.max(minAge, defaultMinAge(newKind));
}

function columnsOf(draft: CheckedDraft) {
  return { ...draft, authors: [...draft.authors], keywords: [...draft.keywords] };
}

export function toContentRow(content: Content): ContentRow {
  const { id, partnerId, domainCode, kind, module, level, language, title, authors, description, keywords } = content;
  const { priceMinor, currency, durationMinutes = null, minAge, state, publishedAt = null, createdAt } = content;
  const texts = { language, title, authors, description, keywords };
  const sale = { priceMinor, currency, durationMinutes, minAge, state, publishedAt, createdAt };
  return { id, partnerId, domainCode, kind, module, level, ...texts, ...sale };
}

function checkTerritory(territory: readonly string[]): string[] {
  if (territory.length === 1 && territory[0] === WORLDWIDE) return [WORLDWIDE];
  if (territory.length === 0 || territory.length > MAX_COUNTRIES) {
    throw new InvalidInputError('territory', 'A territory is one or more country codes, or "*" alone.');
  }
  return [...new Set(territory.map((code, at) => requireCountry(`territory.${at}`, code)))];
}
