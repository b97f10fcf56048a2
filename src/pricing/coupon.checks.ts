import { requireTender } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { CouponKind } from './coupon.entity.ts';
import type { CouponRow } from './coupon.queries.ts';
import { parsePercent } from './percent.ts';

/** A coupon as somebody wants it. */
export interface CouponDraft {
  /** From 3 to 40 letters, digits, dashes and underscores, in any case. */
  readonly code: string;
  /** Either this, from above 0 to 100 with up to four decimals ... */
  readonly percent?: string | null;
  /** ... or this, above zero, with its currency. */
  readonly amountMinor?: bigint | null;
  readonly currency?: string | null;
  /** Whose contents become cheaper; absent for everybody's. */
  readonly partnerId?: string | null;
  /** From 1 to a million; absent for any number of orders. */
  readonly maxUses?: number | null;
  /** Absent: now. */
  readonly validFrom?: Date | null;
  /** Absent: never. */
  readonly validUntil?: Date | null;
  readonly description: string;
}

const MOST_USES = 1_000_000;

/** @throws InvalidInputError */
export function checkCoupon(draft: CouponDraft, now: Date): Omit<CouponRow, 'id' | 'createdAt'> {
  const { partnerId = null, maxUses = null, validUntil = null } = draft;
  const code = normalCode(draft.code);
  check(/^[A-Z0-9_-]{3,40}$/.test(code), 'code', 'A code has from 3 to 40 letters, digits, dashes or underscores.');
  const isCount = maxUses === null || (maxUses >= 1 && maxUses <= MOST_USES);
  check(isCount, 'maxUses', `A coupon is used from 1 to ${MOST_USES} times.`);
  const validFrom = draft.validFrom ?? now;
  check(validUntil === null || validUntil > validFrom, 'validUntil', 'A coupon ends after it begins.');
  const description = requireText('description', draft.description, { maxLength: 500, multiline: true });
  return { code, ...checkWorth(draft), partnerId, maxUses, validFrom, validUntil, description };
}

/** As codes are stored and looked for. */
export function normalCode(code: string): string {
  return code.trim().toUpperCase();
}

interface Worth {
  readonly kind: CouponKind;
  readonly percent: string | null;
  readonly amountMinor: bigint | null;
  readonly currency: string | null;
}

function checkWorth({ percent = null, amountMinor = null, currency = null }: CouponDraft): Worth {
  check((percent === null) !== (amountMinor === null), 'percent', 'A coupon takes off a percentage or an amount.');
  check((amountMinor === null) === (currency === null), 'currency', 'An amount has a currency, a percentage has none.');
  if (percent !== null) {
    check(parsePercent('percent', percent) > 0n, 'percent', 'A coupon takes something off.');
    return { kind: 'PERCENT', percent, amountMinor: null, currency: null };
  }
  check(amountMinor !== null && amountMinor > 0n, 'amountMinor', 'A coupon takes something off.');
  return { kind: 'AMOUNT', percent: null, amountMinor, currency: requireTender('currency', currency ?? '') };
}

function check(isMet: boolean, field: string, message: string): void {
  if (!isMet) throw new InvalidInputError(field, message);
}
