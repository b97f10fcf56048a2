import {
  createPostgresBackend,
  DEFAULT_SCHEMA,
  type PgPool,
  type Queue,
  runMigrations,
  type Worker,
  withBackend,
} from 'bullmq';
import { Pool } from 'pg';
import {
  ConnectionReport,
  type JobData,
  QUEUE_NAMES,
  type QueueBackend,
  type QueueBackendOptions,
  ready,
  workerTimings,
} from './queues.ts';

/** Each worker keeps one connection to be woken on; the others carry short statements. */
const POOL_MAX = QUEUE_NAMES.length + 6;

/** BullMQ on PostgreSQL, in a schema of its own. All queues and workers of the process share one pool. */
export function postgresQueues(databaseUrl: string, options: QueueBackendOptions): QueueBackend {
  const { logger, timings = workerTimings } = options;
  const bound = withBackend(createPostgresBackend);
  const pool = new Pool({
    connectionString: databaseUrl,
    max: POOL_MAX,
    keepAlive: true,
    application_name: 'tributary-queue',
    options: `-c search_path=${DEFAULT_SCHEMA}`,
  });
  // Every queue and worker listens for the pool's errors, and passes them on.
  pool.setMaxListeners(0);
  const report = new ConnectionReport(logger);
  pool.on('error', report.tell);
  const connection = pool as unknown as PgPool;
  return {
    kind: 'postgres',
    async prepare() {
      const client = await pool.connect();
      await runMigrations(client).finally(() => client.release());
    },
    async openQueue(name) {
      return ready(new bound.Queue<JobData>(name, { connection }) as unknown as Queue<JobData>, report);
    },
    async openWorker(name, processor, { concurrency }) {
      const worker = new bound.Worker<JobData>(name, processor, {
        connection,
        concurrency,
        ...timings,
        maxStalledCount: 100,
      });
      return ready(worker as unknown as Worker<JobData>, report);
    },
    async isReachable() {
      return pool.query('select 1').then(
        () => true,
        () => false,
      );
    },
    async close() {
      report.close();
      await pool.end();
    },
  };
}
