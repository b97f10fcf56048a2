import type { Database } from '../../platform/database.ts';

/**
 * Runs one training at a time over all processes; another waits. The lock belongs to a connection of its own, and a
 * process that dies lets go of it with that connection.
 */
export async function withTrainingLock<T>(database: Database, model: string, work: () => Promise<T>): Promise<T> {
  const client = await database.pool.connect();
  // Losing the lock is no reason to stop: versions are numbered uniquely, so of two trainings one is published.
  client.on('error', () => undefined);
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`train:${model}`]);
    return await work();
  } finally {
    client.release(true);
  }
}
