import { findPayable, findPayables, type PayableParts } from '../partner-accounts/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requirePartner, requireRole } from '../shared/actor.ts';
import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import { present } from '../shared/invariant.ts';
import { type Cursor, type Page, type PageRequest, pageOf } from '../shared/page.ts';
import { PAYOUT_READERS } from './payout-readers.ts';
import { findPayoutTerms, type PayoutTerms } from './payout-terms.queries.ts';
import { explainWithheld, type PayoutConditions, type PayoutVerdict, payoutVerdict } from './payout-verdict.ts';

/** What can be paid to a partner, what it is made of, and what the next batch would do. */
export interface PayableRow extends PayableParts, PayoutVerdict {
  readonly at: Date;
  readonly minimumMinor: bigint;
  /** Why nothing is paid out, in one sentence; null when all that is payable would be. */
  readonly explanation: string | null;
}

/** What can be paid to partners. */
export class PayableService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * What can be paid to a partner in a currency now.
   *
   * @returns null when there is no such partner
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's payouts
   * @throws InvalidInputError for a currency that is none
   */
  async find(
    actor: Actor,
    { partnerId, currency }: { partnerId: string; currency: string },
  ): Promise<PayableRow | null> {
    requirePartner(actor, partnerId, PAYOUT_READERS);
    currencyExponent(currency);
    const at = this.#platform.clock.now();
    return this.#platform.database.snapshot(async (em) => {
      const rows = rowsOf<object>(em);
      const terms = await findPayoutTerms(rows, { partnerIds: [partnerId], currency, at });
      const own = terms.get(partnerId);
      return own ? toPayable(await findPayable(rows, { partnerId, currency, at }), own, at) : null;
    });
  }

  /**
   * What can be paid to every partner with an account in the currency now, the largest first.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is finance staff or an admin
   * @throws InvalidInputError
   */
  async list(actor: Actor, currency: string, page: PageRequest): Promise<Page<PayableRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    currencyExponent(currency);
    const at = this.#platform.clock.now();
    const after = page.after && readCursor(page.after);
    const rows = this.#platform.database.read<object>();
    const parts = pageOf(await findPayables(rows, { currency, at }, { limit: page.first + 1, after }), page);
    const partnerIds = parts.rows.map(({ partnerId }) => partnerId);
    const terms = await findPayoutTerms(rows, { partnerIds, currency, at });
    const termsOf = (id: string) => present(terms.get(id), 'the partner of an account');
    return { ...parts, rows: parts.rows.map((row) => toPayable(row, termsOf(row.partnerId), at)) };
  }
}

/** What decides on a partner's payout. */
export function conditionsOf(parts: PayableParts, terms: PayoutTerms): PayoutConditions {
  const { currency, payableMinor, waitingMinor, underWayMinor } = parts;
  const { minimumMinor, partnerState, detailsId } = terms;
  const sums = { currency, payableMinor, waitingMinor, underWayMinor };
  return { ...sums, minimumMinor, partnerState, hasDetails: detailsId !== null };
}

function toPayable(parts: PayableParts, terms: PayoutTerms, at: Date): PayableRow {
  const conditions = conditionsOf(parts, terms);
  const verdict = payoutVerdict(conditions);
  const explanation = verdict.reason && explainWithheld(verdict.reason, conditions);
  return { ...parts, ...verdict, at, minimumMinor: terms.minimumMinor, explanation };
}

export function payableCursor({ payableMinor, partnerId }: PayableRow): Cursor {
  return [payableMinor.toString(), partnerId];
}

function readCursor([amount = '', partnerId = '']: Cursor): { payableMinor: bigint; partnerId: string } {
  if (/^-?\d{1,18}$/.test(amount) && isUuid(partnerId)) return { payableMinor: BigInt(amount), partnerId };
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
