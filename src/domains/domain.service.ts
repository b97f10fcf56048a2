import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { Domain } from './domain.entity.ts';
import { type DomainRow, findDomains } from './domain.queries.ts';

/** Subject areas, for everybody to read. */
export class DomainService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  list(): Promise<DomainRow[]> {
    return findDomains(this.#platform.database);
  }
}

/** @throws InvalidInputError naming `field` when there is no domain of that code */
export async function requireDomain(em: EntityManager, options: { field: string; code: string }): Promise<void> {
  if (await em.findOne(Domain, { code: options.code })) return;
  throw new InvalidInputError(options.field, `There is no domain "${options.code}".`);
}
