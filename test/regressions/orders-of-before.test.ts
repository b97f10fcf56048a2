import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Database } from '../../src/platform/database.ts';
import { createDatabaseOfBefore } from '../support/test-database.ts';

const AT = '2026-10-01T08:00:00Z';

/** What lay in the tables before orders knew discounts, tax and returns in parts. */
async function fill(database: Database): Promise<void> {
  const [user, partner, content, order, cancelled, payment, refund] = Array.from({ length: 7 }, () => randomUUID());
  const run = (statement: string, values: unknown[]) => database.pool.query(statement, values);
  await run("insert into domains values ('music', 'Music', '音乐')", []);
  await run(
    `insert into users (id, display_name, roles, locale, interests, goals, created_at)
     values ($1, 'Wei', '{LEARNER}', 'en', '{}', '{}', $2)`,
    [user, AT],
  );
  await run(
    `insert into partners (id, name, kind, domain_code, state, country, description, created_at)
     values ($1, 'House', 'SCHOOL', 'music', 'ACTIVE', 'CN', '', $2)`,
    [partner, AT],
  );
  await run(
    `insert into contents (id, partner_id, domain_code, kind, module, level, language, title, authors, description,
       keywords, price_minor, currency, state, created_at)
     values ($1, $2, 'music', 'COURSE', 'ENTERTAINMENT', 'BEGINNER', 'en', 'Scales', '{}', '', '{}', 1, 'CNY', 'DRAFT', $3)`,
    [content, partner, AT],
  );
  for (const [id, state] of [
    [order, 'REFUNDED'],
    [cancelled, 'CANCELLED'],
  ]) {
    await run(
      `insert into orders (id, user_id, state, currency, total_minor, idempotency_key, input_hash, placed_at)
       values ($1, $2, $3, 'CNY', 9900, $4, 'hash', $5)`,
      [id, user, state, state, AT],
    );
  }
  await run(
    `insert into order_items (id, order_id, position, content_id, owner_partner_id, price_minor)
     values ($1, $2, 0, $3, $4, 9900)`,
    [randomUUID(), order, content, partner],
  );
  await run(
    `insert into payments (id, order_id, provider, method, state, amount_minor, currency, created_at)
     values ($1, $2, 'sandbox', 'sandbox:ok', 'REFUNDED', 9900, 'CNY', $3)`,
    [payment, order, AT],
  );
  await run(
    `insert into refunds (id, order_id, amount_minor, reason, state, idempotency_key, provider_reference, requested_by,
       requested_at) values ($1, $2, 9900, 'Why not.', 'SUCCEEDED', 'the-key', 'ref', 'user', $3)`,
    [refund, order, AT],
  );
  const event = `insert into provider_events (provider, event_id, type, payload, received_at)
    values ('sandbox', $1, $1, $2, $3)`;
  await run(event, ['PAYMENT_CAPTURED', { paymentId: payment }, AT]);
  await run(event, ['REFUND_SUCCEEDED', { refundId: refund }, AT]);
}

it('keeps what was sold, cancelled and refunded before there were discounts, tax and refunds in parts', async () => {
  await using before = await createDatabaseOfBefore('returns-and-discounts', fill);
  const after = before.database;
  const rowsOf = async (statement: string) => (await after.pool.query(statement)).rows;
  expect(
    await rowsOf(
      'select list_price_minor, discount_minor, price_minor, tax_minor, domain_code, module from order_items',
    ),
  ).toEqual([
    {
      list_price_minor: 9_900n,
      discount_minor: 0n,
      price_minor: 9_900n,
      tax_minor: 0n,
      domain_code: 'music',
      module: 'ENTERTAINMENT',
    },
  ]);
  expect(await rowsOf('select state, cancellation, cancelled_at from orders order by state')).toEqual([
    { state: 'CANCELLED', cancellation: 'PAYMENT_FAILED', cancelled_at: new Date(AT) },
    { state: 'REFUNDED', cancellation: null, cancelled_at: null },
  ]);
  expect(await rowsOf('select asked_minor, sent_at from refunds')).toEqual([
    { asked_minor: null, sent_at: new Date(AT) },
  ]);
  expect(await rowsOf('select count(payment_id)::int as named from provider_events')).toEqual([{ named: 2 }]);
});
