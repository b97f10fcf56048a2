import { Migration } from '@mikro-orm/migrations';

/** What contents are found by, and a job that indexes those that are on the shelf by now. */
export class ContentSearch20261123000021 extends Migration {
  override up(): void {
    this.addSql(`
      create table "content_search" (
        "content_id" uuid not null, "digest" text not null, "title" text not null, "terms" tsvector not null,
        primary key ("content_id"))`);
    this.addSql(
      `alter table "content_search" add constraint "content_search_content_id_foreign" foreign key ("content_id") references "contents" ("id") on update cascade on delete cascade`,
    );
    this.addSql(`create index "content_search_terms" on "content_search" using gin ("terms")`);
    this.addSql(`
      create table "search_terms" (
        "term" text collate "C" not null, "stem" text not null, "keys" text[] not null, "content_count" int not null,
        primary key ("term"))`);
    this.addSql(`create index "search_terms_stem_index" on "search_terms" ("stem")`);
    this.addSql(`create index "search_terms_keys" on "search_terms" using gin ("keys")`);
    this.addSql(`
      insert into "outbox_messages" ("id", "job", "payload", "created_at", "progress", "requested_by")
      select gen_random_uuid(), 'index-contents', '{}', now(), 0, 'system:migration'
      where exists (select from "contents" where "state" = 'PUBLISHED')`);
  }
}
