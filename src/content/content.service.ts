import type { Platform } from '../platform/platform.ts';
import type { Actor } from '../shared/actor.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import type { ContentRow } from './content.queries.ts';
import { type ContentFilter, findOfferedPage, findSuppliedPage, findVisibleContent } from './content-list.queries.ts';

export interface ContentRequest {
  readonly filter: ContentFilter;
  readonly page: PageRequest;
}

/** The shelf as learners and suppliers see it. */
export class ContentService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /** Null when it is neither on offer where the actor is nor supplied by a partner of theirs. */
  find(actor: Actor, id: string): Promise<ContentRow | null> {
    return findVisibleContent(this.#platform.database, { actor, at: this.#platform.clock.now(), id });
  }

  /** What the actor can buy now, newest first. */
  listOffered(actor: Actor, request: ContentRequest): Promise<Page<ContentRow>> {
    return findOfferedPage(this.#platform.database, { actor, at: this.#platform.clock.now(), ...request });
  }

  /** What the actor's partners supply, drafts and all, newest first. */
  listSupplied(actor: Actor, request: ContentRequest): Promise<Page<ContentRow>> {
    return findSuppliedPage(this.#platform.database, { actor, ...request });
  }
}
