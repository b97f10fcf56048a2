import { findContentsByIds } from '../../src/content/index.ts';
import { Entitlement, Order, OrderItem, Payment, Refund } from '../../src/orders/index.ts';
import type { EntityManager } from '../../src/platform/database.ts';
import { present } from '../../src/shared/invariant.ts';
import { aContent } from './contents.ts';
import { aLearner } from './people.ts';
import type { TestApp } from './test-app.ts';

export interface PaidOrderOptions {
  readonly id?: string;
  /** A new learner unless given. */
  readonly userId?: string;
  /** One new content unless given. Bought at their price of now, in the currency of the first. */
  readonly contentIds?: readonly string[];
  /** 0.6 % of the total, as the sandbox takes it, unless given. */
  readonly feeMinor?: bigint;
  readonly provider?: string;
  readonly paidAt?: Date;
}

export interface TestOrder {
  readonly id: string;
  readonly userId: string;
  readonly contentIds: readonly string[];
  readonly totalMinor: bigint;
}

/** An order whose payment was captured, as it lies in the tables: no job is wanted and nothing is posted. */
export async function aPaidOrder(app: TestApp, options: PaidOrderOptions = {}): Promise<TestOrder> {
  const id = options.id ?? app.platform.ids.next();
  const userId = options.userId ?? (await aLearner(app)).id;
  const contentIds = options.contentIds ?? [(await aContent(app)).id];
  const rows = new Map((await findContentsByIds(app.platform.database, contentIds)).map((row) => [row.id, row]));
  const contents = contentIds.map((contentId) => present(rows.get(contentId), 'a content of the order'));
  const totalMinor = contents.reduce((sum, content) => sum + content.priceMinor, 0n);
  const at = options.paidAt ?? app.clock.now();
  const { currency } = present(contents[0], 'the first content');
  await app.platform.database.transaction(async (em) => {
    em.create(
      Order,
      { id, userId, state: 'PAID', currency, totalMinor, idempotencyKey: id, inputHash: id, placedAt: at, paidAt: at },
      { persist: true },
    );
    contents.forEach((content, position) => {
      const { partnerId: ownerPartnerId, domainCode, module, priceMinor } = content;
      const amounts = { listPriceMinor: priceMinor, discountMinor: 0n, priceMinor, taxMinor: 0n };
      const item = { contentId: content.id, ownerPartnerId, domainCode, module, ...amounts };
      const grant = { userId, contentId: content.id, orderId: id, grantedAt: at };
      em.create(OrderItem, { id: app.platform.ids.next(), orderId: id, position, ...item }, { persist: true });
      em.create(Entitlement, { id: app.platform.ids.next(), ...grant }, { persist: true });
    });
    createPayment(em, app, { orderId: id, amountMinor: totalMinor, currency, at, options });
  });
  return { id, userId, contentIds, totalMinor };
}

function createPayment(
  em: EntityManager,
  app: TestApp,
  facts: { orderId: string; amountMinor: bigint; currency: string; at: Date; options: PaidOrderOptions },
): void {
  const { orderId, amountMinor, currency, at, options } = facts;
  em.create(
    Payment,
    {
      id: app.platform.ids.next(),
      orderId,
      provider: options.provider ?? 'sandbox',
      providerReference: `sbx_${orderId}`,
      method: 'sandbox:ok',
      state: 'CAPTURED',
      amountMinor,
      feeMinor: options.feeMinor ?? (amountMinor * 6n + 500n) / 1_000n,
      currency,
      createdAt: at,
      capturedAt: at,
    },
    { persist: true },
  );
}

/** A full refund that the provider has paid back, as it lies in the tables. @returns the refund's id */
export async function aSettledRefund(app: TestApp, order: TestOrder, settledAt = app.clock.now()): Promise<string> {
  const id = app.platform.ids.next();
  await app.platform.database.transaction(async (em) => {
    const { id: orderId, totalMinor: amountMinor } = order;
    em.create(
      Refund,
      {
        id,
        orderId,
        amountMinor,
        reason: 'The learner changed their mind.',
        state: 'SUCCEEDED',
        idempotencyKey: id,
        providerReference: `sbx_${id}`,
        requestedBy: 'system:test',
        requestedAt: settledAt,
        settledAt,
      },
      { persist: true },
    );
    const paid = await em.findOneOrFail(Order, { id: orderId });
    paid.standAt(settledAt);
    const payment = await em.findOneOrFail(Payment, { orderId });
    payment.state = 'REFUNDED';
    await em.nativeUpdate(Entitlement, { orderId }, { revokedAt: settledAt });
  });
  return id;
}
