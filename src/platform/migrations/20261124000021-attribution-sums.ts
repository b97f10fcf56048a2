import { Migration } from '@mikro-orm/migrations';

const MODELS = "'FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'POSITION', 'TIME_DECAY', 'MARKOV', 'SHAPLEY'";
const POOL_MODELS = "'FIRST_TOUCH', 'LAST_TOUCH', 'LINEAR', 'POSITION', 'TIME_DECAY', 'SHAPLEY'";
const CHANNELS = "'EMAIL', 'SOCIAL', 'SMS', 'PUSH', 'SEARCH', 'DISPLAY', 'PARTNER_SITE', 'OFFLINE'";

/**
 * Credit by seven models instead of two. Nothing ever read what a single touchpoint earned: a run keeps the sums by day,
 * partner and channel instead, which do not grow with the events. What the runs before had is added up.
 */
export class AttributionSums20261124000021 extends Migration {
  override up(): void {
    this.#allowModels('attribution_runs', { column: 'model', models: MODELS });
    this.#allowModels('contract_versions', { column: 'pool_model', models: POOL_MODELS });
    this.addSql(
      `create table "attribution_sums" ("run_id" uuid not null, "day" date not null, "partner_id" uuid not null, "channel" text not null, "currency" char(3) not null, "credit_denominator" bigint not null, "credit_numerator" bigint not null, "value_minor" bigint not null, primary key ("run_id", "day", "partner_id", "channel", "currency", "credit_denominator"));`,
    );
    this.addSql(
      `alter table "attribution_sums" add constraint "attribution_sums_run_id_foreign" foreign key ("run_id") references "attribution_runs" ("id");`,
    );
    this.addSql(
      `alter table "attribution_sums" add constraint "attribution_sums_channel_check" check ("channel" in (${CHANNELS}));`,
    );
    this.addSql(`
      insert into attribution_sums
      select c.run_id, (v.occurred_at at time zone 'UTC')::date, c.partner_id, c.channel, c.currency,
             c.credit_denominator, sum(c.credit_numerator), sum(c.value_minor)
      from attribution_credits c join conversions v on v.id = c.conversion_id
      group by 1, 2, 3, 4, 5, 6`);
    this.addSql(`drop table "attribution_credits"`);
  }

  #allowModels(table: string, { column, models }: { column: string; models: string }): void {
    this.addSql(`alter table "${table}" drop constraint "${table}_${column}_check"`);
    this.addSql(`alter table "${table}" add constraint "${table}_${column}_check" check ("${column}" in (${models}))`);
  }
}
