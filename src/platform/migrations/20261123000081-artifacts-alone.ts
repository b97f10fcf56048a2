import { Migration } from '@mikro-orm/migrations';

/** Feeds read a version from its artifact alone: the rows beside it are gone, and with them versions that have no artifact. */
export class ArtifactsAlone20261123000081 extends Migration {
  override up(): void {
    this.addSql(`drop table "content_neighbours"`);
    this.addSql(`drop table "content_popularity"`);
    this.addSql(`
      insert into "outbox_messages" ("id", "job", "payload", "created_at", "progress", "requested_by")
      select gen_random_uuid(), 'recompute-similarity', jsonb_build_object('runId', gen_random_uuid()), now(), 0,
        'system:migration'
      where exists (select from "model_pointers" where "model" = 'item-similarity' and not exists (
        select from "model_artifacts" where "model_artifacts"."version_id" = "model_pointers"."version_id"))`);
  }
}
