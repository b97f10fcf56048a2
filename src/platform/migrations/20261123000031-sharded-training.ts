import { Migration } from '@mikro-orm/migrations';

/** Trainings are cut in shards that any worker may take, and versions keep how they did. */
export class ShardedTraining20261123000031 extends Migration {
  override up(): void {
    this.addSql(`alter table "model_versions" add column "metrics" jsonb null`);
    this.addSql(`
      create table "training_runs" (
        "id" uuid not null, "model" text not null, "state" text not null, "params" jsonb not null,
        "counts" jsonb not null, "as_of" timestamptz not null, "planned_at" timestamptz not null,
        "shard_count" int not null, "metrics" jsonb null, "outcome" text null, "ended_at" timestamptz null,
        primary key ("id"))`);
    this.addSql(
      `create index "training_runs_model_planned_at_id_index" on "training_runs" ("model", "planned_at", "id")`,
    );
    this.addSql(
      `alter table "training_runs" add constraint "training_runs_model_check" check ("model" in ('item-similarity'))`,
    );
    this.addSql(
      `alter table "training_runs" add constraint "training_runs_state_check" check ("state" in ('TRAINING', 'PUBLISHED', 'REJECTED', 'SUPERSEDED'))`,
    );
    this.addSql(`
      create table "training_shards" (
        "run_id" uuid not null, "number" int not null, "from_content" int not null, "to_content" int not null,
        "done_at" timestamptz null, primary key ("run_id", "number"))`);
    this.addSql(
      `alter table "training_shards" add constraint "training_shards_run_id_foreign" foreign key ("run_id") references "training_runs" ("id")`,
    );
    this.addSql(`
      create table "training_parts" (
        "run_id" uuid not null, "name" text not null, "position" int not null, "bytes" bytea not null,
        primary key ("run_id", "name", "position"))`);
    this.addSql(
      `alter table "training_parts" add constraint "training_parts_run_id_foreign" foreign key ("run_id") references "training_runs" ("id")`,
    );
  }
}
