import { Migration } from '@mikro-orm/migrations';

/** What is written once and stays. */
const APPEND_ONLY = ['payout_details', 'payout_files', 'payout_exclusions', 'payout_batch_steps', 'payout_steps'];

const BATCH_STATES = `'DRAFT', 'APPROVED', 'SENT', 'COMPLETED', 'CANCELLED'`;
const STATES = `'PENDING', 'SENT', 'PAID', 'RETURNED', 'FAILED', 'CANCELLED'`;
const REASONS = `'NEGATIVE_BALANCE', 'UNDER_WAY', 'NOT_AVAILABLE_YET', 'NOTHING_OWED', 'PARTNER_NOT_ACTIVE', 'NO_PAYOUT_DETAILS', 'BELOW_MINIMUM', 'BATCH_FULL', 'BALANCE_CHANGED'`;

/** Where partners' money goes, and how it went there. */
export class Payouts20261122000007 extends Migration {
  override up(): void {
    this.#createDetails();
    this.#createBatches();
    this.#createPayouts();
    this.#createSteps();
    this.#guard();
  }

  #createDetails(): void {
    this.addSql(`
      create table "payout_details" (
        "id" uuid not null, "partner_id" uuid not null, "number" int not null, "beneficiary" text not null,
        "account" text not null, "bank_name" text not null, "country" char(2) not null, "set_by" text not null,
        "set_at" timestamptz not null, primary key ("id"))`);
    this.addSql(
      `alter table "payout_details" add constraint "payout_details_partner_id_number_unique" unique ("partner_id", "number")`,
    );
    this.#refer('payout_details', 'partner_id', 'partners');
  }

  #createBatches(): void {
    this.addSql(`
      create table "payout_batches" (
        "id" uuid not null, "currency" char(3) not null, "cut_off_at" timestamptz not null, "state" text not null,
        "payout_count" int not null, "total_minor" bigint not null, "created_by" text not null,
        "created_at" timestamptz not null, "idempotency_key" text not null, "input_hash" text not null,
        "file_sha256" text null, primary key ("id"))`);
    this.#allow('payout_batches', 'state', BATCH_STATES);
    this.addSql(`create index "payout_batches_created_at_id_index" on "payout_batches" ("created_at", "id")`);
    this.addSql(
      `alter table "payout_batches" add constraint "payout_batches_created_by_idempotency_key_unique" unique ("created_by", "idempotency_key")`,
    );
    this.addSql(`
      create table "payout_files" (
        "batch_id" uuid not null, "content" text not null, "created_at" timestamptz not null,
        primary key ("batch_id"))`);
    this.#refer('payout_files', 'batch_id', 'payout_batches');
    this.addSql(`
      create table "payout_exclusions" (
        "batch_id" uuid not null, "partner_id" uuid not null, "reason" text not null, "explanation" text not null,
        "payable_minor" bigint not null, primary key ("batch_id", "partner_id"))`);
    this.#allow('payout_exclusions', 'reason', REASONS);
    this.#refer('payout_exclusions', 'batch_id', 'payout_batches');
    this.#refer('payout_exclusions', 'partner_id', 'partners');
  }

  #createPayouts(): void {
    this.addSql(`
      create table "payouts" (
        "id" uuid not null, "batch_id" uuid not null, "partner_id" uuid not null, "currency" char(3) not null,
        "amount_minor" bigint not null, "details_id" uuid not null, "hold_id" uuid not null, "state" text not null,
        "created_at" timestamptz not null, primary key ("id"))`);
    this.#allow('payouts', 'state', STATES);
    this.addSql(`alter table "payouts" add constraint "payouts_amount_check" check (amount_minor > 0)`);
    this.addSql(`alter table "payouts" add constraint "payouts_hold_id_unique" unique ("hold_id")`);
    this.addSql(
      `alter table "payouts" add constraint "payouts_batch_id_partner_id_unique" unique ("batch_id", "partner_id")`,
    );
    this.addSql(
      `create index "payouts_partner_id_created_at_id_index" on "payouts" ("partner_id", "created_at", "id")`,
    );
    this.addSql(`create index "payouts_created_at_id_index" on "payouts" ("created_at", "id")`);
    this.#refer('payouts', 'batch_id', 'payout_batches');
    this.#refer('payouts', 'partner_id', 'partners');
    this.#refer('payouts', 'details_id', 'payout_details');
  }

  #createSteps(): void {
    this.addSql(`
      create table "payout_batch_steps" (
        "id" uuid not null, "batch_id" uuid not null, "from_state" text null, "to_state" text not null,
        "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"))`);
    this.addSql(`create index "payout_batch_steps_batch_id_index" on "payout_batch_steps" ("batch_id")`);
    this.#refer('payout_batch_steps', 'batch_id', 'payout_batches');
    this.addSql(`
      create table "payout_steps" (
        "id" uuid not null, "payout_id" uuid not null, "from_state" text null, "to_state" text not null,
        "by" text not null, "reason" text not null, "reference" text null, "idempotency_key" text null,
        "input_hash" text null, "at" timestamptz not null, primary key ("id"))`);
    this.addSql(`create index "payout_steps_payout_id_index" on "payout_steps" ("payout_id")`);
    this.addSql(
      `alter table "payout_steps" add constraint "payout_steps_by_idempotency_key_unique" unique ("by", "idempotency_key")`,
    );
    this.#refer('payout_steps', 'payout_id', 'payouts');
    for (const column of ['from_state', 'to_state']) {
      this.#allow('payout_batch_steps', column, BATCH_STATES);
      this.#allow('payout_steps', column, STATES);
    }
  }

  /** History stays; of a batch and of a payout nothing changes but where they stand. */
  #guard(): void {
    for (const table of APPEND_ONLY) {
      this.addSql(`
        create trigger ${table}_append_only before update or delete on ${table}
        for each row execute function refuse_change()`);
    }
    this.addSql(`
      create function payouts_guard() returns trigger language plpgsql as $$
      begin
        if tg_op = 'UPDATE' and to_jsonb(new) - 'state' - 'file_sha256' = to_jsonb(old) - 'state' - 'file_sha256'
           and (to_jsonb(old) ->> 'file_sha256' is null
                or to_jsonb(old) ->> 'file_sha256' = to_jsonb(new) ->> 'file_sha256') then
          return new;
        end if;
        raise exception '% keeps what was approved: % is refused', tg_table_name, tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
    for (const table of ['payout_batches', 'payouts']) {
      this.addSql(`
        create trigger ${table}_guard before update or delete on ${table}
        for each row execute function payouts_guard()`);
    }
    for (const table of [...APPEND_ONLY, 'payout_batches', 'payouts']) {
      this.addSql(`
        create trigger ${table}_no_truncate before truncate on ${table}
        for each statement execute function refuse_change()`);
    }
  }

  #refer(table: string, column: string, target: string): void {
    this.addSql(
      `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references "${target}" ("id")`,
    );
  }

  #allow(table: string, column: string, values: string): void {
    this.addSql(`alter table "${table}" add constraint "${table}_${column}_check" check ("${column}" in (${values}))`);
  }
}
