import { Migration } from '@mikro-orm/migrations';

const CHANNELS = "'EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'";

/** What the MARKOV model learns from the journeys of everybody, version by version, and which one a run shared by. */
export class RemovalEffects20261124000022 extends Migration {
  override up(): void {
    this.addSql(
      `create table "removal_effect_versions" ("id" uuid not null, "number" int not null, "markov_order" smallint not null, "converted_journeys" bigint not null, "lost_journeys" bigint not null, "effects_digest" text not null, "learnt_at" timestamptz not null, primary key ("id"));`,
    );
    this.addSql(
      `alter table "removal_effect_versions" add constraint "removal_effect_versions_number_unique" unique ("number");`,
    );
    this.addSql(
      `create table "removal_effects" ("version_id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "channel" text not null, "effect_billionths" int not null, primary key ("version_id", "campaign_id", "partner_id", "channel"));`,
    );
    this.addSql(
      `alter table "removal_effects" add constraint "removal_effects_version_id_foreign" foreign key ("version_id") references "removal_effect_versions" ("id");`,
    );
    this.addSql(
      `alter table "removal_effects" add constraint "removal_effects_channel_check" check ("channel" in (${CHANNELS}));`,
    );
    this.addSql(`alter table "attribution_runs" add column "effects_version" int null`);
  }
}
