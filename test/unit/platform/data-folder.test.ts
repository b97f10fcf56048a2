import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  claimFolder,
  commandOf,
  DataFolderInUseError,
  findConnection,
  isAlive,
  publishConnection,
} from '../../../src/platform/data-folder.ts';

/** Beyond the largest process id of any system that this runs on. */
const NOBODY = 2 ** 30;
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tributary-folder-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** The claim of the process that started this one, which lives as long as the test does. */
async function claimOfParent(): Promise<string> {
  const release = await claimFolder(root);
  const [, ...birth] = (await readFile(join(root, 'tributary.pid'), 'utf8')).split(' ');
  await release();
  const state = await readFile(`/proc/${process.ppid}/stat`, 'utf8');
  const ticks = state.slice(state.lastIndexOf(')') + 2).split(' ')[19];
  return `${process.ppid} ${birth[0]} ${ticks}`;
}

describe('the data folder', () => {
  it('is claimed, and free again without a trace', async () => {
    const release = await claimFolder(root);
    await publishConnection(root, 'postgresql://x');
    expect((await readdir(root)).toSorted()).toEqual(['connection-url', 'tributary.pid']);
    await release();
    expect(await readdir(root)).toEqual([]);
  });

  it('is taken over from a process that is gone', async () => {
    await writeFile(join(root, 'tributary.pid'), `${NOBODY} boot 17`);
    await publishConnection(root, 'postgresql://gone');
    expect(await findConnection(root)).toBeNull();
    const release = await claimFolder(root);
    expect(await readFile(join(root, 'tributary.pid'), 'utf8')).toMatch(new RegExp(`^${process.pid} `));
    await release();
  });

  it('is taken over where a claim was left empty by a crash', async () => {
    await writeFile(join(root, 'tributary.pid'), '');
    await expect(claimFolder(root)).resolves.toBeTypeOf('function');
  });

  it.runIf(process.platform === 'linux')('is refused while another process holds it, which is named', async () => {
    await writeFile(join(root, 'tributary.pid'), await claimOfParent());
    await publishConnection(root, 'postgresql://theirs');
    await expect(claimFolder(root)).rejects.toThrow(DataFolderInUseError);
    await expect(claimFolder(root)).rejects.toThrow(`process ${process.ppid}`);
    expect(await findConnection(root)).toBe('postgresql://theirs');
  });

  it.runIf(process.platform === 'linux')('is taken over where the number went to another process since', async () => {
    const [pid, boot, ticks] = (await claimOfParent()).split(' ');
    await writeFile(join(root, 'tributary.pid'), `${pid} ${boot} ${Number(ticks) - 1}`);
    await expect(claimFolder(root)).resolves.toBeTypeOf('function');
  });
});

describe('processes', () => {
  it('are alive or not', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(isAlive(NOBODY)).toBe(false);
  });

  it('tell how they were started', async () => {
    expect(await commandOf(process.pid)).toContain('node');
    expect(await commandOf(NOBODY)).toBe('');
  });
});
