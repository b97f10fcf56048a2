import { Migration } from '@mikro-orm/migrations';

/** What contents that came after the last training are like, by what is told of them. */
export class ContentTextNeighbours20261123000042 extends Migration {
  override up(): void {
    this.addSql(`
      create table "content_text_neighbours" (
        "content_id" uuid not null, "neighbour_ids" uuid[] not null, "scores" real[] not null,
        primary key ("content_id"))`);
    this.addSql(
      `alter table "content_text_neighbours" add constraint "content_text_neighbours_content_id_foreign" foreign key ("content_id") references "contents" ("id") on update cascade on delete cascade`,
    );
    // Whoever keeps the catalogue in memory learns of it as of a change of the content. `note_catalogue_change` comes with
    // a later migration, and is looked up when the trigger first runs.
    this.addSql(`
      create function note_text_neighbours_change() returns trigger language plpgsql as $$
      begin
        perform note_catalogue_change(array[coalesce(new.content_id, old.content_id)]);
        return null;
      end $$`);
    this.addSql(`
      create trigger content_text_neighbours_are_noted after insert or update or delete on content_text_neighbours
      for each row execute function note_text_neighbours_change()`);
  }
}
