import { Migration } from '@mikro-orm/migrations';

/** Tables of the cache and the rate limits. They are no entities: unlogged, and nobody misses their rows. */
export class VolatileStores20261121000004 extends Migration {
  override up(): void {
    this.addSql('create schema volatile');
    this.addSql(`
      create unlogged table volatile.cache_entries (
        key text primary key,
        value text not null,
        expires_at timestamptz not null
      )`);
    this.addSql('create index cache_entries_expires_at on volatile.cache_entries (expires_at)');
    // The columns of rate-limiter-flexible. It computes with "expire", milliseconds since 1970, as a JavaScript number,
    // which int8 is not for us: double precision holds such numbers exactly.
    this.addSql(`
      create unlogged table volatile.rate_limits (
        key varchar(255) primary key,
        points integer not null default 0,
        expire double precision
      )`);
    this.addSql('create index rate_limits_expire on volatile.rate_limits (expire)');
  }
}
