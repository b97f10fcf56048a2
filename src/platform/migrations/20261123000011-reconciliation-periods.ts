import { Migration } from '@mikro-orm/migrations';

/** Which time a settlement file is about, when whoever brings it says so. */
export class ReconciliationPeriods20261123000011 extends Migration {
  override up(): void {
    this.addSql(`
      alter table "reconciliation_runs" add column "period_from" timestamptz null, add column "period_until" timestamptz null`);
  }
}
