import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';

const LEAVING_MS = 300;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * A PostgreSQL of our own in a temporary folder, gone with `stop`, and with the process however that ends short of
 * SIGKILL. For tests, checks, the demo and making migrations.
 * @param parent where its folder is made, by default that of the system
 */
export async function startScratchPostgres(parent: string = tmpdir()): Promise<EmbeddedPostgres> {
  const dataDir = await mkdtemp(join(parent, 'tributary-'));
  const server = await startEmbeddedPostgres({ dataDir, database: 'tributary', disposable: true });
  const leave = () => {
    server.abandon();
    // The exit of a process waits for no promise, and the server still writes while it leaves.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LEAVING_MS);
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  const onSignal = (signal: (typeof SIGNALS)[number]) => process.exit(128 + constants.signals[signal]);
  process.once('exit', leave);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  const stop = async () => {
    process.off('exit', leave);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  return { ...server, stop };
}
