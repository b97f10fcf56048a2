import { Migration } from '@mikro-orm/migrations';

/** By axis, the instant of a posting that decides. */
const COLUMNS = { EFFECTIVE: 'effective_at', RECORDED: 'recorded_at' };
const LEVELS = ['MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'];
/** A bucket with more postings than this has finer ones. */
const POSTINGS_A_BUCKET = 256;

/** Money set aside, accounts that may not be overdrawn, and balances at any instant. */
export class LedgerHoldsAndBalances20261122000004 extends Migration {
  override up(): void {
    this.#forbidOverdrafts();
    this.#createHolds();
    this.#guardHolds();
    this.#datePostings();
    this.#checkDates();
    this.#createBuckets();
    this.#fillBuckets();
    this.#readBalances();
    this.#createVerifications();
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

  /** The instants of its transaction on each posting, so that one index finds an account's postings by time. */
  #datePostings(): void {
    this.addSql(
      'alter table "ledger_postings" add column "effective_at" timestamptz, add column "recorded_at" timestamptz',
    );
    this.addSql('alter table ledger_postings disable trigger user');
    this.addSql(`
      update ledger_postings posting set effective_at = entry.effective_at, recorded_at = entry.recorded_at
      from ledger_transactions entry where entry.id = posting.transaction_id`);
    this.addSql('alter table ledger_postings enable trigger user');
    for (const column of Object.values(COLUMNS)) {
      this.addSql(`alter table "ledger_postings" alter column "${column}" set not null`);
      this.addSql(
        `create index "ledger_postings_by_${column}" on "ledger_postings" ("account_id", "${column}") include ("amount_minor")`,
      );
    }
    this.addSql('drop index "ledger_postings_account_id_transaction_id_index"');
    this.addSql(`
      create function ledger_date_posting() returns trigger language plpgsql as $$
      begin
        select effective_at, recorded_at into new.effective_at, new.recorded_at
          from ledger_transactions where id = new.transaction_id;
        return new;
      end $$`);
    this.addSql(`
      create trigger ledger_postings_date before insert on ledger_postings for each row
      when (new.effective_at is null or new.recorded_at is null) execute function ledger_date_posting()`);
  }

  /** As before, and the instants of a posting are those of its transaction. */
  #checkDates(): void {
    this.addSql(`
      create or replace function ledger_check_postings() returns trigger language plpgsql
      set enable_seqscan = off as $$
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
          from (select distinct transaction_id, effective_at, recorded_at from added) touched
          cross join lateral (
            select posting_count, effective_at, recorded_at from ledger_transactions
            where id = touched.transaction_id) entry
          cross join lateral (
            select sum(postings) as postings, min(currency) filter (where total <> 0) as currency,
                   min(total) filter (where total <> 0) as total
            from (
              select currency, sum(amount_minor) as total, count(*) as postings from ledger_postings
              where transaction_id = touched.transaction_id group by currency) by_currency) stored
          where stored.total is not null or stored.postings <> entry.posting_count
            or touched.effective_at <> entry.effective_at or touched.recorded_at <> entry.recorded_at
          limit 1;
        if found and broken.total is not null then
          raise exception 'Transaction % does not balance: % in %', broken.transaction_id, broken.total, broken.currency
            using errcode = 'integrity_constraint_violation';
        end if;
        if found and broken.postings <> broken.posting_count then
          raise exception 'Transaction % has % postings and not %',
            broken.transaction_id, broken.posting_count, broken.postings
            using errcode = 'integrity_constraint_violation';
        end if;
        if found then
          raise exception 'Postings of transaction % have other instants than it has', broken.transaction_id
            using errcode = 'integrity_constraint_violation';
        end if;
        return null;
      end $$`);
  }

  #createBuckets(): void {
    this.addSql(`
      create table "ledger_balance_buckets" (
        "account_id" uuid not null, "axis" text not null, "level" text not null, "start" timestamptz not null,
        "amount_minor" bigint not null, "postings" bigint not null, "refined" boolean not null default false,
        primary key ("account_id", "axis", "level", "start"))`);
    this.addSql(
      `alter table "ledger_balance_buckets" add constraint "ledger_balance_buckets_account_id_foreign" foreign key ("account_id") references "ledger_accounts" ("id")`,
    );
    this.addSql(
      `alter table "ledger_balance_buckets" add constraint "ledger_balance_buckets_axis_check" check ("axis" in ('EFFECTIVE', 'RECORDED'))`,
    );
    this.addSql(
      `alter table "ledger_balance_buckets" add constraint "ledger_balance_buckets_level_check" check ("level" in ('MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'))`,
    );
  }

  /** From what is sealed: the sealer adds the rest. */
  #fillBuckets(): void {
    for (const [axis, column] of Object.entries(COLUMNS)) {
      for (const [at, level] of LEVELS.entries()) {
        const parent = LEVELS[at - 1];
        const within = parent
          ? `and exists (
               select from ledger_balance_buckets parent
               where parent.account_id = posting.account_id and parent.axis = '${axis}' and parent.level = '${parent}'
                 and parent.start = date_trunc('${parent}', posting.${column}, 'UTC') and parent.refined)`
          : '';
        const isLast = at === LEVELS.length - 1;
        this.addSql(`
          insert into ledger_balance_buckets (account_id, axis, level, start, amount_minor, postings, refined)
          select posting.account_id, '${axis}', '${level}', date_trunc('${level}', posting.${column}, 'UTC'),
                 sum(posting.amount_minor), count(*), ${isLast ? 'false' : `count(*) > ${POSTINGS_A_BUCKET}`}
          from ledger_postings posting
          where exists (select from ledger_seals where transaction_id = posting.transaction_id) ${within}
          group by 1, 4`);
      }
    }
  }

  /**
   * The balance of an account at an instant of one axis, debit positive: whole buckets before it, from the coarsest to
   * the finest that there are, then the few postings between the last of them and the instant, then what is recorded
   * and not sealed yet. `infinity` asks for the balance as it is. Being STABLE it reads one snapshot. The tail is fenced
   * off by `offset 0`: found by when it was recorded it is short, and by when it counts it can be all of history.
   */
  #readBalances(): void {
    this.addSql(`
      create function ledger_balance(of_account uuid, on_axis text, until timestamptz) returns bigint
      language plpgsql stable set enable_seqscan = off as $$
      declare
        unit text;
        lower_bound timestamptz := '-infinity';
        upper_bound timestamptz;
        oldest_waiting timestamptz := (select min(recorded_at) from ledger_unsealed);
        total numeric := 0;
      begin
        foreach unit in array array['MONTH', 'DAY', 'HOUR', 'MINUTE', 'SECOND'] loop
          upper_bound := date_trunc(unit, until, 'UTC');
          total := total + (
            select coalesce(sum(amount_minor), 0) from ledger_balance_buckets
            where account_id = of_account and axis = on_axis and level = unit
              and start >= lower_bound and start < upper_bound);
          lower_bound := upper_bound;
          exit when not exists (
            select from ledger_balance_buckets
            where account_id = of_account and axis = on_axis and level = unit and start = upper_bound and refined);
        end loop;
        if on_axis = 'EFFECTIVE' then
          total := total + (
            select coalesce(sum(amount_minor), 0) from ledger_postings
            where account_id = of_account and effective_at >= lower_bound and effective_at <= until);
        else
          total := total + (
            select coalesce(sum(amount_minor), 0) from ledger_postings
            where account_id = of_account and recorded_at >= lower_bound and recorded_at <= until);
        end if;
        if oldest_waiting is null then
          return total;
        end if;
        return total + (
          select coalesce(sum(tail.amount_minor), 0) from (
            select transaction_id, amount_minor, effective_at, recorded_at from ledger_postings
            where account_id = of_account and recorded_at >= oldest_waiting offset 0) tail
          where case on_axis when 'EFFECTIVE' then tail.effective_at else tail.recorded_at end < lower_bound
            and exists (select from ledger_unsealed waiting where waiting.transaction_id = tail.transaction_id));
      end $$`);
  }

  /** What verifications found: kept, so that a head hash of a year ago can be compared with today's. */
  #createVerifications(): void {
    this.addSql(`
      create table "ledger_verifications" (
        "id" uuid not null, "requested_by" text not null, "started_at" timestamptz not null,
        "finished_at" timestamptz not null, "fault_kind" text null, "fault_transaction_id" uuid null,
        "fault_sequence" bigint null, "fault_detail" text null, "transactions" bigint not null,
        "postings" bigint not null, "links" bigint not null, "unsealed" bigint not null, "head_hash" text not null,
        primary key ("id"))`);
    this.addSql(
      `create index "ledger_verifications_finished_at_id_index" on "ledger_verifications" ("finished_at", "id")`,
    );
    this.addSql(`
      create trigger ledger_verifications_append_only before update or delete on ledger_verifications
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger ledger_verifications_no_truncate before truncate on ledger_verifications
      for each statement execute function refuse_change()`);
  }
}
