import { Migration } from '@mikro-orm/migrations';

/**
 * Nothing is planned by what the lists of feeds hold, and counting the elements of thirty thousand lists takes seconds of
 * a processor each time that PostgreSQL looks over the table: it need not.
 */
export class FeedStatistics20261123000091 extends Migration {
  override up(): void {
    for (const column of ['content_ids', 'scores', 'propensities', 'sources', 'features', 'filter']) {
      this.addSql(`alter table "feeds" alter column "${column}" set statistics 0`);
    }
  }
}
