import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Measurement } from './bench.ts';

/** What one task took, in a process of its own. */
interface Figures extends Readonly<Record<string, number>> {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

const run = promisify(execFile);

/** Runs a program that prints its figures as JSON. */
export async function figuresOf(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Figures> {
  const { stdout } = await run(command, args, { env: { ...process.env, ...environment } });
  return JSON.parse(stdout) as Figures;
}

/** Says so when it is missing: the comparison is then left out. */
export async function hasPython(): Promise<boolean> {
  try {
    await run('python3', ['-c', 'import numpy, scipy']);
    return true;
  } catch {
    process.stdout.write('python3 with numpy and scipy is missing: the comparison with it is left out.\n');
    return false;
  }
}

/** Ours over the other's: below 1, ours takes less. Time on the processor, too: other work has no part in it. */
export function ratioRow(name: string, ours: Figures, other: Figures): Measurement {
  const ratio = (figure: 'seconds' | 'cpuSeconds' | 'peakMiB') => ours[figure] / other[figure];
  const figures = { seconds: ratio('seconds'), cpuSeconds: ratio('cpuSeconds'), peakMiB: ratio('peakMiB') };
  return { name, figures };
}

/** The path of a file for the tasks to read, in a folder that is removed at the end. */
export async function withTaskFile<Result>(work: (path: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
  try {
    return await work(join(folder, 'task.bin'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
