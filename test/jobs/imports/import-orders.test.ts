import { describe, expect, it } from 'vitest';
import { idFromName } from '../../../src/shared/ids.ts';
import { aContent } from '../../support/contents.ts';
import { aContract } from '../../support/contracts.ts';
import { importFiles } from '../../support/import-files.ts';
import { countRows, csv, importText, select } from '../../support/imports.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { balances } from '../../support/settlement.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const HEADER = [
  'order',
  'user',
  'content',
  'price',
  'currency',
  'total',
  'fee',
  'paid_at',
  'provider',
  'payment_reference',
];
const TABLES = ['orders', 'order_items', 'payments', 'entitlements', 'interactions', 'conversions', 'outbox_messages'];

interface Shop {
  readonly partnerId: string;
  readonly user: string;
  readonly a: string;
  readonly b: string;
}

async function aShop(app: TestApp): Promise<Shop> {
  const { id: partnerId } = await aPartner(app);
  await aContract(app, { parties: [{ partnerId }] });
  const { id: a } = await aContent(app, { partnerId });
  const { id: b } = await aContent(app, { partnerId });
  return { partnerId, user: (await aLearner(app)).id, a, b };
}

function line(shop: Shop, change: Partial<Record<(typeof HEADER)[number], string>> = {}): string[] {
  const cells: Record<string, string> = {
    order: 's:1',
    user: shop.user,
    content: shop.a,
    price: '60.00',
    currency: 'CNY',
    total: '100',
    fee: '0.60',
    paid_at: '2026-10-01T00:00:00Z',
    provider: 'alipay',
    payment_reference: 'pay-1',
    ...change,
  };
  return HEADER.map((name) => cells[name] ?? '');
}

describe('importing orders', () => {
  it('brings a paid order with all that follows from it, and settles it under the contract', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const shop = await aShop(app);
    const content = csv(HEADER, line(shop), line(shop, { content: shop.b, price: '40' }));
    const run = () => importText(app, files, { kind: 'orders', name: 'o.csv', content });
    expect((await run()).counts.orders).toEqual({ read: 2, inserted: 2, updated: 0, unchanged: 0, refused: 0 });
    const id = idFromName('imported order', 's:1');
    const paidAt = new Date('2026-10-01T00:00:00Z');
    expect(await select(app, 'select id, user_id, state, total_minor, paid_at from orders')).toEqual([
      { id, user_id: shop.user, state: 'PAID', total_minor: 10_000n, paid_at: paidAt },
    ]);
    expect(
      await select(
        app,
        'select position, content_id, owner_partner_id, price_minor from order_items order by position',
      ),
    ).toEqual([
      { position: 0, content_id: shop.a, owner_partner_id: shop.partnerId, price_minor: 6_000n },
      { position: 1, content_id: shop.b, owner_partner_id: shop.partnerId, price_minor: 4_000n },
    ]);
    expect(
      await select(app, 'select provider, provider_reference, state, fee_minor, captured_at from payments'),
    ).toEqual([
      { provider: 'alipay', provider_reference: 'pay-1', state: 'CAPTURED', fee_minor: 60n, captured_at: paidAt },
    ]);
    const counts = await countRows(app, ...TABLES);
    expect(counts).toMatchObject({ entitlements: 2, interactions: 2, conversions: 1, outbox_messages: 1 });
    expect((await run()).counts.orders).toMatchObject({ inserted: 0, unchanged: 2, refused: 0 });
    expect(await countRows(app, ...TABLES)).toEqual(counts);
    await app.drainJobs();
    expect(await balances(app)).toMatchObject({
      'provider:alipay:clearing': 10_000n,
      [`partner:${shop.partnerId}:payable`]: -7_000n,
    });
  });

  it('takes an order whole or not at all', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const shop = await aShop(app);
    const other = (change: Record<string, string>) =>
      line(shop, { order: 's:2', payment_reference: 'pay-2', ...change });
    const content = csv(
      HEADER,
      line(shop),
      line(shop, { content: 'unknown', price: '40' }),
      other({ total: '60' }),
      other({ total: '60', content: shop.b, paid_at: '2026-10-02T00:00:00Z' }),
      line(shop, { order: 's:3', payment_reference: 'pay-3', total: '120' }),
      line(shop, { order: 's:3', payment_reference: 'pay-3', total: '120' }),
      line(shop, { order: 's:4', payment_reference: 'pay-4', total: '60' }),
    );
    const report = await importText(app, files, { kind: 'orders', name: 'o.csv', content });
    expect(report.counts.orders).toMatchObject({ read: 7, inserted: 2, refused: 5 });
    const errors = (await files.read('o.csv.errors.csv'))?.split('\n').slice(1, -1) ?? [];
    expect(errors.map((row) => row.split(',').slice(0, 3).join(' '))).toEqual([
      '2 total is not the sum of the prices on the good lines of the order',
      '3 content names no content that there is',
      '5 order differs from line 4 of the same order',
      '6 total is not the sum of the prices on the good lines of the order',
      '7 content is in the order by line 6',
    ]);
    expect(await countRows(app, 'orders')).toEqual({ orders: 2 });
  });

  it('refuses an order that is told differently the second time, and a payment that another order has', async () => {
    await using app = await startTestApp();
    await using files = await importFiles();
    const shop = await aShop(app);
    const run = async (...lines: string[][]) =>
      importText(app, files, { kind: 'orders', name: 'o.csv', content: csv(HEADER, ...lines) });
    await run(line(shop, { total: '60' }));
    const report = await run(
      line(shop, { total: '60', fee: '0.70' }),
      line(shop, { order: 's:2', total: '60' }),
      line(shop, { order: 's:3', total: '60', payment_reference: 'pay-3' }),
      line(shop, { order: 's:4', total: '60', payment_reference: 'pay-3' }),
    );
    expect(report.counts.orders).toMatchObject({ inserted: 0, refused: 4 });
    expect(report.errorFiles[0]?.first.map(({ line: at, column }) => [at, column])).toEqual([
      [2, 'order'],
      [3, 'payment_reference'],
      [4, 'payment_reference'],
      [5, 'payment_reference'],
    ]);
  });
});
