import { Migration } from '@mikro-orm/migrations';

/** What the ledger promises, kept by the database itself: not even raw SQL can store an unbalanced transaction. */
export class LedgerGuards20261121000002 extends Migration {
  override up(): void {
    this.addSql(`
      create function ledger_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'The ledger is append-only: % on % is refused', tg_op, tg_table_name
          using errcode = 'integrity_constraint_violation';
      end $$`);
    for (const table of ['ledger_transactions', 'ledger_postings', 'ledger_seals']) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function ledger_refuse_change()`);
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function ledger_refuse_change()`);
    }
    this.addSql(`
      create function ledger_check_posting() returns trigger language plpgsql as $$
      declare
        account_currency char(3);
      begin
        select currency into account_currency from ledger_accounts where id = new.account_id;
        if account_currency <> new.currency then
          raise exception 'Posting % is in %, its account in %', new.id, new.currency, account_currency
            using errcode = 'integrity_constraint_violation';
        end if;
        return new;
      end $$`);
    this.addSql(`
      create trigger ledger_postings_currency before insert on ledger_postings
      for each row execute function ledger_check_posting()`);
    this.addSql(`
      create function ledger_check_balance() returns trigger language plpgsql as $$
      declare
        broken record;
        changed uuid := case when tg_table_name = 'ledger_postings' then new.transaction_id else new.id end;
      begin
        select currency, sum(amount_minor) as total into broken from ledger_postings
          where transaction_id = changed group by currency having sum(amount_minor) <> 0 limit 1;
        if found then
          raise exception 'Transaction % does not balance: % in %', changed, broken.total, broken.currency
            using errcode = 'integrity_constraint_violation';
        end if;
        if not exists (select from ledger_postings where transaction_id = changed) then
          raise exception 'Transaction % has no postings', changed using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$`);
    for (const table of ['ledger_transactions', 'ledger_postings']) {
      this.addSql(`
        create constraint trigger ${table}_balance after insert on ${table}
        deferrable initially deferred for each row execute function ledger_check_balance()`);
    }
  }
}
