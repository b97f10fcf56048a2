import { createQueueBackend } from '../../jobs/queue-backend.ts';
import { QUEUE_NAMES } from '../../jobs/queues.ts';
import { startJobs } from '../../jobs/runtime.ts';
import { readConfig } from '../platform/config.ts';
import { createServices } from '../services.ts';
import { giveWay } from './give-way.ts';
import { openPlatform } from './open-platform.ts';
import { describeDatabase, describeQueues, labelled, print, secondsSinceStart } from './output.ts';
import { type Run, runProgram } from './program.ts';
import { requireDatabaseUrl } from './require-database-url.ts';

process.env.NODE_ENV ??= 'development';

await runProgram(work);

/** The workers, the relay and the schedule, without the API. Any number of such processes share the work. */
async function work(run: Run): Promise<void> {
  const config = readConfig(process.env);
  requireDatabaseUrl(config, 'a worker');
  giveWay();
  print('A worker of Tributary starts.');
  const opened = run.own(await openPlatform(config, { mayJoin: false }));
  const { platform, databaseUrl } = opened;
  print(labelled('database', describeDatabase(opened)));
  run.stopping.throwIfAborted();
  const services = createServices(platform);
  const backend = run.own(createQueueBackend({ ...config, databaseUrl, logger: platform.logger }));
  await backend.prepare();
  print(labelled('queues', `${describeQueues(config)}: ${QUEUE_NAMES.join(', ')}`));
  run.own(await startJobs({ platform, services, backend, databaseUrl, withSchedule: true }));
  print('', `Ready after ${secondsSinceStart()} s. Ctrl-C stops it.`);
}
