import { Migration } from '@mikro-orm/migrations';

/** What the partners of a campaign agree on, who approved which version of it, who pays what, and who does what. */
export class CampaignPlans20261124000011 extends Migration {
  override up(): void {
    this.addSql(
      `create table "campaign_plan_versions" ("campaign_id" uuid not null, "number" int not null, "parts" text[] not null, "by" text not null, "at" timestamptz not null, primary key ("campaign_id", "number"))`,
    );
    this.addSql(
      `create table "campaign_budget_shares" ("campaign_id" uuid not null, "partner_id" uuid not null, "amount_minor" bigint not null, primary key ("campaign_id", "partner_id"))`,
    );
    this.addSql(
      `create table "campaign_approvals" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "plan_version" int not null, "by" text not null, "at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "campaign_approvals" add constraint "campaign_approvals_campaign_id_partner_id_plan_version_unique" unique ("campaign_id", "partner_id", "plan_version")`,
    );
    this.addSql(
      `create table "campaign_tasks" ("id" uuid not null, "campaign_id" uuid not null, "partner_id" uuid not null, "owner_id" uuid not null, "title" text not null, "due_at" timestamptz not null, "required" boolean not null, "state" text not null, "created_by" text not null, "created_at" timestamptz not null, "moved_by" text not null, "moved_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(
      `create index "campaign_tasks_campaign_id_due_at_id_index" on "campaign_tasks" ("campaign_id", "due_at", "id")`,
    );
    this.addSql(`alter table "campaigns" add "plan_version" int not null default 1`);
    this.addSql(
      `alter table "campaign_plan_versions" add constraint "campaign_plan_versions_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "campaign_budget_shares" add constraint "campaign_budget_shares_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "campaign_budget_shares" add constraint "campaign_budget_shares_partner_id_foreign" foreign key ("partner_id") references "partners" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "campaign_budget_shares" add constraint "campaign_budget_shares_amount_check" check (amount_minor >= 0)`,
    );
    this.addSql(
      `alter table "campaign_approvals" add constraint "campaign_approvals_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id")`,
    );
    this.addSql(
      `alter table "campaign_approvals" add constraint "campaign_approvals_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(
      `alter table "campaign_tasks" add constraint "campaign_tasks_campaign_id_foreign" foreign key ("campaign_id") references "campaigns" ("id")`,
    );
    this.addSql(
      `alter table "campaign_tasks" add constraint "campaign_tasks_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(
      `alter table "campaign_tasks" add constraint "campaign_tasks_owner_id_foreign" foreign key ("owner_id") references "users" ("id")`,
    );
    this.addSql(
      `alter table "campaign_tasks" add constraint "campaign_tasks_state_check" check ("state" in ('OPEN', 'DONE', 'DROPPED'))`,
    );
    this.addSql(`
      insert into "campaign_plan_versions" ("campaign_id", "number", "parts", "by", "at")
      select "id", 1, '{CREATION}', 'system:migration', "created_at" from "campaigns"`);
    this.#keepForGood('campaign_plan_versions');
    this.#keepForGood('campaign_approvals');
  }

  #keepForGood(table: string): void {
    this.addSql(`
      create trigger ${table}_append_only before update or delete on ${table}
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger ${table}_no_truncate before truncate on ${table}
      for each statement execute function refuse_change()`);
  }
}
