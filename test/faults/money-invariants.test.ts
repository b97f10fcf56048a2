import { expect, it } from 'vitest';
import { tamper } from '../support/ledger.ts';
import { brokenMoney } from '../support/money-invariants.ts';
import { aPaidOrder } from '../support/orders.ts';
import { aPartialRefund } from '../support/returns.ts';
import { aSupplier, close } from '../support/statements.ts';
import { startTestApp } from '../support/test-app.ts';

/** What breaks a promise, and the first words of the promise that must be named for it. */
const BREAKS: readonly (readonly [statement: string, named: string])[] = [
  [
    'update ledger_transactions set posting_count = posting_count + 1 where id = (select min(id::text)::uuid from ledger_transactions)',
    'a transaction has the postings',
  ],
  [
    'update payments set amount_minor = amount_minor + 1 where order_id = (select id from orders order by id limit 1)',
    'an order is paid when its payment was captured',
  ],
  [
    "delete from allocations where kind = 'SALE' and id = (select id from allocations where kind = 'SALE' order by id limit 1)",
    'an item of a paid order is split once',
  ],
  [
    'update allocation_shares set amount_minor = amount_minor + 1 where id = (select id from allocation_shares order by id desc limit 1)',
    'shares come to the sum',
  ],
  ['delete from settled_returns', 'what went back is in the books once'],
  ['update settled_returns set shared_minor = shared_minor + 1', 'parties give back what the books say'],
  [
    "update ledger_postings set amount_minor = amount_minor + 1 where account_id = (select id from ledger_accounts where code = 'provider:sandbox:clearing')",
    'the clearing account is what was captured',
  ],
  ["update orders set state = 'CANCELLED'", 'money for an order that is not wanted'],
  ['update entitlements set revoked_at = now()', 'whoever paid has what was bought'],
  ['update partner_entries set statement_id = null', 'a posting is on one statement line'],
  [
    "insert into outbox_messages (id, job, payload, created_at, requested_by) values (gen_random_uuid(), 'seal-ledger', '{}', now(), 'test')",
    'every job that was wanted is done',
  ],
  [
    "insert into ledger_holds (id, idempotency_key, input_hash, account_id, currency, amount_minor, reference, state, created_at) select gen_random_uuid(), 'k', 'h', id, currency, 1, 'r', 'PENDING', now() from ledger_accounts where code like 'partner:%' limit 1",
    'no more is kept for payouts',
  ],
];

it('names each promise of the money path that is broken, and none while all is well', async () => {
  for (const [statement, named] of BREAKS) {
    await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
    const supplier = await aSupplier(app);
    const paidAt = new Date('2026-10-20T08:00:00Z');
    const orders = [];
    for (let count = 0; count < 2; count += 1)
      orders.push(await aPaidOrder(app, { contentIds: [supplier.contentId], paidAt }));
    await app.services.allocations.settleSales(orders.map(({ id }) => id));
    const [first] = orders;
    if (first)
      await app.services.allocations.settleRefunds([await aPartialRefund(app, first, { amountMinor: 3_000n })]);
    await close(app, '2026-10');
    await app.drainJobs();
    expect(await brokenMoney(app, { recompute: true })).toEqual([]);
    await tamper(app, statement);
    const broken = await brokenMoney(app, { recompute: false });
    expect(
      broken.some((text) => text.startsWith(named)),
      `${named} in ${broken.join('; ').slice(0, 400)}`,
    ).toBe(true);
  }
}, 120_000);
