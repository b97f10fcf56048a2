import { resolve } from 'node:path';
import { entities } from '../entities.ts';
import type { Config } from '../platform/config.ts';
import { findConnection } from '../platform/data-folder.ts';
import { Database } from '../platform/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../platform/embedded-postgres.ts';
import { createLogger } from '../platform/logger.ts';
import { migrations } from '../platform/migrations/index.ts';
import type { Platform } from '../platform/platform.ts';
import { openStores } from '../platform/stores.ts';
import { systemClock } from '../shared/clock.ts';
import { randomIds } from '../shared/ids.ts';

/** The platform of a process, with what it takes to end it. */
export interface OpenPlatform {
  readonly platform: Platform;
  readonly databaseUrl: string;
  /** Whether the database is the one in the data folder. */
  readonly isEmbedded: boolean;
  close(): Promise<void>;
  /** Leaves without waiting. The data folder recovers at the next start. */
  abandon(): void;
}

/**
 * Connects to the database of the configuration and migrates it. Without `DATABASE_URL` that is the server of the data
 * folder, which is started unless `mayJoin` and the product runs on that folder already.
 *
 * @throws DataFolderInUseError when the product runs on the folder and joining is not allowed
 */
export async function openPlatform(config: Config, options: { mayJoin: boolean }): Promise<OpenPlatform> {
  const server = await findServer(config, options);
  try {
    return await connectPlatform(config, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function findServer(config: Config, { mayJoin }: { mayJoin: boolean }): Promise<EmbeddedPostgres> {
  const { databaseUrl, dataDir } = config;
  const running = databaseUrl ?? (mayJoin ? await findConnection(resolve(dataDir)) : null);
  if (running) return { url: running, stop: async () => undefined, abandon: () => undefined };
  return startEmbeddedPostgres({ dataDir, database: 'tributary' });
}

/** Connects to a server that runs and migrates its database. Closing the platform stops the server. */
export async function connectPlatform(config: Config, server: EmbeddedPostgres): Promise<OpenPlatform> {
  const logger = createLogger(config);
  const settings = { url: server.url, poolMax: config.databasePoolMax, entities, migrations, logger };
  const database = await Database.connect(settings);
  try {
    await database.migrate();
  } catch (error) {
    await database.close();
    throw error;
  }
  const { cache, rateLimiter, close: closeStores } = openStores({ config, database, logger });
  return {
    platform: { config, database, cache, rateLimiter, clock: systemClock, ids: randomIds, logger },
    databaseUrl: server.url,
    isEmbedded: config.databaseUrl === undefined,
    async close() {
      await closeStores();
      await database.close();
      await server.stop();
    },
    abandon: () => server.abandon(),
  };
}
