import { Migration } from '@mikro-orm/migrations';

/** What channels of a campaign show, tracked links, and what came of them. */
export class CampaignLinks20261124000012 extends Migration {
  override up(): void {
    this.addSql(
      `create table "campaign_creatives" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "language" text not null, "title" text not null, "body" text not null, "image_url" text null, "state" text not null, "created_by" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "campaign_creatives_campaign_id_created_at_id_index" on "campaign_creatives" ("campaign_id", "created_at", "id")`,
    );
    this.addSql(
      `create table "campaign_links" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "creative_id" uuid null, "code" text not null, "target" text not null, "destination" text not null, "expires_at" timestamptz null, "created_by" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "campaign_links" add constraint "campaign_links_code_unique" unique ("code")`);
    this.addSql(
      `create index "campaign_links_campaign_id_created_at_id_index" on "campaign_links" ("campaign_id", "created_at", "id")`,
    );
    this.addSql(
      `create table "campaign_link_visits" ("link_id" uuid not null, "visitor_id" text not null, "clicked_at" timestamptz not null, "clicks" int not null, primary key ("link_id", "visitor_id"))`,
    );
    this.addSql(
      `create table "campaign_link_drops" ("link_id" uuid not null, "day" date not null, "reason" text not null, "requests" int not null, primary key ("link_id", "day", "reason"))`,
    );
    this.addSql(
      `alter table "campaign_creatives" add constraint "campaign_creatives_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id")`,
    );
    this.addSql(
      `alter table "campaign_creatives" add constraint "campaign_creatives_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(
      `alter table "campaign_creatives" add constraint "campaign_creatives_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'))`,
    );
    this.addSql(
      `alter table "campaign_creatives" add constraint "campaign_creatives_state_check" check ("state" in ('DRAFT', 'READY', 'RETIRED'))`,
    );
    this.addSql(
      `alter table "campaign_links" add constraint "campaign_links_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id")`,
    );
    this.addSql(
      `alter table "campaign_links" add constraint "campaign_links_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(
      `alter table "campaign_links" add constraint "campaign_links_creative_id_foreign" foreign key ("creative_id") references "campaign_creatives" ("id") on delete set null`,
    );
    this.addSql(
      `alter table "campaign_links" add constraint "campaign_links_channel_check" check ("channel" in ('EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'))`,
    );
    this.addSql(
      `alter table "campaign_link_visits" add constraint "campaign_link_visits_link_id_foreign" foreign key ("link_id") references "campaign_links" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "campaign_link_visits" add constraint "campaign_link_visits_clicks_check" check (clicks > 0)`,
    );
    this.addSql(
      `alter table "campaign_link_drops" add constraint "campaign_link_drops_link_id_foreign" foreign key ("link_id") references "campaign_links" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "campaign_link_drops" add constraint "campaign_link_drops_reason_check" check ("reason" in ('HEAD', 'PREFETCH', 'BOT', 'NOT_RUNNING', 'DUPLICATE'))`,
    );
  }
}
