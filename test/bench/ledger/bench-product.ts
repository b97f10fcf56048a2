import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectPlatform } from '../../../src/bin/open-platform.ts';
import { readConfig } from '../../../src/platform/config.ts';
import { startEmbeddedPostgres } from '../../../src/platform/embedded-postgres.ts';
import type { Platform } from '../../../src/platform/platform.ts';
import { createServices, type Services } from '../../../src/services.ts';

/** The product without server and workers, on a database of its own that keeps what it commits, as in production. */
export interface BenchProduct extends AsyncDisposable {
  readonly platform: Platform;
  readonly services: Services;
  readonly databaseUrl: string;
}

/** Connections of the product's pool: one for each writer. */
export const WRITERS = 16;

export async function openBenchProduct(): Promise<BenchProduct> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'tributary' });
  const config = { ...readConfig({ LOG_LEVEL: 'error' }), databasePoolMax: WRITERS };
  const { platform, close } = await connectPlatform(config, server);
  return {
    platform,
    services: createServices(platform),
    databaseUrl: server.url,
    async [Symbol.asyncDispose]() {
      await close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
