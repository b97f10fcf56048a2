import { Migration } from '@mikro-orm/migrations';

const EXCEPTION_STATES = `('OPEN', 'ASSIGNED', 'RESOLVED', 'ACCEPTED', 'SETTLED')`;

/** Settlement files, their lines, what of ours they match, and where they differ from our books. */
export class Reconciliation20261122000008 extends Migration {
  override up(): void {
    this.#runs();
    this.#lines();
    this.#exceptions();
  }

  #runs(): void {
    this.addSql(`
      create table "reconciliation_runs" (
        "id" uuid not null, "profile" text not null, "provider" text not null, "file_name" text not null,
        "sha256" text not null, "size_bytes" bigint not null, "state" text not null, "failure" text null,
        "uploaded_by" text not null, "uploaded_at" timestamptz not null, "finished_at" timestamptz null,
        "first_at" timestamptz null, "last_at" timestamptz null, "report" jsonb null, primary key ("id"))`);
    this.addSql(
      `alter table "reconciliation_runs" add constraint "reconciliation_runs_provider_profile_sha256_unique" unique ("provider", "profile", "sha256")`,
    );
    this.addSql(
      `create index "reconciliation_runs_uploaded_at_id_index" on "reconciliation_runs" ("uploaded_at", "id")`,
    );
    this.addSql(
      `alter table "reconciliation_runs" add constraint "reconciliation_runs_state_check" check ("state" in ('UPLOADED', 'MATCHED', 'FAILED'))`,
    );
    this.addSql(`
      create table "settlement_file_chunks" (
        "run_id" uuid not null, "position" int not null, "bytes" bytea not null, primary key ("run_id", "position"))`);
    this.addSql(
      `alter table "settlement_file_chunks" add constraint "settlement_file_chunks_run_id_foreign" foreign key ("run_id") references "reconciliation_runs" ("id")`,
    );
  }

  #lines(): void {
    this.addSql(`
      create table "settlement_lines" (
        "run_id" uuid not null, "line_number" int not null, "provider" text not null, "kind" text not null,
        "provider_type" text not null, "identity" text not null, "provider_reference" text null,
        "merchant_reference" text null, "original_reference" text null, "original_merchant_reference" text null,
        "other_references" text[] not null, "currency" char(3) not null, "gross_minor" bigint not null,
        "fee_minor" bigint not null, "net_minor" bigint not null, "settlement_currency" char(3) null,
        "occurred_at" timestamptz null, "batch" text null, "rest" jsonb not null, "state" text not null,
        "match_id" uuid null, primary key ("run_id", "line_number"))`);
    this.addSql(
      `create index "settlement_lines_provider_identity_index" on "settlement_lines" ("provider", "identity")`,
    );
    this.addSql(`create index "settlement_lines_match_id_index" on "settlement_lines" ("match_id")`);
    this.addSql(
      `alter table "settlement_lines" add constraint "settlement_lines_run_id_foreign" foreign key ("run_id") references "reconciliation_runs" ("id")`,
    );
    this.addSql(
      `alter table "settlement_lines" add constraint "settlement_lines_kind_check" check ("kind" in ('PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'FEE', 'PAYOUT', 'ADJUSTMENT', 'OTHER'))`,
    );
    this.addSql(
      `alter table "settlement_lines" add constraint "settlement_lines_state_check" check ("state" in ('MATCHED', 'UNMATCHED', 'REPEATED', 'OTHER'))`,
    );
    this.addSql(`
      create table "movement_matches" (
        "kind" text not null, "movement_id" uuid not null, "match_id" uuid not null, "run_id" uuid not null,
        "rule" text not null, "matched_at" timestamptz not null, primary key ("kind", "movement_id"))`);
    this.addSql(`create index "movement_matches_run_id_match_id_index" on "movement_matches" ("run_id", "match_id")`);
    this.addSql(
      `alter table "movement_matches" add constraint "movement_matches_run_id_foreign" foreign key ("run_id") references "reconciliation_runs" ("id")`,
    );
    this.addSql(
      `alter table "movement_matches" add constraint "movement_matches_kind_check" check ("kind" in ('PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'))`,
    );
    this.addSql(
      `alter table "movement_matches" add constraint "movement_matches_rule_check" check ("rule" in ('PROVIDER_REFERENCE', 'MERCHANT_REFERENCE', 'MANY_LINES', 'MANY_MOVEMENTS', 'AMOUNT_AND_DATE'))`,
    );
  }

  #exceptions(): void {
    this.addSql(`
      create table "reconciliation_exceptions" (
        "id" uuid not null, "run_id" uuid not null, "class" text not null, "state" text not null,
        "line_number" int null, "movement_kind" text null, "movement_id" uuid null, "reference" text null,
        "currency" char(3) null, "expected_minor" bigint null, "actual_minor" bigint null, "reason" text not null,
        "assignee_id" uuid null, "ledger_transaction_id" uuid null, "raised_at" timestamptz not null,
        primary key ("id"))`);
    this.addSql(
      `create index "reconciliation_exceptions_run_id_id_index" on "reconciliation_exceptions" ("run_id", "id")`,
    );
    this.addSql(
      `create index "reconciliation_exceptions_state_id_index" on "reconciliation_exceptions" ("state", "id")`,
    );
    this.addSql(
      `create index "reconciliation_exceptions_movement_kind_movement_id_index" on "reconciliation_exceptions" ("movement_kind", "movement_id")`,
    );
    this.addSql(
      `alter table "reconciliation_exceptions" add constraint "reconciliation_exceptions_run_id_foreign" foreign key ("run_id") references "reconciliation_runs" ("id")`,
    );
    this.addSql(
      `alter table "reconciliation_exceptions" add constraint "reconciliation_exceptions_class_check" check ("class" in ('MISSING_IN_LEDGER', 'MISSING_IN_FILE', 'AMOUNT_DIFFERS', 'FEE_DIFFERS', 'CURRENCY_DIFFERS', 'DUPLICATE_LINE', 'WRONG_PERIOD', 'PAYOUT_TOTAL_DIFFERS', 'UNREADABLE_LINE'))`,
    );
    this.addSql(
      `alter table "reconciliation_exceptions" add constraint "reconciliation_exceptions_state_check" check ("state" in ${EXCEPTION_STATES})`,
    );
    this.addSql(
      `alter table "reconciliation_exceptions" add constraint "reconciliation_exceptions_movement_kind_check" check ("movement_kind" in ('PAYMENT', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'))`,
    );
    this.addSql(`
      create table "reconciliation_exception_steps" (
        "id" uuid not null, "exception_id" uuid not null, "from_state" text null, "to_state" text not null,
        "by" text not null, "reason" text not null, "at" timestamptz not null, "amount_minor" bigint null,
        "ledger_transaction_id" uuid null, "idempotency_key" text null, primary key ("id"))`);
    this.addSql(
      `create index "reconciliation_exception_steps_exception_id_index" on "reconciliation_exception_steps" ("exception_id")`,
    );
    this.addSql(
      `alter table "reconciliation_exception_steps" add constraint "reconciliation_exception_steps_idempotency_key_unique" unique ("idempotency_key")`,
    );
    this.addSql(
      `alter table "reconciliation_exception_steps" add constraint "reconciliation_exception_steps_exception_id_foreign" foreign key ("exception_id") references "reconciliation_exceptions" ("id")`,
    );
    this.addSql(
      `alter table "reconciliation_exception_steps" add constraint "reconciliation_exception_steps_from_state_check" check ("from_state" in ${EXCEPTION_STATES})`,
    );
    this.addSql(
      `alter table "reconciliation_exception_steps" add constraint "reconciliation_exception_steps_to_state_check" check ("to_state" in ${EXCEPTION_STATES})`,
    );
    this.addSql(`
      create trigger reconciliation_exception_steps_append_only before update or delete on reconciliation_exception_steps
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger reconciliation_exception_steps_no_truncate before truncate on reconciliation_exception_steps
      for each statement execute function refuse_change()`);
  }
}
