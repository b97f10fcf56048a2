import { Migration } from '@mikro-orm/migrations';

/** What is written once and stays. */
const APPEND_ONLY = [
  'ledger_accounts',
  'ledger_transactions',
  'ledger_postings',
  'ledger_seals',
  'allocations',
  'allocation_shares',
  'contract_terms',
  'contract_acceptances',
  'contract_steps',
  'period_closings',
  'statements',
  'statement_lines',
];

/**
 * What the books promise, kept by the database itself: not even raw SQL can store an unbalanced transaction, add to one
 * that stands, or change one.
 */
export class LedgerGuards20261121000002 extends Migration {
  override up(): void {
    this.#refuseChanges();
    this.#checkPostings();
    this.#checkTransactions();
    this.#queueForSealing();
  }

  #refuseChanges(): void {
    this.addSql(`
      create function refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception '% is append-only: % is refused', tg_table_name, tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
    for (const table of APPEND_ONLY) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change()`);
    }
  }

  /**
   * Once a statement, however many rows it adds. Each statement must leave every transaction that it touches complete
   * and balanced. The lateral joins and the setting make each transaction a look-up by index, also under a plan that
   * was made while the table was small.
   */
  #checkPostings(): void {
    this.addSql(`
      create function ledger_check_postings() returns trigger language plpgsql set enable_seqscan = off as $$
      declare
        broken record;
      begin
        select added.id, added.currency, account.currency as account_currency into broken
          from added
          cross join lateral (select currency from ledger_accounts where id = added.account_id) account
          where account.currency <> added.currency limit 1;
        if found then
          raise exception 'Posting % is in %, its account in %', broken.id, broken.currency, broken.account_currency
            using errcode = 'integrity_constraint_violation';
        end if;
        select touched.transaction_id, entry.posting_count, stored.postings, stored.currency, stored.total into broken
          from (select distinct transaction_id from added) touched
          cross join lateral (
            select posting_count from ledger_transactions where id = touched.transaction_id) entry
          cross join lateral (
            select sum(postings) as postings, min(currency) filter (where total <> 0) as currency,
                   min(total) filter (where total <> 0) as total
            from (
              select currency, sum(amount_minor) as total, count(*) as postings from ledger_postings
              where transaction_id = touched.transaction_id group by currency) by_currency) stored
          where stored.total is not null or stored.postings <> entry.posting_count limit 1;
        if found and broken.total is not null then
          raise exception 'Transaction % does not balance: % in %', broken.transaction_id, broken.total, broken.currency
            using errcode = 'integrity_constraint_violation';
        end if;
        if found then
          raise exception 'Transaction % has % postings and not %',
            broken.transaction_id, broken.posting_count, broken.postings
            using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger ledger_postings_check after insert on ledger_postings
      referencing new table as added for each statement execute function ledger_check_postings()`);
  }

  /** At the commit, since the postings come after their transaction. */
  #checkTransactions(): void {
    this.addSql(`
      create function ledger_check_transaction() returns trigger language plpgsql as $$
      begin
        if not exists (select from ledger_postings where transaction_id = new.id) then
          raise exception 'Transaction % has no postings', new.id using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$`);
    this.addSql(`
      create constraint trigger ledger_transactions_check after insert on ledger_transactions
      deferrable initially deferred for each row execute function ledger_check_transaction()`);
  }

  #queueForSealing(): void {
    this.addSql(`
      create function ledger_queue_for_sealing() returns trigger language plpgsql as $$
      begin
        insert into ledger_unsealed (transaction_id, recorded_at) select id, recorded_at from added;
        return null;
      end $$`);
    this.addSql(`
      create trigger ledger_transactions_unsealed after insert on ledger_transactions
      referencing new table as added for each statement execute function ledger_queue_for_sealing()`);
  }
}
