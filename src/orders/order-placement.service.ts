import { createHash } from 'node:crypto';
import type { CampaignCouponService, FoundCoupon } from '../campaigns/index.ts';
import { lockOfferedContents, type OfferedContent } from '../content/index.ts';
import type { OutboxService } from '../outbox/index.ts';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import {
  type Coupon,
  CouponNotUsableError,
  type CouponService,
  type CouponUse,
  findTaxPercent,
} from '../pricing/index.ts';
import { type Actor, requireUser, type SignedIn } from '../shared/actor.ts';
import { IdempotencyConflictError, InvalidInputError } from '../shared/domain-error.ts';
import { requireIdempotencyKey } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import { leastAge, lockUser } from '../users/index.ts';
import type { EntitlementService } from './entitlement.service.ts';
import { Order } from './order.entity.ts';
import { AgeRestrictedError, AlreadyOwnedError, NotOnOfferError } from './order.errors.ts';
import { countCampaignCouponUses, countCouponUses, findTakenContentIds, type OrderRow } from './order.queries.ts';
import { OrderItem } from './order-item.entity.ts';
import { Payment } from './payment.entity.ts';
import type { PaymentProvider } from './payment-provider.ts';
import type { PaymentProviders } from './payment-providers.ts';
import { type PricedContent, priceItems } from './price-items.ts';

export interface PlaceOrderInput {
  /** From 1 to 50, each once. The order keeps their sequence. */
  readonly contentIds: readonly string[];
  /** As a payment provider names it: `sandbox:ok`. */
  readonly paymentMethod: string;
  /** Of a coupon that makes some of it cheaper, or by which a campaign knows who brought the buyer. */
  readonly couponCode?: string | null;
  /** One for each order that the learner wants; the same again for the same order. */
  readonly idempotencyKey: string;
}

const MAX_ITEMS = 50;

interface Collaborators {
  readonly outbox: OutboxService;
  readonly entitlements: EntitlementService;
  readonly providers: PaymentProviders;
  readonly coupons: CouponService;
  readonly campaignCoupons: CampaignCouponService;
}

/** An order on its way into the tables. */
interface OrderDraft {
  readonly buyer: SignedIn;
  readonly contents: readonly PricedContent[];
  readonly coupon: Coupon | null;
  /** Null when the code is none of a campaign, or counts for nothing there now. */
  readonly campaignCoupon: FoundCoupon['coupon'] | null;
  readonly idempotencyKey: string;
  readonly inputHash: string;
}

/** From a learner's choice to an order that waits for its payment. */
export class OrderPlacementService {
  readonly #platform: Platform;
  readonly #with: Collaborators;

  constructor(platform: Platform, collaborators: Collaborators) {
    this.#platform = platform;
    this.#with = collaborators;
  }

  /**
   * Orders contents at their prices of now, less what a coupon takes off. What costs nothing is the learner's at once;
   * for everything else the payment provider is asked by a job. A code of a campaign is a touchpoint of its partner at
   * the time of the order.
   *
   * @throws UnauthenticatedError
   * @throws InvalidInputError, also when the contents are priced in different currencies
   * @throws IdempotencyConflictError when the key came before with another input
   * @throws NotOnOfferError naming the contents that cannot be bought now where the learner is
   * @throws AgeRestrictedError naming the contents that the learner is too young for, or may be
   * @throws AlreadyOwnedError naming the contents that the learner has, or that another open order asks for
   * @throws CouponNotUsableError
   */
  async place(actor: Actor, input: PlaceOrderInput): Promise<OrderRow> {
    const buyer = requireUser(actor);
    const { contentIds, paymentMethod, couponCode = null } = input;
    const idempotencyKey = requireIdempotencyKey(input.idempotencyKey);
    checkItems(contentIds);
    const provider = this.#with.providers.forMethod(paymentMethod);
    const inputHash = hashOf(input);
    return this.#platform.database.transaction(async (em) => {
      const { birthYear } = await lockUser(em, buyer.userId);
      const earlier = await em.findOne(Order, { userId: buyer.userId, idempotencyKey });
      if (earlier && earlier.inputHash !== inputHash) throw new IdempotencyConflictError(idempotencyKey);
      if (earlier) return toOrderRow(earlier);
      const offered = await this.#requireOnOffer(em, buyer, contentIds);
      requireAge(offered, leastAge(birthYear, this.#platform.clock.now()));
      await requireNotTaken(em, { userId: buyer.userId, contentIds });
      const priced = await this.#price(em, { buyer, offered, couponCode });
      const { campaignCoupon, contents } = priced;
      const order = this.#createOrder(em, { buyer, ...priced, idempotencyKey, inputHash });
      if (campaignCoupon) await this.#credit(em, { order, coupon: campaignCoupon });
      if (order.totalMinor === 0n) await this.#giveAway(em, { order, contents, actor });
      else this.#askForPayment(em, { order, method: paymentMethod, provider, actor });
      return toOrderRow(order);
    });
  }

  /** The contents in the sequence of the ids. */
  async #requireOnOffer(em: EntityManager, buyer: SignedIn, ids: readonly string[]): Promise<OfferedContent[]> {
    const demand = { at: this.#platform.clock.now(), country: buyer.country };
    const offered = new Map((await lockOfferedContents(em, { ids, demand })).map((row) => [row.id, row]));
    const missing = ids.filter((id) => !offered.has(id));
    if (missing.length > 0) throw new NotOnOfferError(missing);
    const contents = ids.map((id) => present(offered.get(id), 'a content on offer'));
    const currencies = [...new Set(contents.map((content) => content.currency))];
    if (currencies.length > 1) {
      throw new InvalidInputError('contentIds', `Order what is priced in ${currencies.join(' and ')} separately.`);
    }
    return contents;
  }

  /** What each content costs the buyer: less the discount, with the tax of where the buyer is now. */
  async #price(
    em: EntityManager,
    wanted: { buyer: SignedIn; offered: readonly OfferedContent[]; couponCode: string | null },
  ): Promise<Pick<OrderDraft, 'coupon' | 'campaignCoupon' | 'contents'>> {
    const { buyer, offered, couponCode: code } = wanted;
    const at = this.#platform.clock.now();
    const { currency } = present(offered[0], 'the first content of an order');
    const use = { currency, items: offered, at, countUses: countCouponUses };
    const led = code === null ? null : await this.#findCampaignCoupon(em, { code, at });
    const coupon = code === null ? null : await this.#takeCoupon(em, { ...use, code }, led);
    const taxPercent = await findTaxPercent(em, { country: buyer.country, at });
    const campaignCoupon = led?.refusal === null ? led.coupon : null;
    return { coupon, campaignCoupon, contents: priceItems(offered, { coupon, taxPercent }) };
  }

  #findCampaignCoupon(em: EntityManager, { code, at }: { code: string; at: Date }): Promise<FoundCoupon | null> {
    return this.#with.campaignCoupons.find(em, { code, at, countUses: countCampaignCouponUses });
  }

  /** The discount of a code. A campaign's code need not be one: null then. @throws CouponNotUsableError */
  async #takeCoupon(em: EntityManager, use: CouponUse, led: FoundCoupon | null): Promise<Coupon | null> {
    try {
      return await this.#with.coupons.take(em, use);
    } catch (error) {
      const isNoDiscount = error instanceof CouponNotUsableError && error.reason === 'UNKNOWN';
      if (!led || !isNoDiscount) throw error;
      if (led.refusal) throw new CouponNotUsableError(led.refusal);
      return null;
    }
  }

  /** The buyer was led by the partner that handed the coupon out. */
  async #credit(em: EntityManager, { order, coupon }: { order: Order; coupon: FoundCoupon['coupon'] }): Promise<void> {
    const { id: orderId, userId, placedAt: at } = order;
    await this.#with.campaignCoupons.recordUse(em, { coupon, orderId, userId, at });
  }

  #createOrder(em: EntityManager, draft: OrderDraft): Order {
    const { buyer, contents, coupon, campaignCoupon, idempotencyKey, inputHash } = draft;
    const { clock, ids } = this.#platform;
    const totalMinor = contents.reduce((sum, content) => sum + content.priceMinor, 0n);
    const { currency } = present(contents[0], 'the first content of an order');
    const keys = { id: ids.next(), userId: buyer.userId, idempotencyKey, inputHash };
    const coupons = { couponId: coupon?.id ?? null, campaignCouponId: campaignCoupon?.id ?? null };
    const facts = { currency, totalMinor, country: buyer.country, ...coupons };
    const data = { ...keys, ...facts, state: 'PLACED' as const, placedAt: clock.now() };
    const order = em.create(Order, data, { persist: true });
    contents.forEach((content, position) => {
      const { id: contentId, partnerId: ownerPartnerId, domainCode, module } = content;
      const { listPriceMinor, discountMinor, priceMinor, taxMinor } = content;
      const item = { position, contentId, ownerPartnerId, domainCode, module };
      const amounts = { listPriceMinor, discountMinor, priceMinor, taxMinor };
      em.create(OrderItem, { id: ids.next(), orderId: order.id, ...item, ...amounts }, { persist: true });
    });
    return order;
  }

  /** What a coupon made free may have somebody who bears the discount: the contracts know. */
  async #giveAway(
    em: EntityManager,
    { order, contents, actor }: { order: Order; contents: readonly PricedContent[]; actor: Actor },
  ): Promise<void> {
    const at = this.#platform.clock.now();
    const { id: orderId, userId } = order;
    order.pay(at);
    await this.#with.entitlements.grant(em, { userId, orderId, contentIds: contents.map(({ id }) => id), at });
    if (contents.every(({ discountMinor }) => discountMinor === 0n)) return;
    this.#with.outbox.enqueue(em, { job: 'settle-sale', payload: { orderId }, requestedBy: actor });
  }

  #askForPayment(
    em: EntityManager,
    request: { order: Order; method: string; provider: PaymentProvider; actor: Actor },
  ): void {
    const { order, method, provider, actor } = request;
    const paymentId = this.#platform.ids.next();
    em.create(
      Payment,
      {
        id: paymentId,
        orderId: order.id,
        provider: provider.name,
        method,
        state: 'PENDING',
        amountMinor: order.totalMinor,
        currency: order.currency,
        createdAt: order.placedAt,
      },
      { persist: true },
    );
    this.#with.outbox.enqueue(em, { job: 'charge-payment', payload: { paymentId }, requestedBy: actor });
  }
}

function requireAge(contents: readonly OfferedContent[], age: number): void {
  const restricted = contents.filter(({ minAge }) => minAge > age);
  if (restricted.length === 0) return;
  const minAge = Math.max(...restricted.map((content) => content.minAge));
  throw new AgeRestrictedError(
    restricted.map(({ id }) => id),
    minAge,
  );
}

async function requireNotTaken(
  em: EntityManager,
  wanted: { userId: string; contentIds: readonly string[] },
): Promise<void> {
  const taken = await findTakenContentIds(em, wanted);
  if (taken.size > 0) throw new AlreadyOwnedError(wanted.contentIds.filter((id) => taken.has(id)));
}

function checkItems(contentIds: readonly string[]): void {
  if (contentIds.length < 1 || contentIds.length > MAX_ITEMS) {
    throw new InvalidInputError('contentIds', `An order has from 1 to ${MAX_ITEMS} contents.`);
  }
  if (new Set(contentIds).size < contentIds.length) {
    throw new InvalidInputError('contentIds', 'An order has each content once.');
  }
}

/** Orders without a coupon keep the hash that they had before there were any. */
function hashOf({ contentIds, paymentMethod, couponCode }: PlaceOrderInput): string {
  const asked = [contentIds, paymentMethod, ...(couponCode ? [couponCode] : [])];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

function toOrderRow(order: Order): OrderRow {
  const { id, userId, state, currency, totalMinor, placedAt, paidAt = null, refundedAt = null } = order;
  const { couponId = null, cancellation = null, cancelledAt = null } = order;
  return { id, userId, state, currency, totalMinor, placedAt, paidAt, refundedAt, couponId, cancellation, cancelledAt };
}
