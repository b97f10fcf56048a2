import { Migration } from '@mikro-orm/migrations';

/** What a sale was before its discount and which part of it is tax; refunds in parts; chargebacks, coupons, tax rates. */
export class ReturnsAndDiscounts20261122000005 extends Migration {
  override up(): void {
    this.#coupons();
    this.#orders();
    this.#payments();
    this.#chargebacks();
    this.#taxRates();
    this.#providerEvents();
  }

  #coupons(): void {
    this.addSql(`
      create table "coupons" (
        "id" uuid not null, "code" text not null, "kind" text not null, "percent" text null,
        "amount_minor" bigint null, "currency" char(3) null, "partner_id" uuid null, "max_uses" int null,
        "valid_from" timestamptz not null, "valid_until" timestamptz null, "description" text not null,
        "created_by" text not null, "created_at" timestamptz not null, primary key ("id"))`);
    this.addSql(`alter table "coupons" add constraint "coupons_code_unique" unique ("code")`);
    this.addSql(`create index "coupons_created_at_id_index" on "coupons" ("created_at", "id")`);
    this.addSql(
      `alter table "coupons" add constraint "coupons_partner_id_foreign" foreign key ("partner_id") references "partners" ("id") on delete set null`,
    );
    this.addSql(`alter table "coupons" add constraint "coupons_kind_check" check ("kind" in ('PERCENT', 'AMOUNT'))`);
  }

  /** What was sold until now was sold at its list price, and no tax was told apart. */
  #orders(): void {
    this.addSql(`
      alter table "orders" add column "country" char(2) null, add column "coupon_id" uuid null,
        add column "cancelled_at" timestamptz null, add column "cancellation" text null`);
    this.addSql(
      `update orders set cancellation = 'PAYMENT_FAILED', cancelled_at = placed_at where state = 'CANCELLED'`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_coupon_id_foreign" foreign key ("coupon_id") references "coupons" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_cancellation_check" check ("cancellation" in ('PAYMENT_FAILED', 'EXPIRED', 'WITHDRAWN'))`,
    );
    this.addSql(`create index "orders_coupon_id_index" on "orders" ("coupon_id")`);
    this.addSql(`create index "orders_placed" on "orders" ("placed_at") where "state" = 'PLACED'`);
    this.addSql(`
      alter table "order_items" add column "list_price_minor" bigint null, add column "discount_minor" bigint null,
        add column "tax_minor" bigint null, add column "domain_code" text null, add column "module" text null`);
    this.addSql(`
      update order_items set list_price_minor = order_items.price_minor, discount_minor = 0, tax_minor = 0,
        domain_code = contents.domain_code, module = contents.module
      from contents where contents.id = order_items.content_id`);
    this.addSql(`
      alter table "order_items" alter column "list_price_minor" set not null,
        alter column "discount_minor" set not null, alter column "tax_minor" set not null,
        alter column "domain_code" set not null, alter column "module" set not null`);
    this.addSql(
      `alter table "order_items" add constraint "order_items_domain_code_foreign" foreign key ("domain_code") references "domains" ("code")`,
    );
    this.addSql(
      `alter table "order_items" add constraint "order_items_module_check" check ("module" in ('COURSE', 'COMMERCE', 'ENTERTAINMENT', 'COMMUNITY', 'CAREER', 'FINANCE'))`,
    );
    // A discount never exceeds the price, and what is paid is what it leaves.
    this.addSql(`
      alter table "order_items" add constraint "order_items_discount_check" check (discount_minor >= 0),
        add constraint "order_items_price_check" check (price_minor = (list_price_minor - discount_minor)),
        add constraint "order_items_tax_check" check (tax_minor >= 0),
        add constraint "order_items_tax_within_check" check (tax_minor <= price_minor)`);
  }

  #payments(): void {
    this.addSql(`alter table "payments" drop constraint "payments_state_check"`);
    this.addSql(`alter table "payments" add column "authorised_at" timestamptz null`);
    this.addSql(
      `alter table "payments" add constraint "payments_state_check" check ("state" in ('PENDING', 'AUTHORISED', 'CAPTURED', 'FAILED', 'REFUNDED'))`,
    );
    this.addSql(`
      alter table "refunds" add column "asked_minor" bigint null, add column "sent_at" timestamptz null`);
    this.addSql(`update refunds set sent_at = requested_at where provider_reference is not null`);
  }

  #chargebacks(): void {
    this.addSql(`
      create table "chargebacks" (
        "id" uuid not null, "payment_id" uuid not null, "order_id" uuid not null, "provider" text not null,
        "provider_reference" text not null, "state" text not null, "amount_minor" bigint not null,
        "fee_minor" bigint null, "currency" char(3) not null, "reason" text null,
        "recorded_at" timestamptz not null, "opened_at" timestamptz null, "closed_at" timestamptz null,
        primary key ("id"))`);
    this.addSql(
      `alter table "chargebacks" add constraint "chargebacks_provider_provider_reference_unique" unique ("provider", "provider_reference")`,
    );
    this.addSql(`create index "chargebacks_order_id_index" on "chargebacks" ("order_id")`);
    this.addSql(`create index "chargebacks_recorded_at_id_index" on "chargebacks" ("recorded_at", "id")`);
    this.addSql(
      `alter table "chargebacks" add constraint "chargebacks_payment_id_foreign" foreign key ("payment_id") references "payments" ("id")`,
    );
    this.addSql(
      `alter table "chargebacks" add constraint "chargebacks_order_id_foreign" foreign key ("order_id") references "orders" ("id")`,
    );
    this.addSql(
      `alter table "chargebacks" add constraint "chargebacks_state_check" check ("state" in ('OPEN', 'WON', 'LOST'))`,
    );
  }

  /** Which payment a notice speaks of, so that its history can be read. */
  #providerEvents(): void {
    this.addSql(`alter table "provider_events" add column "payment_id" uuid null`);
    this.addSql(`
      update provider_events set payment_id = coalesce(
        (select id from payments where id = (payload ->> 'paymentId')::uuid),
        (select payments.id from refunds join payments on payments.order_id = refunds.order_id
         where refunds.id = (payload ->> 'refundId')::uuid))`);
    this.addSql(
      `create index "provider_events_payment_id_received_at_index" on "provider_events" ("payment_id", "received_at")`,
    );
  }

  #taxRates(): void {
    this.addSql(`
      create table "tax_rates" (
        "id" uuid not null, "country" char(2) not null, "percent" text not null, "valid_from" timestamptz not null,
        "created_by" text not null, "created_at" timestamptz not null, primary key ("id"))`);
    this.addSql(
      `alter table "tax_rates" add constraint "tax_rates_country_valid_from_unique" unique ("country", "valid_from")`,
    );
    this.addSql(`
      create trigger tax_rates_append_only before update or delete on tax_rates
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger tax_rates_no_truncate before truncate on tax_rates
      for each statement execute function refuse_change()`);
  }
}
