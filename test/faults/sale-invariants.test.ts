import { expect, it } from 'vitest';
import { rawSql } from '../support/ledger.ts';
import { brokenMoney } from '../support/money-invariants.ts';
import { aPaidOrder } from '../support/orders.ts';
import { aPartialRefund } from '../support/returns.ts';
import { SALE_INVARIANTS } from '../support/sale-invariants.ts';
import { aSupplier, close } from '../support/statements.ts';
import { startTestApp } from '../support/test-app.ts';

/** What breaks each promise. */
const BREAKS: Readonly<Record<string, string>> = {
  'a transaction has the postings it says, and they balance':
    "delete from ledger_postings where amount_minor > 0 and currency = 'CNY'",
  'an order is paid when its payment was captured, and by that sum':
    'update payments set amount_minor = amount_minor + 1',
  'an item of a paid order is split once, and no other is': "delete from allocations where kind = 'SALE'",
  'shares come to the sum that is split, and every split is of one chain':
    'update allocation_shares set amount_minor = amount_minor + 1',
  'what went back is in the books once': 'delete from settled_returns',
  'parties give back what the books say that they share, and never more than the sale':
    'update settled_returns set shared_minor = shared_minor - 1',
  'the clearing account is what was captured, less what went back and what that cost':
    'update ledger_postings set amount_minor = amount_minor + 1',
  'money for an order that is not wanted goes back': "update orders set state = 'CANCELLED'",
  'whoever paid has what was bought, until all of it is back': 'update entitlements set revoked_at = now()',
  'a posting is on one statement line, and its entry says on which': 'update partner_entries set statement_id = null',
  'no more is kept for payouts than payouts are under way': `
    insert into ledger_holds (id, idempotency_key, input_hash, account_id, currency, amount_minor, reference, state, created_at)
    select gen_random_uuid(), id::text, 'hash', id, currency, 1, 'nothing', 'PENDING', now() from ledger_accounts`,
  'every job that was wanted is done, and none was given up': 'update outbox_messages set settled_at = null',
};

it('finds each promise of sales broken that is broken, and none while all is well', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const supplier = await aSupplier(app);
  const order = await aPaidOrder(app, {
    contentIds: [supplier.contentId],
    paidAt: new Date('2026-10-20T08:00:00Z'),
  });
  await app.services.allocations.settleSales([order.id]);
  await app.services.allocations.settleRefunds([await aPartialRefund(app, order, { amountMinor: 3_000n })]);
  await close(app, '2026-10');
  await app.drainJobs();
  expect(await brokenMoney(app, { recompute: true })).toEqual([]);
  const found: string[] = [];
  for (const [name, query] of Object.entries(SALE_INVARIANTS)) {
    // Never committed, and no trigger holds it.
    const tampering = ['begin', 'set local session_replication_role = replica', BREAKS[name] ?? 'select 1'];
    if ((await rawSql(app, ...tampering, query)).length > 0) found.push(name);
  }
  expect(found).toEqual(Object.keys(BREAKS));
});
