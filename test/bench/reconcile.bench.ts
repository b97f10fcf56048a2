import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { present } from '../../src/shared/invariant.ts';
import type { Bench, Measurement } from './bench.ts';
import { type LargeFile, largeFiles, writeLargeFile } from './settlement-files.ts';

interface Figures {
  readonly lines: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
  readonly liveMiB: number;
}

const READER = fileURLToPath(new URL('read-settlement.ts', import.meta.url));
const MATCHER = fileURLToPath(new URL('match-settlement.ts', import.meta.url));
const FULL = { read: [100_000, 1_000_000], matched: [100_000, 300_000, 1_000_000] };
/** A minute or two. */
const QUICK = { read: [100_000], matched: [30_000, 100_000] };
const run = promisify(execFile);

/**
 * Settlement files read and checked, beside csv-parse over the same files, and files matched with as many payments in a
 * database of their own; each in a process of its own.
 */
export const reconcileBench: Bench = {
  name: 'reconcile',
  description:
    'Settlement files read and checked, against csv-parse alone on the same files; then kept, staged and matched in the ' +
    'database. live: memory in use, idle and peak: RSS. --matching: that alone. --quick: small files only.',
  async run(args: readonly string[]): Promise<Measurement[]> {
    const sizes = args.includes('--quick') ? QUICK : FULL;
    const folder = await mkdtemp(join(tmpdir(), 'tributary-bench-'));
    try {
      const measurements: Measurement[] = [];
      const read = args.includes('--matching') ? [] : largeFiles;
      for (const file of read) measurements.push(...(await measure(folder, file, sizes.read)));
      for (const rows of sizes.matched) measurements.push(await measureMatching(folder, rows));
      return measurements;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(folder: string, file: LargeFile, sizes: readonly number[]): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const rows of sizes) {
    const path = join(folder, `${file.name}-${rows}.csv`);
    await writeLargeFile(path, file, rows);
    const checked = await read('checked', file.profile, path, rows);
    const bare = await read('bare', file.profile, path, rows);
    await rm(path);
    const name = `${file.name} ${rows}`;
    measurements.push({ name, figures: rated(checked) }, { name: `${name} bare`, figures: rated(bare) });
    measurements.push({ name: `${name} ratio`, figures: ratio(checked, bare) });
  }
  return measurements;
}

async function measureMatching(folder: string, rows: number): Promise<Measurement> {
  const path = join(folder, `matching-${rows}.csv`);
  const [file] = largeFiles;
  await writeLargeFile(path, present(file, 'a large file'), rows);
  const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', MATCHER, path, String(rows)]);
  await rm(path);
  return { name: `matching ${rows}`, figures: JSON.parse(stdout) as Record<string, number> };
}

async function read(...args: readonly [reader: 'checked' | 'bare', profile: string, path: string, rows: number]) {
  const options = ['--expose-gc', '--import', 'tsx', READER, ...args.map(String)];
  const { stdout } = await run(process.execPath, options);
  return JSON.parse(stdout) as Figures;
}

/** Time on the processor, too: other work on the machine has no part in it. */
function ratio(checked: Figures, bare: Figures): Record<string, number> {
  return { seconds: checked.seconds / bare.seconds, cpuSeconds: checked.cpuSeconds / bare.cpuSeconds };
}

function rated({ lines, seconds, ...others }: Figures): Record<string, number> {
  return { lines, linesPerSecond: Math.round(lines / seconds), seconds, ...others };
}
