import { Migration } from '@mikro-orm/migrations';

const KINDS = [
  'SALE',
  'REFUND',
  'CHARGEBACK',
  'CHARGEBACK_REVERSAL',
  'REALLOCATION',
  'ADVANCE',
  'GUARANTEE',
  'ADJUSTMENT',
  'PAYOUT',
  'PAYOUT_RETURN',
];
const DISPUTE_STATES = "'OPEN', 'ACCEPTED', 'REJECTED', 'WITHDRAWN'";

/** Statements show every entry on a partner's account, can be proved line by line, and disputed. */
export class StatementsOfEntries20261122000006 extends Migration {
  override up(): void {
    this.#indexEntries();
    this.#guardEntries();
    this.#widenLines();
    this.#widenStatements();
    this.#createDisputes();
  }

  /** In the order of the lines of a statement, so that an open one is read off the index. */
  #indexEntries(): void {
    this.addSql('drop index "partner_entries_unstated"');
    this.addSql(
      `create index "partner_entries_unstated" on "partner_entries" ("partner_id", "currency", "effective_at", "posting_id") where "statement_id" is null`,
    );
  }

  /** As before, by comparing rows and not their JSON: a closing claims every entry of its month. */
  #guardEntries(): void {
    this.addSql(`
      create or replace function partner_entries_guard() returns trigger language plpgsql as $$
      declare
        claimed partner_entries%rowtype;
      begin
        if tg_op = 'UPDATE' and old.statement_id is null and new.statement_id is not null then
          claimed := old;
          claimed.statement_id := new.statement_id;
          if claimed is not distinct from new then
            return new;
          end if;
        end if;
        raise exception 'partner_entries is append-only: % is refused', tg_op
          using errcode = 'integrity_constraint_violation';
      end $$`);
  }

  /** What was closed before says what the entry of the same posting says; it has no hash, and gets none. */
  #widenLines(): void {
    this.addSql('alter table "statement_lines" disable trigger user');
    this.addSql(`
      alter table "statement_lines" alter column "allocation_share_id" drop not null,
        add column "source_id" uuid null, add column "explanation" text null,
        add column "available_at" timestamptz null, add column "leaf_hash" text null,
        drop constraint "statement_lines_kind_check"`);
    this.addSql(`
      update statement_lines line
      set source_id = entry.source_id, explanation = entry.explanation, available_at = entry.available_at
      from partner_entries entry where entry.posting_id = line.posting_id`);
    this.addSql(`
      alter table "statement_lines" alter column "source_id" set not null, alter column "explanation" set not null,
        alter column "available_at" set not null`);
    const kinds = KINDS.map((kind) => `'${kind}'`).join(', ');
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_kind_check" check ("kind" in (${kinds}))`,
    );
    this.addSql('alter table "statement_lines" drop constraint "statement_lines_allocation_share_id_foreign"');
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_allocation_share_id_foreign" foreign key ("allocation_share_id") references "allocation_shares" ("id") on delete set null`,
    );
    // Lines are written before their statement, whose root is known only after the last of them.
    this.addSql('alter table "statement_lines" drop constraint "statement_lines_statement_id_foreign"');
    this.addSql(
      `alter table "statement_lines" add constraint "statement_lines_statement_id_foreign" foreign key ("statement_id") references "statements" ("id") deferrable initially deferred`,
    );
    this.addSql('alter table "statement_lines" enable trigger user');
  }

  #widenStatements(): void {
    this.addSql('alter table "statements" disable trigger user');
    this.addSql(`
      alter table "statements" add column "pending_minor" bigint not null default 0,
        add column "line_count" int not null default 0, add column "totals" jsonb not null default '[]',
        add column "previous_id" uuid null, add column "merkle_root" text null`);
    this.addSql(`
      with by_kind as (
        select statement_id, kind, count(*)::int as lines, sum(amount_minor)::text as amount
        from statement_lines group by statement_id, kind),
      counted as (
        select statement_id, sum(lines) as lines,
               jsonb_agg(jsonb_build_object('kind', kind, 'count', lines, 'amountMinor', amount) order by kind desc) as totals
        from by_kind group by statement_id),
      chained as (
        select id, lag(id) over (partition by partner_id, currency order by period) as previous_id from statements)
      update statements statement
      set previous_id = chained.previous_id, line_count = coalesce(counted.lines, 0),
          totals = coalesce(counted.totals, '[]')
      from chained left join counted on counted.statement_id = chained.id
      where chained.id = statement.id`);
    this.addSql(`
      alter table "statements" alter column "pending_minor" drop default, alter column "line_count" drop default,
        alter column "totals" drop default`);
    this.addSql('alter table "statements" enable trigger user');
    this.addSql(
      `alter table "statements" add constraint "statements_previous_id_foreign" foreign key ("previous_id") references "statements" ("id") on delete set null`,
    );
    this.addSql(`alter table "statements" add constraint "statements_previous_id_unique" unique ("previous_id")`);
    this.addSql(`create index "statements_period_index" on "statements" ("period")`);
  }

  #createDisputes(): void {
    this.addSql(`
      create table "line_disputes" (
        "id" uuid not null, "posting_id" uuid not null, "partner_id" uuid not null, "currency" char(3) not null,
        "state" text not null, "reason" text not null, "stated_minor" bigint not null,
        "claimed_minor" bigint not null, "granted_minor" bigint null, "answer" text null,
        "adjustment_posting_id" uuid null, "opened_by" text not null, "opened_at" timestamptz not null,
        "closed_at" timestamptz null, "idempotency_key" text not null, "input_hash" text not null,
        "answer_key" text null, "answer_hash" text null, primary key ("id"))`);
    this.addSql(`
      create table "line_dispute_steps" (
        "id" uuid not null, "dispute_id" uuid not null, "from_state" text null, "to_state" text not null,
        "by" text not null, "reason" text not null, "at" timestamptz not null, primary key ("id"))`);
    this.#constrainDisputes();
    this.#indexDisputes();
    this.#guardSteps();
  }

  #constrainDisputes(): void {
    for (const [table, column, target] of [
      ['line_disputes', 'posting_id', '"partner_entries" ("posting_id")'],
      ['line_disputes', 'adjustment_posting_id', '"partner_entries" ("posting_id") on delete set null'],
      ['line_disputes', 'partner_id', '"partners" ("id")'],
      ['line_dispute_steps', 'dispute_id', '"line_disputes" ("id")'],
    ]) {
      this.addSql(
        `alter table "${table}" add constraint "${table}_${column}_foreign" foreign key ("${column}") references ${target}`,
      );
    }
    this.addSql(
      `alter table "line_disputes" add constraint "line_disputes_state_check" check ("state" in (${DISPUTE_STATES}))`,
    );
    for (const column of ['from_state', 'to_state']) {
      this.addSql(
        `alter table "line_dispute_steps" add constraint "line_dispute_steps_${column}_check" check ("${column}" in (${DISPUTE_STATES}))`,
      );
    }
  }

  #indexDisputes(): void {
    this.addSql(
      `alter table "line_disputes" add constraint "line_disputes_partner_id_idempotency_key_unique" unique ("partner_id", "idempotency_key")`,
    );
    this.addSql(
      `create unique index "line_disputes_one_open" on "line_disputes" ("posting_id") where "state" = 'OPEN'`,
    );
    this.addSql(`create index "line_disputes_posting_id_index" on "line_disputes" ("posting_id")`);
    this.addSql(
      `create index "line_disputes_state_opened_at_id_index" on "line_disputes" ("state", "opened_at", "id")`,
    );
    this.addSql(
      `create index "line_disputes_partner_id_opened_at_id_index" on "line_disputes" ("partner_id", "opened_at", "id")`,
    );
    this.addSql(`create index "line_dispute_steps_dispute_id_index" on "line_dispute_steps" ("dispute_id")`);
  }

  #guardSteps(): void {
    this.addSql(`
      create trigger line_dispute_steps_append_only before update or delete on line_dispute_steps
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger line_dispute_steps_no_truncate before truncate on line_dispute_steps
      for each statement execute function refuse_change()`);
  }
}
