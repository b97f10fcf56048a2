import { LockMode } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requireRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { type CouponDraft, checkCoupon, normalCode } from './coupon.checks.ts';
import { Coupon } from './coupon.entity.ts';
import { type CouponRow, findCouponPage, insertCoupon } from './coupon.queries.ts';
import { isFor, type PricedItem } from './discount.ts';
import { CouponCodeTakenError, CouponNotUsableError } from './pricing.errors.ts';

/** What somebody wants to pay less for. */
export interface CouponUse {
  readonly code: string;
  readonly currency: string;
  readonly items: readonly PricedItem[];
  readonly at: Date;
  /** How many orders use it already, counted no further than `limit`. */
  countUses(em: EntityManager, use: { couponId: string; limit: number }): Promise<number>;
}

/** Coupons: who makes them, and who may use them. */
export class CouponService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Makes a coupon. Nothing about it changes later.
   *
   * @throws ForbiddenError for others than finance and admins
   * @throws InvalidInputError
   * @throws CouponCodeTakenError
   */
  async create(actor: Actor, draft: CouponDraft): Promise<CouponRow> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    const checked = checkCoupon(draft, this.#platform.clock.now());
    return this.#platform.database.transaction(async (em) => {
      const { partnerId, code } = checked;
      if (partnerId !== null && !(await em.findOne(Partner, { id: partnerId }))) {
        throw new InvalidInputError('partnerId', 'There is no such partner.');
      }
      const row = { ...checked, id: this.#platform.ids.next(), createdAt: this.#platform.clock.now() };
      if (!(await insertCoupon(em, row, actorName(actor)))) throw new CouponCodeTakenError(code);
      return row;
    });
  }

  /** Every coupon, newest first. @throws ForbiddenError for others than finance and admins */
  async list(actor: Actor, page: PageRequest): Promise<Page<CouponRow>> {
    requireRole(actor, 'FINANCE', 'ADMIN');
    return findCouponPage(this.#platform.database, page);
  }

  /**
   * The coupon of a code, for an order that is about to be written. One of limited use stays locked until then, so that
   * two orders cannot both have its last use.
   *
   * @throws CouponNotUsableError
   */
  async take(em: EntityManager, use: CouponUse): Promise<Coupon> {
    const { code, currency, items, at } = use;
    const coupon = await em.findOne(Coupon, { code: normalCode(code) });
    if (!coupon) throw new CouponNotUsableError('UNKNOWN');
    if (coupon.validFrom > at) throw new CouponNotUsableError('TOO_EARLY');
    if (coupon.validUntil && coupon.validUntil <= at) throw new CouponNotUsableError('EXPIRED');
    if (coupon.currency && coupon.currency !== currency) throw new CouponNotUsableError('OTHER_CURRENCY');
    if (!items.some((item) => item.priceMinor > 0n && isFor(coupon, item))) {
      throw new CouponNotUsableError('OTHER_CONTENTS');
    }
    const { id: couponId, maxUses: limit } = coupon;
    if (!limit) return coupon;
    await em.lock(coupon, LockMode.PESSIMISTIC_WRITE);
    if ((await use.countUses(em, { couponId, limit })) >= limit) throw new CouponNotUsableError('USED_UP');
    return coupon;
  }
}
