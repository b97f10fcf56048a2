import { Migration } from '@mikro-orm/migrations';

const MODELS = `check ("model" in ('item-similarity', 'feed-ranker'))`;

/** A second model, which is measured by other figures: the one that puts candidates of a feed in order. */
export class FeedRanker20261123000071 extends Migration {
  override up(): void {
    for (const table of ['model_versions', 'model_pointers', 'training_runs']) {
      this.addSql(`alter table "${table}" drop constraint "${table}_model_check"`);
      this.addSql(`alter table "${table}" add constraint "${table}_model_check" ${MODELS}`);
    }
    this.addSql(`alter table "model_versions" add column "ranker_metrics" jsonb null`);
    this.addSql(`alter table "training_runs" add column "ranker_metrics" jsonb null`);
  }
}
