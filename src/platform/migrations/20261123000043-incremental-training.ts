import { Migration } from '@mikro-orm/migrations';

/** Trainings may go on from an earlier version, and tell how much they compared anew. */
export class IncrementalTraining20261123000043 extends Migration {
  override up(): void {
    this.addSql(`alter table "training_runs" add column "kind" text not null default 'FULL'`);
    this.addSql(`alter table "training_runs" add column "recomputed_contents" int null`);
    this.addSql(
      `alter table "training_runs" add constraint "training_runs_kind_check" check ("kind" in ('FULL', 'INCREMENTAL'))`,
    );
  }
}
