import { Migration } from '@mikro-orm/migrations';

/** What people allow, whom they block, and how old one must be for a content. */
export class Preferences20261123000051 extends Migration {
  override up(): void {
    this.#consentChoices();
    this.addSql(`
      create table "partner_blocks" (
        "user_id" uuid not null, "partner_id" uuid not null, "blocked_at" timestamptz not null,
        primary key ("user_id", "partner_id"))`);
    this.addSql(
      `alter table "partner_blocks" add constraint "partner_blocks_user_id_foreign" foreign key ("user_id") references "users" ("id")`,
    );
    this.addSql(
      `alter table "partner_blocks" add constraint "partner_blocks_partner_id_foreign" foreign key ("partner_id") references "partners" ("id")`,
    );
    this.addSql(`alter table "contents" add column "min_age" smallint not null default 0`);
    this.addSql(`update "contents" set "min_age" = 18 where "kind" = 'FINANCIAL_PRODUCT'`);
    this.addSql(
      `alter table "contents" add constraint "contents_min_age_check" check (min_age >= 0 and min_age <= 21)`,
    );
  }

  #consentChoices(): void {
    this.addSql(`
      create table "consent_choices" (
        "id" uuid not null, "user_id" uuid not null, "purpose" text not null, "number" int not null,
        "granted" boolean not null, "chosen_at" timestamptz not null, primary key ("id"))`);
    this.addSql(
      `alter table "consent_choices" add constraint "consent_choices_user_id_purpose_number_unique" unique ("user_id", "purpose", "number")`,
    );
    this.addSql(
      `alter table "consent_choices" add constraint "consent_choices_user_id_foreign" foreign key ("user_id") references "users" ("id")`,
    );
    this.addSql(`
      create trigger consent_choices_append_only before update or delete on consent_choices
      for each row execute function refuse_change()`);
    this.addSql(`
      create trigger consent_choices_no_truncate before truncate on consent_choices
      for each statement execute function refuse_change()`);
  }
}
