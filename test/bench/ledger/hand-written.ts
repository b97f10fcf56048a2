import type { Pool } from 'pg';
import type { BenchProduct } from './bench-product.ts';

/**
 * Makes `bench_settle(orders)` and `bench_post(key)`: the inserts that settling and posting come to, with every split,
 * account, text and hash computed beforehand.
 *
 * What they do as we do: `bench_settle` adds for each item a transaction under its idempotency key, seven postings, an
 * allocation with its facts, six shares and three partner entries; `bench_post` a transaction and two postings; both ask
 * for the seal unless somebody waits for one, and meet all indexes, foreign keys and triggers, that which queues for the
 * seal and those that check balances with them. The ledger keeps no other record of who did what than these rows.
 *
 * What they spare themselves: they lock no order and no supplier, read no contract, payment, counter or account, split
 * nothing, hash nothing, look for no sale that is settled already, and refuse a key that was used in place of answering
 * with what stands under it. One statement does it all, so that nothing travels but the ids of the orders.
 *
 * @param templateOrderId an order that the product has settled; all others are like it
 */
export async function makeHandWritten({ platform }: BenchProduct, templateOrderId: string): Promise<void> {
  const { pool } = platform.database;
  await copyTemplate(pool, templateOrderId);
  await pool.query(SETTLE);
  await pool.query(POST);
}

/** What the product stored for one order, by item and position, without what is another for every sale. */
async function copyTemplate(pool: Pool, orderId: string): Promise<void> {
  await pool.query(
    `create table bench_allocations as
     select item.position as item, allocation.*, entry.content_hash, entry.kind as entry_kind, entry.posting_count
     from allocations allocation
     join order_items item on item.id = allocation.order_item_id
     join ledger_transactions entry on entry.id = allocation.ledger_transaction_id
     where item.order_id = '${orderId}'`,
  );
  await pool.query(
    `create table bench_postings as
     select allocation.item, posting.position, posting.account_id, posting.amount_minor, posting.currency
     from bench_allocations allocation
     join ledger_postings posting on posting.transaction_id = allocation.ledger_transaction_id`,
  );
  await pool.query(
    `create table bench_shares as
     select allocation.item, share.*, posting.position as posting_position, entry.kind as partner_kind, entry.period
     from bench_allocations allocation
     join allocation_shares share on share.allocation_id = allocation.id
     left join ledger_postings posting on posting.id = share.posting_id
     left join partner_entries entry on entry.posting_id = share.posting_id`,
  );
  await pool.query('analyze bench_allocations, bench_postings, bench_shares');
}

const SETTLE = `
  create function bench_settle(orders uuid[]) returns void language sql as $$
    with sold as materialized (
      select item.id as item_id, item.position as item, uuidv7() as transaction_id, uuidv7() as allocation_id,
             array(select uuidv7() from generate_series(1, 7 + 0 * item.position)) as posting_ids,
             array(select uuidv7() from generate_series(1, 6 + 0 * item.position)) as share_ids,
             paid.paid_at as at, clock_timestamp() as recorded_at
      from order_items item join orders paid on paid.id = item.order_id where item.order_id = any(orders)),
    entries as (
      insert into ledger_transactions
        (id, idempotency_key, content_hash, kind, reference, effective_at, recorded_at, posting_count)
      select sold.transaction_id, 'allocation:order-item:' || sold.item_id, known.content_hash, known.entry_kind,
             'order-item:' || sold.item_id, sold.at, sold.recorded_at, known.posting_count
      from sold join bench_allocations known using (item)),
    postings as (
      insert into ledger_postings
        (id, transaction_id, position, account_id, amount_minor, currency, reference, effective_at, recorded_at)
      select sold.posting_ids[known.position + 1], sold.transaction_id, known.position, known.account_id,
             known.amount_minor, known.currency, 'order-item:' || sold.item_id || '/share:' || known.position,
             sold.at, sold.recorded_at
      from sold join bench_postings known using (item)),
    split as (
      insert into allocations
        (id, kind, order_item_id, contract_version_id, ledger_transaction_id, amount_minor, currency, period,
         effective_at, facts, created_at)
      select sold.allocation_id, known.kind, sold.item_id, known.contract_version_id, sold.transaction_id,
             known.amount_minor, known.currency, known.period, sold.at, known.facts, sold.recorded_at
      from sold join bench_allocations known using (item)),
    shares as (
      insert into allocation_shares
        (id, allocation_id, position, party, partner_id, term_id, touchpoint_id, posting_id, amount_minor, posted_minor,
         basis_minor, explanation)
      select sold.share_ids[known.position + 1], sold.allocation_id, known.position, known.party, known.partner_id,
             known.term_id, known.touchpoint_id, sold.posting_ids[known.posting_position + 1], known.amount_minor,
             known.posted_minor, known.basis_minor, known.explanation
      from sold join bench_shares known using (item)),
    statement_rows as (
      insert into partner_entries
        (posting_id, partner_id, currency, kind, amount_minor, period, effective_at, available_at, share_id, source_id,
         explanation, recorded_at)
      select sold.posting_ids[known.posting_position + 1], known.partner_id, 'CNY', known.partner_kind,
             known.amount_minor, known.period, sold.at, sold.at, sold.share_ids[known.position + 1], sold.allocation_id,
             known.explanation, sold.recorded_at
      from sold join bench_shares known using (item) where known.partner_kind is not null)
    insert into outbox_messages (id, job, payload, created_at, requested_by)
    select uuidv7(), 'seal-ledger', '{}', clock_timestamp(), 'system:ledger'
    where not exists (select from outbox_messages where job = 'seal-ledger' and relayed_at is null for share)
  $$`;

const POST = `
  create function bench_post(key text, debited uuid, credited uuid) returns void language plpgsql as $$
  declare
    entry uuid := uuidv7();
    at timestamptz := clock_timestamp();
  begin
    insert into ledger_transactions
      (id, idempotency_key, content_hash, kind, reference, effective_at, recorded_at, posting_count)
    values (entry, key, repeat('0', 64), 'BENCH', key, at, at, 2);
    insert into ledger_postings
      (id, transaction_id, position, account_id, amount_minor, currency, reference, effective_at, recorded_at)
    values (uuidv7(), entry, 0, debited, 100, 'CNY', 'in', at, at), (uuidv7(), entry, 1, credited, -100, 'CNY', 'out', at, at);
    insert into outbox_messages (id, job, payload, created_at, requested_by)
    select uuidv7(), 'seal-ledger', '{}', clock_timestamp(), 'system:ledger'
    where not exists (select from outbox_messages where job = 'seal-ledger' and relayed_at is null for share);
  end $$`;
