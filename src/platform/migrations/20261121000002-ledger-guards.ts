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
   * and balanced. The settings keep a plan that was made on a small table from being a scan of a large one.
   */
  #checkPostings(): void {
    this.addSql(`
      create function ledger_check_postings() returns trigger language plpgsql
      set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
      declare
        broken record;
      begin
        select added.id, added.currency, account.currency as account_currency into broken
          from added join ledger_accounts account on account.id = added.account_id
          where account.currency <> added.currency limit 1;
        if found then
          raise exception 'Posting % is in %, its account in %', broken.id, broken.currency, broken.account_currency
            using errcode = 'integrity_constraint_violation';
        end if;
        select posting.transaction_id, posting.currency, sum(posting.amount_minor) as total into broken
          from (select distinct transaction_id from added) touched
          join ledger_postings posting on posting.transaction_id = touched.transaction_id
          group by posting.transaction_id, posting.currency having sum(posting.amount_minor) <> 0 limit 1;
        if found then
          raise exception 'Transaction % does not balance: % in %', broken.transaction_id, broken.total, broken.currency
            using errcode = 'integrity_constraint_violation';
        end if;
        select entry.id, entry.posting_count, count(*) as stored into broken
          from (select distinct transaction_id from added) touched
          join ledger_transactions entry on entry.id = touched.transaction_id
          join ledger_postings posting on posting.transaction_id = entry.id
          group by entry.id having count(*) <> entry.posting_count limit 1;
        if found then
          raise exception 'Transaction % has % postings and not %', broken.id, broken.posting_count, broken.stored
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
