import { Migration } from '@mikro-orm/migrations';

/** Money set aside, accounts that may not be overdrawn, and balances at any instant. */
export class LedgerHoldsAndBalances20261122000004 extends Migration {
  override up(): void {
    this.#forbidOverdrafts();
    this.#createHolds();
    this.#guardHolds();
  }

  #forbidOverdrafts(): void {
    this.addSql(`alter table "ledger_accounts" add column "overdraft" text not null default 'ALLOWED'`);
    this.addSql(
      `alter table "ledger_accounts" add constraint "ledger_accounts_overdraft_check" check ("overdraft" in ('ALLOWED', 'FORBIDDEN'))`,
    );
  }

  #createHolds(): void {
    this.addSql(`
      create table "ledger_holds" (
        "id" uuid not null, "idempotency_key" text not null, "input_hash" text not null, "account_id" uuid not null,
        "currency" char(3) not null, "amount_minor" bigint not null, "reference" text not null, "state" text not null,
        "created_at" timestamptz not null, "expires_at" timestamptz null, primary key ("id"))`);
    this.addSql(
      `alter table "ledger_holds" add constraint "ledger_holds_idempotency_key_unique" unique ("idempotency_key")`,
    );
    this.addSql(
      `alter table "ledger_holds" add constraint "ledger_holds_account_id_foreign" foreign key ("account_id") references "ledger_accounts" ("id")`,
    );
    this.addSql(
      `alter table "ledger_holds" add constraint "ledger_holds_state_check" check ("state" in ('PENDING', 'POSTED', 'VOIDED', 'EXPIRED'))`,
    );
    this.addSql(`alter table "ledger_holds" add constraint "ledger_holds_amount_check" check (amount_minor > 0)`);
    this.addSql(`create index "ledger_holds_pending" on "ledger_holds" ("account_id") where "state" = 'PENDING'`);
    this.addSql(`create index "ledger_holds_due" on "ledger_holds" ("expires_at") where "state" = 'PENDING'`);
    this.addSql(
      `create index "ledger_holds_account_id_created_at_id_index" on "ledger_holds" ("account_id", "created_at", "id")`,
    );
    this.addSql(`
      create table "ledger_hold_steps" (
        "id" uuid not null, "hold_id" uuid not null, "from_state" text null, "to_state" text not null,
        "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"))`);
    this.addSql(`create index "ledger_hold_steps_hold_id_index" on "ledger_hold_steps" ("hold_id")`);
    this.addSql(
      `alter table "ledger_hold_steps" add constraint "ledger_hold_steps_hold_id_foreign" foreign key ("hold_id") references "ledger_holds" ("id")`,
    );
    for (const column of ['from_state', 'to_state']) {
      this.addSql(
        `alter table "ledger_hold_steps" add constraint "ledger_hold_steps_${column}_check" check ("${column}" in ('PENDING', 'POSTED', 'VOIDED', 'EXPIRED'))`,
      );
    }
  }

  /** A hold leaves PENDING once, and nothing else of it ever changes. */
  #guardHolds(): void {
    this.addSql(`
      create function ledger_holds_guard() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and old.state = 'PENDING' and new.state <> 'PENDING'
           and to_jsonb(new) - 'state' = to_jsonb(old) - 'state' then
          return new;
        end if;
        raise exception 'ledger_holds is append-only, the end of a hold apart: % is refused', tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
    this.addSql(`
      create trigger ledger_holds_append_only before update or delete on ledger_holds
      for each row execute function ledger_holds_guard()`);
    this.addSql(`
      create trigger ledger_hold_steps_append_only before update or delete on ledger_hold_steps
      for each row execute function refuse_change()`);
    for (const table of ['ledger_holds', 'ledger_hold_steps']) {
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change()`);
    }
  }
}
