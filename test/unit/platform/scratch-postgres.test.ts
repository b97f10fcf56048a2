import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Client } from 'pg';
import { expect, it } from 'vitest';

const PROGRAM = `
  import { startScratchPostgres } from './src/platform/scratch-postgres.ts';
  const { url } = await startScratchPostgres();
  console.log(url);
  setInterval(() => undefined, 1_000);`;

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('is gone with its process, which %s ends', async (signal) => {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', PROGRAM];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  const folder = await askFolder(url);
  child.kill(signal);
  await once(child, 'exit');
  expect(existsSync(folder)).toBe(false);
  await expect(askFolder(url)).rejects.toThrow(/ECONNREFUSED/);
});

async function askFolder(url: string): Promise<string> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<{ data_directory: string }>('show data_directory')).rows[0]?.data_directory ?? '';
  } finally {
    await client.end();
  }
}
