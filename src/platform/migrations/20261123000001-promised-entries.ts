import { Migration } from '@mikro-orm/migrations';

/** What was posted for advances and guaranteed minimums is found by its clause. */
export class PromisedEntries20261123000001 extends Migration {
  override up(): void {
    this.addSql(
      `create index "partner_entries_promises" on "partner_entries" ("source_id") where "kind" in ('ADVANCE', 'GUARANTEE')`,
    );
  }
}
