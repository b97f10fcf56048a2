import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { readConfig } from '../../src/platform/config.ts';
import { freePort } from './free-port.ts';

export interface RedisServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** `REDIS_URL`, else a private `redis-server` from the PATH, else none. With `CI=true` none is a failure. */
export async function startRedis(): Promise<RedisServer> {
  const given = readConfig(process.env).redisUrl;
  if (given !== undefined) return { url: given, stop: async () => undefined };
  const folder = await mkdtemp(join(tmpdir(), 'tributary-redis-'));
  const port = await freePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
  const server = spawn('redis-server', args, { stdio: 'ignore' });
  const failed = new Promise<boolean>((settle) => server.once('error', () => settle(true)));
  const url = `redis://127.0.0.1:${port}`;
  if (await Promise.race([failed, answers(url).then((up) => !up)])) return withoutRedis(folder);
  const stop = async () => {
    server.kill('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  };
  return { url, stop };
}

async function withoutRedis(folder: string): Promise<RedisServer> {
  await rm(folder, { recursive: true, force: true });
  if (process.env.CI === 'true') throw new Error('CI needs Redis: install redis-server, or set REDIS_URL.');
  process.stderr.write(
    '\n*** No Redis: the suites on Redis are SKIPPED. Install redis-server or set REDIS_URL. ***\n\n',
  );
  return { url: '', stop: async () => undefined };
}

async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 });
  client.on('error', () => undefined);
  try {
    for (let attempt = 0; attempt < 100; attempt++) {
      const up = await client.connect().then(
        () => true,
        () => false,
      );
      if (up) return true;
      await sleep(50);
    }
    return false;
  } finally {
    client.disconnect();
  }
}
