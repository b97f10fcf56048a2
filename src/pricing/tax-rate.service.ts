import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import { requireCountry } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { parsePercent } from './percent.ts';
import { TaxRateSetError } from './pricing.errors.ts';
import { TaxRate } from './tax-rate.entity.ts';
import { findTaxRatePage, insertTaxRate, type TaxRateRow } from './tax-rate.queries.ts';

export interface TaxRateInput {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** From 0 to 100 with up to four decimals; 0 ends the tax. */
  readonly percent: string;
  /** Absent: now. What was sold before keeps its tax. */
  readonly validFrom?: Date | null;
}

/** Tax within prices, by the buyer's country. */
export class TaxRateService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Sets a country's rate from an instant until its next rate. The same again changes nothing.
   *
   * @throws ForbiddenError for others than finance and admins
   * @throws InvalidInputError
   * @throws TaxRateSetError when another rate begins at the same instant
   */
  async set(actor: Actor, input: TaxRateInput): Promise<TaxRateRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const country = requireCountry('country', input.country);
    parsePercent('percent', input.percent);
    const createdAt = this.#platform.clock.now();
    const validFrom = input.validFrom ?? createdAt;
    const { percent } = input;
    const row = { id: this.#platform.ids.next(), country, percent, validFrom, createdAt };
    return this.#platform.database.transaction(async (em) => {
      if (await insertTaxRate(em, row, actorName(actor))) return row;
      const { id, ...standing } = await em.findOneOrFail(TaxRate, { country, validFrom });
      if (standing.percent !== percent) throw new TaxRateSetError(country, validFrom);
      return { ...row, id, createdAt: standing.createdAt };
    });
  }

  /** Every rate that was set, by country. @throws ForbiddenError for others than finance and admins */
  async list(actor: Actor, filter: { country: string | null; page: PageRequest }): Promise<Page<TaxRateRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findTaxRatePage(this.#platform.database, filter);
  }
}
