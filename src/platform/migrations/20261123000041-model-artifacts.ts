import { Migration } from '@mikro-orm/migrations';

/** A version in the form in which programs load it as a whole. */
export class ModelArtifacts20261123000041 extends Migration {
  override up(): void {
    this.addSql(`
      create table "model_artifacts" (
        "version_id" uuid not null, "name" text not null, "position" int not null, "bytes" bytea not null,
        primary key ("version_id", "name", "position"))`);
    this.addSql(
      `alter table "model_artifacts" add constraint "model_artifacts_version_id_foreign" foreign key ("version_id") references "model_versions" ("id") on delete cascade`,
    );
    // What it holds is dense numbers: trying to compress them takes time and gains little.
    this.addSql(`alter table "model_artifacts" alter column "bytes" set storage external`);
  }
}
