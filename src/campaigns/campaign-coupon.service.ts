import { randomInt } from 'node:crypto';
import { LockMode } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { OutboxService } from '../outbox/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { CouponCodeTakenError, type CouponRefusal } from '../pricing/index.ts';
import { type Actor, actorName, system } from '../shared/actor.ts';
import { idFromName } from '../shared/ids.ts';
import { check } from './campaign.checks.ts';
import { Campaign, type Channel } from './campaign.entity.ts';
import { lockCampaignFor, refusal, requireOpen, requirePartOf } from './campaign-access.ts';
import { CampaignCoupon } from './campaign-coupon.entity.ts';
import { type CampaignCouponRow, toCouponRow } from './campaign-coupon.queries.ts';
import { requireRoom } from './campaign-parts.queries.ts';
import { requestRecompute } from './campaign-recompute.ts';
import { takesClicks } from './link-click.filter.ts';

export interface CampaignCouponInput {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly channel: Channel;
  /** From 3 to 40 letters, digits, dashes and underscores in any case; null for one that nobody can guess. */
  readonly code: string | null;
  /** Null: now. */
  readonly validFrom: Date | null;
  /** Null: the end of the campaign. */
  readonly validUntil: Date | null;
  /** From 1 to a million; null for any number of orders. */
  readonly maxUses: number | null;
}

/** What an order wants to know of a code. */
export interface CouponQuestion {
  readonly code: string;
  readonly at: Date;
  /** How many orders name it already, counted no further than `limit`. */
  countUses(em: EntityManager, use: { couponId: string; limit: number }): Promise<number>;
}

/** A coupon of a campaign, and why it counts for nothing now; null when it counts. */
export interface FoundCoupon {
  readonly coupon: CampaignCoupon;
  readonly refusal: CouponRefusal | null;
}

const MAX_COUPONS = 5_000;
const MOST_USES = 1_000_000;
const CODE_LENGTH = 12;
/** Without those that are taken for each other when read out: 0 and O, 1, I and L. */
const CODE_CHARACTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const ORDERS = system('orders');

/** Codes by which orders say who brought the buyer. */
export class CampaignCouponService {
  readonly #platform: Platform;
  readonly #outbox: OutboxService;

  constructor(platform: Platform, outbox: OutboxService) {
    this.#platform = platform;
    this.#outbox = outbox;
  }

  /**
   * Makes a coupon of a partner for a channel.
   *
   * @throws InvalidInputError naming the field
   * @throws CouponCodeTakenError also when finance gives a discount by the code: nobody makes its orders their own
   * @throws CampaignOverError
   * @throws ForbiddenError for anybody but owners and managers of the partner and of the lead, and admins
   */
  async create(actor: Actor, input: CampaignCouponInput): Promise<CampaignCouponRow> {
    const { campaignId, partnerId, channel, validUntil, maxUses } = input;
    const createdAt = this.#platform.clock.now();
    const code = input.code === null ? newCode() : normalCode(input.code);
    const validFrom = input.validFrom ?? createdAt;
    checkCoupon({ code, validFrom, validUntil, maxUses });
    return this.#platform.database.transaction(async (em) => {
      const campaign = await lockCampaignFor(em, actor, { campaignId, partnerId });
      requireOpen(campaign);
      check(campaign.channels.includes(channel), 'channel', `The campaign does not use ${channel}.`);
      await requireRoom(em, 'campaign_coupons', { campaignId, most: MAX_COUPONS });
      const id = this.#platform.ids.next();
      const [places, times] = [
        { campaign_id: campaignId, partner_id: partnerId, channel },
        { valid_from: validFrom, valid_until: validUntil, created_at: createdAt },
      ];
      const row = { id, code, ...places, ...times, max_uses: maxUses, created_by: actorName(actor) };
      const isTaken = (await isDiscount(em, code)) || (await bulkInsert(em, 'campaign_coupons', [row])) === 0;
      if (isTaken) throw new CouponCodeTakenError(code);
      return { id, campaignId, partnerId, channel, code, validFrom, validUntil, maxUses, createdAt };
    });
  }

  /**
   * Lets a coupon be worth nothing from now on.
   *
   * @throws ForbiddenError as `create`, and when there is no such coupon
   */
  async retire(actor: Actor, couponId: string): Promise<CampaignCouponRow> {
    return this.#platform.database.transaction(async (em) => {
      const coupon = await em.findOne(CampaignCoupon, { id: couponId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!coupon) throw refusal(actor);
      await requirePartOf(em, actor, coupon);
      const now = this.#platform.clock.now();
      if (!coupon.validUntil || coupon.validUntil > now) coupon.validUntil = now;
      return toCouponRow(coupon);
    });
  }

  /**
   * The coupon of a code, for an order that is about to be written. One of limited use stays locked until then, so that
   * two orders cannot both have its last use.
   *
   * @returns null when no campaign has the code
   */
  async find(em: EntityManager, question: CouponQuestion): Promise<FoundCoupon | null> {
    const { at } = question;
    const coupon = await em.findOne(CampaignCoupon, { code: normalCode(question.code) });
    if (!coupon) return null;
    const campaign = await em.findOneOrFail(Campaign, { id: coupon.campaignId });
    const hasBegun = campaign.state !== 'DRAFT' && campaign.state !== 'PLANNED';
    if (!hasBegun || coupon.validFrom > at) return { coupon, refusal: 'TOO_EARLY' };
    const isOver = !takesClicks(campaign, at) || (coupon.validUntil && coupon.validUntil <= at);
    if (isOver) return { coupon, refusal: 'EXPIRED' };
    const { id: couponId, maxUses: limit } = coupon;
    if (!limit) return { coupon, refusal: null };
    await em.lock(coupon, LockMode.PESSIMISTIC_WRITE);
    const isUsedUp = (await question.countUses(em, { couponId, limit })) >= limit;
    return { coupon, refusal: isUsedUp ? 'USED_UP' : null };
  }

  /**
   * Records that an order names a coupon: a touchpoint of its partner and channel at the time of the order, and so the
   * last one before the purchase. In the transaction of the order; safe to call twice.
   */
  async recordUse(
    em: EntityManager,
    { coupon, orderId, userId, at }: { coupon: CampaignCoupon; orderId: string; userId: string; at: Date },
  ): Promise<void> {
    const { campaignId, partnerId, channel } = coupon;
    const place = { campaign_id: campaignId, partner_id: partnerId, channel, kind: 'CLICK' };
    const id = idFromName('touchpoint:coupon', orderId);
    const touch = { id, ...place, user_id: userId, occurred_at: at, received_at: this.#platform.clock.now() };
    await bulkInsert(em, 'touchpoints', [touch]);
    await requestRecompute(this.#outbox, em, { campaignIds: [campaignId], requestedBy: ORDERS });
  }
}

function checkCoupon(coupon: { code: string; validFrom: Date; validUntil: Date | null; maxUses: number | null }): void {
  const { code, validFrom, validUntil, maxUses } = coupon;
  check(/^[A-Z0-9_-]{3,40}$/.test(code), 'code', 'A code has from 3 to 40 letters, digits, dashes or underscores.');
  check(validUntil === null || validUntil > validFrom, 'validUntil', 'A coupon ends after it begins.');
  const isCount = maxUses === null || (maxUses >= 1 && maxUses <= MOST_USES);
  check(isCount, 'maxUses', `A coupon is used from 1 to ${MOST_USES} times.`);
}

/** As codes are stored and looked for, those of discounts too. */
function normalCode(code: string): string {
  return code.trim().toUpperCase();
}

/** 59 bits. */
function newCode(): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_CHARACTERS[randomInt(CODE_CHARACTERS.length)]).join('');
}

async function isDiscount(em: EntityManager, code: string): Promise<boolean> {
  const { rows } = await sql`select 1 from coupons where code = ${code}`.execute(rowsOf(em));
  return rows.length > 0;
}
