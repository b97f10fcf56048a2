import { Migration } from '@mikro-orm/migrations';

/**
 * The lists that feeds gave out, and which contents changed in which transaction: whoever keeps the catalogue in memory
 * reads what changed since its last snapshot, and misses nothing that a slow transaction commits late.
 */
export class FeedLists20261123000061 extends Migration {
  override up(): void {
    this.addSql(`
      create table "feeds" (
        "id" uuid not null, "user_id" uuid not null, "made_at" timestamptz not null, "version_id" uuid null,
        "ranker" text not null, "filter" jsonb not null, "shown" int not null, "content_ids" uuid[] not null,
        "scores" real[] not null, "propensities" real[] not null, "sources" text[] not null, "features" smallint[] not null,
        primary key ("id"))`);
    this.addSql(`create index "feeds_user_id_made_at_index" on "feeds" ("user_id", "made_at")`);
    this.addSql(`create index "feeds_made_at_index" on "feeds" ("made_at")`);
    this.addSql(`
      create table "catalogue_changes" (
        "content_id" uuid not null, "changed_in" xid8 not null, primary key ("content_id"))`);
    this.addSql(`create index "catalogue_changes_changed_in_index" on "catalogue_changes" ("changed_in")`);
    this.addSql(`
      create function note_catalogue_change(ids uuid[]) returns void language sql as $$
        insert into catalogue_changes (content_id, changed_in)
        select id, pg_current_xact_id() from unnest(ids) as one (id)
        on conflict (content_id) do update set changed_in = excluded.changed_in
      $$`);
    this.addSql(`
      create function note_content_change() returns trigger language plpgsql as $$
      begin perform note_catalogue_change(array[new.id]); return null; end $$`);
    this.addSql(`
      create trigger contents_are_noted after insert or update on contents
      for each row when (new.published_at is not null) execute function note_content_change()`);
    this.addSql(`
      create function note_supplier_change() returns trigger language plpgsql as $$
      begin
        if tg_table_name = 'partners' then
          perform note_catalogue_change(array(
            select id from contents where partner_id = new.id and published_at is not null));
        else
          perform note_catalogue_change(array(
            select id from contents where domain_code = new.code and published_at is not null));
        end if;
        return null;
      end $$`);
    this.addSql(`
      create trigger partners_are_noted after update of name on partners
      for each row when (old.name is distinct from new.name) execute function note_supplier_change()`);
    this.addSql(`
      create trigger domains_are_noted after update on domains
      for each row when (old.* is distinct from new.*) execute function note_supplier_change()`);
    this.addSql(`select note_catalogue_change(array(select id from contents where published_at is not null))`);
  }
}
