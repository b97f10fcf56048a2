import { Migration } from '@mikro-orm/migrations';

const KINDS = "'SALE', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL', 'REALLOCATION'";
const PARTIES = "'PLATFORM', 'PARTNER', 'PAYMENT_PROVIDER', 'TAX_AUTHORITY', 'ADVANCE'";
const RETURN_KINDS = "'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'";

/** Allocations of chargebacks, allocations that take the place of others, and what clauses count over sales. */
export class AllocationsAnew20261122000003 extends Migration {
  override up(): void {
    this.#widenAllocations();
    this.#widenShares();
    this.#createCounters();
    this.#createReturns();
    this.#createLock();
  }

  /** The rows that there are get numbers in the order in which they were written. */
  #widenAllocations(): void {
    this.addSql('alter table "allocations" disable trigger user');
    this.addSql(`
      alter table "allocations" add column "sequence" bigserial not null, add column "supersedes_id" uuid null,
        add column "chargeback_id" uuid null, alter column "ledger_transaction_id" drop not null,
        drop constraint "allocations_kind_check", drop constraint "allocations_ledger_transaction_id_foreign"`);
    this.addSql(
      'alter table "allocations" add constraint "allocations_ledger_transaction_id_foreign" foreign key ("ledger_transaction_id") references "ledger_transactions" ("id") on delete set null',
    );
    this.addSql(`alter table "allocations" add constraint "allocations_kind_check" check ("kind" in (${KINDS}))`);
    this.addSql('alter table "allocations" add constraint "allocations_sequence_unique" unique ("sequence")');
    this.addSql('alter table "allocations" add constraint "allocations_supersedes_id_unique" unique ("supersedes_id")');
    this.addSql(
      'alter table "allocations" add constraint "allocations_supersedes_id_foreign" foreign key ("supersedes_id") references "allocations" ("id") on delete set null',
    );
    this.addSql('drop index "allocations_one_sale_an_item"');
    this.addSql(
      `create unique index "allocations_one_sale_an_item" on "allocations" ("order_item_id") where "kind" = 'SALE'`,
    );
    this.addSql(
      `create unique index "allocations_one_an_item_and_chargeback" on "allocations" ("order_item_id", "chargeback_id", "kind") where "chargeback_id" is not null`,
    );
    this.addSql(
      'create index "allocations_contract_version_id_effective_at_index" on "allocations" ("contract_version_id", "effective_at")',
    );
    this.addSql('alter table "allocations" enable trigger user');
  }

  /** Until now whatever a share was had been posted. */
  #widenShares(): void {
    this.addSql('alter table "allocation_shares" disable trigger user');
    this.addSql('alter table "allocation_shares" add column "posted_minor" bigint null');
    this.addSql('update "allocation_shares" set "posted_minor" = "amount_minor"');
    this.addSql(`
      alter table "allocation_shares" alter column "posted_minor" set not null,
        drop constraint "allocation_shares_party_check"`);
    this.addSql(
      `alter table "allocation_shares" add constraint "allocation_shares_party_check" check ("party" in (${PARTIES}))`,
    );
    this.addSql('alter table "allocation_shares" enable trigger user');
  }

  #createCounters(): void {
    this.addSql(`
      create table "allocation_counters" (
        "contract_id" uuid not null, "currency" char(3) not null, "clause" text not null, "subject" text not null,
        "window" text not null, "kind" text not null, "amount_minor" bigint not null,
        primary key ("contract_id", "currency", "clause", "subject", "window", "kind"))`);
    this.addSql(
      'alter table "allocation_counters" add constraint "allocation_counters_contract_id_foreign" foreign key ("contract_id") references "contracts" ("id")',
    );
    this.addSql(
      `alter table "allocation_counters" add constraint "allocation_counters_kind_check" check ("kind" in ('COUNTED', 'TAKEN'))`,
    );
    this.addSql(
      'alter table "allocation_counters" add constraint "allocation_counters_amount_check" check (amount_minor >= 0)',
    );
  }

  /** Which money that went back is in the books. Refunds were the only ones until now, and never more than was paid. */
  #createReturns(): void {
    this.addSql(`
      create table "settled_returns" (
        "kind" text not null, "source_id" uuid not null, "order_id" uuid not null, "moved_minor" bigint not null,
        "shared_minor" bigint not null, "fee_minor" bigint not null, "settled_at" timestamptz not null,
        primary key ("kind", "source_id"))`);
    this.addSql(
      'alter table "settled_returns" add constraint "settled_returns_order_id_foreign" foreign key ("order_id") references "orders" ("id")',
    );
    this.addSql('create index "settled_returns_order_id_index" on "settled_returns" ("order_id")');
    this.addSql(
      `alter table "settled_returns" add constraint "settled_returns_kind_check" check ("kind" in (${RETURN_KINDS}))`,
    );
    this.addSql(`
      insert into settled_returns (kind, source_id, order_id, moved_minor, shared_minor, fee_minor, settled_at)
      select 'REFUND', refunds.id, refunds.order_id, -sum(allocations.amount_minor), -sum(allocations.amount_minor), 0,
             min(allocations.created_at)
      from allocations join refunds on refunds.id = allocations.refund_id
      where allocations.kind = 'REFUND' group by refunds.id, refunds.order_id`);
    this.addSql(`
      create trigger settled_returns_append_only before update or delete on settled_returns
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger settled_returns_no_truncate before truncate on settled_returns
      for each statement execute function refuse_change()`);
  }

  /**
   * One question in place of two. The second statement of a function that is volatile sees what was committed while the
   * first one waited, which one statement would not.
   */
  #createLock(): void {
    this.addSql(`
      create function allocations_lock_orders(order_ids uuid[]) returns setof uuid language plpgsql volatile as $$
      begin
        perform id from orders where id = any(order_ids) order by id for no key update;
        perform pg_advisory_xact_lock_shared(hashtextextended('sales of ' || supplier.id, 0))
          from (select distinct owner_partner_id::text as id from order_items
            where order_id = any(order_ids) order by 1) supplier;
        return query select sale.order_item_id from order_items item
          join allocations sale on sale.order_item_id = item.id and sale.kind = 'SALE'
          where item.order_id = any(order_ids);
      end $$`);
  }
}
