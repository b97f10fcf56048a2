import { execFile } from 'node:child_process';
import { access, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startEmbeddedPostgres } from '../../../src/platform/embedded-postgres.ts';
import { startProduct } from '../../support/product.ts';

const execute = promisify(execFile);
const LIMIT_MS = 180_000;
const EVERYTHING = 'serve.ts --with-workers';
const SIGN_UP = `mutation {
  signUp(input: { email: "wei@example.com", password: "a long enough phrase", displayName: "韦" }) { __typename } }`;
const LOG_IN =
  'mutation { logIn(input: { email: "wei@example.com", password: "a long enough phrase" }) { __typename } }';
let dataDir: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'tributary-start-'));
});

afterAll(async () => {
  // Stops a server that a killed process left, if any.
  const server = await startEmbeddedPostgres({ dataDir, database: 'tributary' });
  await server.stop();
  await rm(dataDir, { recursive: true, force: true });
});

async function ask(address: string, query: string): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${address}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await response.json()) as { data: Record<string, { __typename: string }> };
  return Object.values(data)[0]?.__typename;
}

async function serversOn(folder: string): Promise<string[]> {
  const { stdout } = await execute('ps', ['-eo', 'pid,args']);
  return stdout.split('\n').filter((line) => line.includes(join(folder, 'postgres')));
}

/** Keeps every log-in waiting until it is released. */
async function holdLogIns(): Promise<{ release: () => Promise<void> }> {
  const client = new Client({ connectionString: await readFile(join(dataDir, 'connection-url'), 'utf8') });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('begin; lock table users in access exclusive mode');
  return { release: () => client.end() };
}

async function canConnect(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  const outcome = new Promise<boolean>((settle) => {
    socket.once('connect', () => settle(true)).once('error', () => settle(false));
  });
  return outcome.finally(() => socket.destroy());
}

describe('the product in one process, with a database of its own', () => {
  it('gets ready, answers, and keeps its data when it is killed', { timeout: LIMIT_MS }, async () => {
    await using first = startProduct(EVERYTHING, { DATA_DIR: dataDir });
    const address = await first.ready();
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
    expect((await stat(join(dataDir, 'connection-url'))).mode & 0o777).toBe(0o600);
    expect(await ask(address, SIGN_UP)).toBe('SessionOpened');
    first.child.kill('SIGKILL');
    await first.ended();
    expect(await serversOn(dataDir)).not.toEqual([]);
    await using second = startProduct(EVERYTHING, { DATA_DIR: dataDir });
    expect(await ask(await second.ready(), LOG_IN)).toBe('SessionOpened');
    second.child.kill('SIGINT');
    expect(await second.ended()).toBe(0);
    expect(second.output()).toContain('Stopped.');
    expect(await serversOn(dataDir)).toEqual([]);
    await expect(access(join(dataDir, 'connection-url'))).rejects.toThrow();
  });

  it('is one on a folder and a port, and finishes what is under way before it ends', {
    timeout: LIMIT_MS,
  }, async () => {
    await using product = startProduct(EVERYTHING, { DATA_DIR: dataDir });
    const address = await product.ready();
    await using sameFolder = startProduct(EVERYTHING, { DATA_DIR: dataDir });
    expect(await sameFolder.ended()).toBe(1);
    expect(sameFolder.output()).toMatch(/is in use by process \d+\. Stop that one first, or set DATA_DIR/);
    const external = await readFile(join(dataDir, 'connection-url'), 'utf8');
    await using samePort = startProduct('serve.ts', { DATABASE_URL: external, PORT: new URL(address).port });
    expect(await samePort.ended()).toBe(1);
    expect(samePort.output()).toContain('set PORT to another one');
    const held = await holdLogIns();
    const underWay = ask(address, LOG_IN);
    await sleep(200);
    product.child.kill('SIGTERM');
    await vi.waitFor(() => expect(canConnect(address)).resolves.toBe(false), { timeout: 5_000, interval: 50 });
    await held.release();
    expect(await underWay).toBe('SessionOpened');
    const answeredMs = performance.now();
    expect(await product.ended()).toBe(0);
    expect(performance.now() - answeredMs).toBeLessThan(5_000);
  });

  it('makes a half-filled database anew, and ends by force at the second wish', { timeout: LIMIT_MS }, async () => {
    await writeFile(join(dataDir, 'filling'), '');
    await using product = startProduct(EVERYTHING, { DATA_DIR: dataDir });
    const address = await product.ready();
    expect(await ask(address, LOG_IN)).toBe('InvalidCredentialsError');
    await holdLogIns();
    ask(address, LOG_IN).catch(() => undefined);
    await sleep(200);
    product.child.kill('SIGINT');
    await sleep(700);
    expect(product.child.exitCode).toBeNull();
    product.child.kill('SIGINT');
    expect(await product.ended()).toBe(1);
    await vi.waitFor(async () => expect(await serversOn(dataDir)).toEqual([]), { timeout: 5_000, interval: 100 });
  });
});

describe('a start that cannot be', () => {
  it('says what to set, and nothing else', { timeout: LIMIT_MS }, async () => {
    const attempts = [
      { program: 'serve.ts', environment: {}, says: /DATABASE_URL=postgresql:\/\// },
      { program: 'work.ts', environment: {}, says: /DATABASE_URL=postgresql:\/\// },
      { program: EVERYTHING, environment: { PORT: 'eighty', LOG_LEVEL: 'loud' }, says: /PORT: .*\n.*LOG_LEVEL: / },
    ];
    for (const { program, environment, says } of attempts) {
      await using process = startProduct(program, { DATA_DIR: dataDir, ...environment });
      expect(await process.ended()).toBe(1);
      expect(process.output()).toMatch(says);
      expect(process.output()).not.toContain('    at ');
    }
  });
});
