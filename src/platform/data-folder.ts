import { execFile } from 'node:child_process';
import { access, chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Another process of ours runs on the same folder. */
export class DataFolderInUseError extends Error {
  override readonly name = 'DataFolderInUseError';

  constructor(folder: string, pid: number) {
    super(`${folder} is in use by process ${pid}. Stop that one first, or set DATA_DIR to another folder.`);
  }
}

const CLAIM = 'tributary.pid';
const CONNECTION = 'connection-url';
const FILLING = 'filling';
const CLAIM_ATTEMPTS = 3;

/**
 * Makes this process the holder of the folder. A claim left by a process that died is replaced.
 *
 * @returns what gives the folder free again
 * @throws DataFolderInUseError when a living process holds it
 */
export async function claimFolder(root: string): Promise<() => Promise<void>> {
  const file = join(root, CLAIM);
  const claim = `${process.pid} ${await birthOf(process.pid)}`;
  for (let attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
    if (await writeNew(file, claim)) {
      return async () => {
        await rm(join(root, CONNECTION), { force: true });
        await rm(file, { force: true });
      };
    }
    const holder = await livingHolder(root);
    if (holder !== null) throw new DataFolderInUseError(root, holder);
    await rm(file, { force: true });
  }
  throw new Error(`Could not take ${root}: other processes start and end on it.`);
}

/** Leaves the address of the server in the folder, readable by the owner alone, for commands that run beside us. */
export async function publishConnection(root: string, url: string): Promise<void> {
  const file = join(root, CONNECTION);
  await rm(file, { force: true });
  await writeFile(file, url, { mode: 0o600 });
  await chmod(file, 0o600);
}

/** Address of the server that a living process runs on the folder; null when there is none, or not yet. */
export async function findConnection(root: string): Promise<string | null> {
  if ((await livingHolder(root)) === null) return null;
  return readFile(join(root, CONNECTION), 'utf8').catch(() => null);
}

/**
 * Fills a database that is new. While `fill` runs, the folder says so: when the process dies in between, the next start
 * throws the half-filled database away and begins again.
 */
export async function whileFilling<T>(root: string, fill: () => Promise<T>): Promise<T> {
  const file = join(root, FILLING);
  await writeFile(file, '');
  const result = await fill();
  await rm(file, { force: true });
  return result;
}

/** Removes the cluster when a process died while it filled the database of the folder. */
export async function discardHalfFilled(root: string, cluster: string): Promise<void> {
  const file = join(root, FILLING);
  const isHalfFilled = await access(file).then(
    () => true,
    () => false,
  );
  if (!isHalfFilled) return;
  await rm(cluster, { recursive: true, force: true });
  await rm(file, { force: true });
}

async function livingHolder(root: string): Promise<number | null> {
  const text = await readFile(join(root, CLAIM), 'utf8').catch(() => '');
  const [pid = '', ...birth] = text.trim().split(' ');
  const holder = Number(pid);
  const isAnother = holder > 0 && holder !== process.pid && isAlive(holder);
  return isAnother && (await birthOf(holder)) === birth.join(' ') ? holder : null;
}

/** Makes the file, whole from its first moment, unless it is there. */
async function writeNew(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The command line of a process; empty where there is none, or the system does not tell. */
export async function commandOf(pid: number): Promise<string> {
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  if (command !== null) return command.replaceAll('\0', ' ');
  const listed = await execute('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listed.stdout.trim();
}

/**
 * When a process began, in whatever form the system has: with the number it names one process for good, although
 * the system gives the number away again, after a restart of the machine or the container even soon.
 */
async function birthOf(pid: number): Promise<string> {
  const [boot, state] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''),
  ]);
  // The second field is the program's name in brackets and may hold spaces; the start time is the 22nd.
  const ticks = state.slice(state.lastIndexOf(')') + 2).split(' ')[19];
  if (ticks !== undefined) return `${boot.trim()} ${ticks}`;
  const listed = await execute('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return listed.stdout.trim();
}
