import type { Config } from '../platform/config.ts';
import { UsageError } from './program.ts';

/**
 * Processes that share the work need a database that is not one's own.
 *
 * @param what the process, as the subject of a sentence
 * @throws UsageError without `DATABASE_URL`
 */
export function requireDatabaseUrl(config: Config, what: string): void {
  if (config.databaseUrl !== undefined) return;
  throw new UsageError(
    `To run ${what}, set DATABASE_URL to a PostgreSQL 15 or later, the same for all processes:\n` +
      '  DATABASE_URL=postgresql://user:password@host:5432/tributary\n' +
      'To run everything in one process with a database of its own, use `npm start`.',
  );
}
