import { parseArgs } from 'node:util';
import { createQueueBackend } from '../../jobs/queue-backend.ts';
import { startJobs } from '../../jobs/runtime.ts';
import { readConfig } from '../platform/config.ts';
import { createServices } from '../services.ts';
import { offerDemo, printDemoLogins } from './demo-data.ts';
import { listen } from './http/listen.ts';
import { createServer } from './http/server.ts';
import { openPlatform } from './open-platform.ts';
import { describeDatabase, describeQueues, labelled, print, secondsSinceStart } from './output.ts';
import { type Run, runProgram } from './program.ts';
import { requireDatabaseUrl } from './require-database-url.ts';

// Libraries look at it themselves, and are slower where it is absent.
process.env.NODE_ENV ??= 'development';

const { values } = parseArgs({ options: { 'with-workers': { type: 'boolean', default: false } } });

await runProgram((run) => serve(run, { withWorkers: values['with-workers'] }));

/** The API, and the workers beside it when asked for. Takes requests only when everything is ready. */
async function serve(run: Run, { withWorkers }: { withWorkers: boolean }): Promise<void> {
  const config = readConfig(process.env);
  if (!withWorkers) requireDatabaseUrl(config, 'the API alone');
  print('Tributary starts.');
  const opened = run.own(await openPlatform(config, { mayJoin: false }));
  const { platform, databaseUrl, isEmbedded } = opened;
  print(labelled('database', describeDatabase(opened)));
  run.stopping.throwIfAborted();
  if (isEmbedded) await offerDemo(platform);
  run.stopping.throwIfAborted();
  const services = createServices(platform);
  const queues = run.own(createQueueBackend({ ...config, databaseUrl, logger: platform.logger }));
  await queues.prepare();
  print(labelled('queues', describeQueues(config)));
  if (withWorkers) {
    run.own(await startJobs({ platform, services, backend: queues, databaseUrl, withSchedule: true }));
  }
  const { address } = run.own(await listen(await createServer({ platform, services, queues }), config));
  print(labelled('API', `${address}/graphql${config.introspection ? ' (in a browser: the explorer)' : ''}`));
  print(labelled('jobs', `${address}/admin/jobs (for admins)`));
  if (isEmbedded) await printDemoLogins(platform);
  print('', `Ready after ${secondsSinceStart()} s. Ctrl-C stops it.`);
}
