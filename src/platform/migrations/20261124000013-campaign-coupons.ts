import { Migration } from '@mikro-orm/migrations';

/** Codes by which orders say which partner of a campaign brought the buyer. */
export class CampaignCoupons20261124000013 extends Migration {
  override up(): void {
    this.addSql(
      `create table "campaign_coupons" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "code" text not null, "valid_from" timestamptz not null, "valid_until" timestamptz null, "max_uses" int null, "created_by" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "campaign_coupons" add constraint "campaign_coupons_code_unique" unique ("code")`);
    this.addSql(
      `create index "campaign_coupons_campaign_id_created_at_id_index" on "campaign_coupons" ("campaign_id", "created_at", "id")`,
    );
    this.addSql(`alter table "orders" add "campaign_coupon_id" uuid null`);
    this.addSql(
      `alter table "orders" add constraint "orders_campaign_coupon_id_foreign" foreign key ("campaign_coupon_id") references "campaign_coupons" ("id") on delete set null`,
    );
    this.addSql(`create index "orders_campaign_coupon_id_index" on "orders" ("campaign_coupon_id")`);
    this.addSql(
      `alter table "campaign_coupons" add constraint "campaign_coupons_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id")`,
    );
    this.addSql(
      `alter table "campaign_coupons" add constraint "campaign_coupons_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(`alter table "campaign_coupons" add constraint "campaign_coupons_uses_check" check (max_uses > 0)`);
    this.addSql(
      `alter table "campaign_coupons" add constraint "campaign_coupons_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'))`,
    );
  }
}
