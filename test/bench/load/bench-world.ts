import { connectPlatform } from '../../../src/bin/open-platform.ts';
import { readConfig } from '../../../src/platform/config.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { startScratchPostgres } from '../../../src/platform/scratch-postgres.ts';
import { createServices, type Services } from '../../../src/services.ts';
import { User } from '../../../src/users/index.ts';
import { startProduct } from '../../support/product.ts';
import { LIKE_MOOCCUBEX, makeWorld } from './synthetic-world.ts';

/** A trained product with people and contents as many as MOOCCubeX has, asked over HTTP. */
export interface BenchWorld extends AsyncDisposable {
  /** Of the API's process. */
  readonly address: string;
  readonly platform: Platform;
  readonly services: Services;
  /** Of sessions of some of the people. */
  readonly tokens: readonly string[];
}

/** @param people how many have sessions @param withWorker whether a process of a worker runs beside that of the API */
export async function openBenchWorld({
  people,
  withWorker,
}: {
  people: number;
  withWorker: boolean;
}): Promise<BenchWorld> {
  await using stack = new AsyncDisposableStack();
  const postgres = await startScratchPostgres();
  const opened = await connectPlatform(readConfig({ LOG_LEVEL: 'error' }), postgres);
  stack.defer(() => opened.close());
  const { platform } = opened;
  const services = createServices(platform);
  process.stderr.write('making the world\n');
  await makeWorld(platform, LIKE_MOOCCUBEX);
  await services.searchIndex.index();
  process.stderr.write('training\n');
  await services.similarity.recompute();
  const tokens = await openSessions(platform, { services, people });
  const start = (program: string) => stack.use(startProduct(program, { DATABASE_URL: postgres.url }));
  const api = start('serve.ts');
  if (withWorker) await start('work.ts').ready();
  const address = await api.ready();
  const resources = stack.move();
  return { address, platform, services, tokens, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

async function openSessions(
  platform: Platform,
  { services, people }: { services: Services; people: number },
): Promise<string[]> {
  const learners = await platform.database.orm.em.fork().find(User, {}, { orderBy: { id: 'asc' }, limit: people });
  const tokens: string[] = [];
  for (const learner of learners) tokens.push((await services.access.openSession(learner)).token);
  return tokens;
}
