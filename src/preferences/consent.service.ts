import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { lockUser } from '../users/index.ts';
import {
  type Consent,
  type ConsentChoiceRow,
  findConsentHistoryPage,
  findConsents,
  findLastChoice,
} from './consent.queries.ts';
import { ConsentChoice } from './consent-choice.entity.ts';
import type { ConsentPurpose } from './consent-purposes.ts';

/** What people allow to be done with what is known of them, by purpose. */
export class ConsentService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Grants a purpose or objects to it, with effect at once. The same again changes nothing; to say explicitly what is
   * so by default is a choice of its own.
   *
   * @throws UnauthenticatedError
   */
  async choose(actor: Actor, choice: { purpose: ConsentPurpose; granted: boolean }): Promise<Consent> {
    const { userId } = requireUser(actor);
    const { purpose, granted } = choice;
    const { clock, database, ids } = this.#platform;
    return database.transaction(async (em) => {
      await lockUser(em, userId);
      const last = await findLastChoice(em, { userId, purpose });
      if (last?.granted === granted) return { purpose, granted, since: last.chosenAt };
      const chosenAt = clock.now();
      const number = (last?.number ?? 0) + 1;
      em.create(ConsentChoice, { id: ids.next(), userId, purpose, number, granted, chosenAt }, { persist: true });
      return { purpose, granted, since: chosenAt };
    });
  }

  /** How the person who asks stands to every purpose. @throws UnauthenticatedError */
  async listOwn(actor: Actor): Promise<readonly Consent[]> {
    const { userId } = requireUser(actor);
    return findConsents(this.#platform.database, userId);
  }

  /** Every choice of the person who asks, newest first. @throws UnauthenticatedError */
  async historyOfOwn(actor: Actor, page: PageRequest): Promise<Page<ConsentChoiceRow>> {
    const { userId } = requireUser(actor);
    return findConsentHistoryPage(this.#platform.database, userId, page);
  }
}
