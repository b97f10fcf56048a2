import { chartOfAccounts } from '../../../src/ledger/index.ts';
import { aContent } from '../../support/contents.ts';
import { aContract, deduction, share } from '../../support/contracts.ts';
import { aPartner } from '../../support/partners.ts';
import type { TestApp } from '../../support/test-app.ts';
import type { BenchProduct } from './bench-product.ts';

/** Where every sale is of the same two contents, of one owner and by one contract. */
export interface SalesFixture {
  readonly contentIds: readonly string[];
  readonly ownerId: string;
}

/**
 * A contract among six parties: the tax authority, the payment provider, the platform, the owner of the content and
 * two more partners. With the provider's clearing account that is seven postings an item.
 */
export async function prepareSales({ platform }: BenchProduct): Promise<SalesFixture> {
  // The helpers of the tests use no more of an app than this.
  const app = { platform, clock: platform.clock } as TestApp;
  const [owner, author, studio] = [await aPartner(app), await aPartner(app), await aPartner(app)];
  const contents = [await aContent(app, { partnerId: owner.id }), await aContent(app, { partnerId: owner.id })];
  await aContract(app, {
    parties: [
      { partnerId: owner.id },
      { partnerId: author.id, role: 'LICENSOR' },
      { partnerId: studio.id, role: 'LICENSOR' },
    ],
    versions: [
      {
        terms: [
          deduction(1, { cost: 'TAX', description: 'Value added tax.' }),
          deduction(2),
          share(3, { percent: '20', beneficiary: 'PLATFORM' }),
          share(4, { percent: '15', beneficiary: 'PARTNER', partnerId: author.id, clause: '4.1' }),
          share(4, { percent: '10', beneficiary: 'PARTNER', partnerId: studio.id, clause: '4.2' }),
          share(5, { percent: '100', beneficiary: 'CONTENT_OWNER' }),
        ],
      },
    ],
  });
  return { contentIds: contents.map(({ id }) => id), ownerId: owner.id };
}

/** Paid orders of two items each, by as many buyers, as they lie in the tables. @returns their ids */
export async function makeOrders(product: BenchProduct, fixture: SalesFixture, count: number): Promise<string[]> {
  const { pool } = product.platform.database;
  const { rows } = await pool.query<{ id: string }>(
    `with buyers as (
       insert into users (id, email, display_name, roles, locale, interests, goals, created_at)
       select uuidv7(), uuidv7() || '@example.com', 'Buyer', '{LEARNER}', 'zh-CN', '{}', '{}', now()
       from generate_series(1, $1) returning id),
     paid as (
       insert into orders
         (id, user_id, state, currency, total_minor, idempotency_key, input_hash, placed_at, paid_at)
       select uuidv7(), id, 'PAID', 'CNY', 19800, id, id, now(), now() from buyers returning id),
     items as (
       insert into order_items
         (id, order_id, position, content_id, owner_partner_id, domain_code, module, list_price_minor, discount_minor,
          price_minor, tax_minor)
       select uuidv7(), paid.id, item.position, item.content_id, $3, 'technology', 'COURSE', 9900, 0, 9900, 560
       from paid cross join unnest($2::uuid[], array[0, 1]) as item (content_id, position)),
     payments as (
       insert into payments
         (id, order_id, provider, provider_reference, method, state, amount_minor, fee_minor, currency, created_at,
          captured_at)
       select uuidv7(), id, 'sandbox', 'sbx_' || id, 'sandbox:ok', 'CAPTURED', 19800, 119, 'CNY', now(), now()
       from paid)
     select id from paid`,
    [count, fixture.contentIds, fixture.ownerId],
  );
  await pool.query('analyze orders, order_items, payments, users');
  return rows.map(({ id }) => id);
}

/** The account that every sale touches. */
export const HOT_ACCOUNT = chartOfAccounts.platformRevenue;
