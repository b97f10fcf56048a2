import { Migration } from '@mikro-orm/migrations';

/** Every posting on a partner's account, as the partner reads it, whatever it came from. */
export class PartnerEntries20261122000001 extends Migration {
  override up(): void {
    this.#create();
    this.#fill();
    this.#guard();
  }

  #create(): void {
    this.addSql(`
      create table "partner_entries" (
        "posting_id" uuid not null, "partner_id" uuid not null, "currency" char(3) not null, "kind" text not null,
        "amount_minor" bigint not null, "period" char(7) not null, "effective_at" timestamptz not null,
        "available_at" timestamptz not null, "share_id" uuid null, "source_id" uuid not null,
        "explanation" text not null, "recorded_at" timestamptz not null, "statement_id" uuid null,
        primary key ("posting_id"))`);
    this.addSql(
      `alter table "partner_entries" add constraint "partner_entries_posting_id_foreign" foreign key ("posting_id") references "ledger_postings" ("id")`,
    );
    this.addSql(
      `alter table "partner_entries" add constraint "partner_entries_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(
      `alter table "partner_entries" add constraint "partner_entries_kind_check" check ("kind" in ('SALE', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'REALLOCATION', 'ADVANCE', 'GUARANTEE', 'ADJUSTMENT', 'PAYOUT', 'PAYOUT_RETURN'))`,
    );
    this.addSql(
      `create index "partner_entries_partner_id_currency_available_at_index" on "partner_entries" ("partner_id", "currency", "available_at")`,
    );
    this.addSql(
      `create index "partner_entries_unstated" on "partner_entries" ("partner_id", "currency", "effective_at") where "statement_id" is null`,
    );
    this.addSql(`create index "partner_entries_statement_id_index" on "partner_entries" ("statement_id")`);
  }

  /** Until now only shares of allocations were posted on partners' accounts. */
  #fill(): void {
    this.addSql(`
      insert into partner_entries
        (posting_id, partner_id, currency, kind, amount_minor, period, effective_at, available_at, share_id, source_id,
         explanation, recorded_at, statement_id)
      select share.posting_id, share.partner_id, allocation.currency, allocation.kind, share.amount_minor,
             allocation.period, allocation.effective_at, allocation.effective_at, share.id, allocation.id,
             share.explanation, allocation.created_at, line.statement_id
      from allocation_shares share
      join allocations allocation on allocation.id = share.allocation_id
      left join statement_lines line on line.posting_id = share.posting_id
      where share.party = 'PARTNER' and share.posting_id is not null`);
  }

  #guard(): void {
    this.addSql(`
      create function partner_entries_guard() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old.statement_id is null and new.statement_id is not null
           and to_jsonb(new) - 'statement_id' = to_jsonb(old) - 'statement_id' then
          return new;
        end if;
        raise exception 'partner_entries is append-only: % is refused', tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
    this.addSql(`
      create trigger partner_entries_append_only before update or delete on partner_entries
      for each row execute function partner_entries_guard()`);
    this.addSql(`
      create trigger partner_entries_no_truncate before truncate on partner_entries
      for each statement execute function refuse_change()`);
  }
}
