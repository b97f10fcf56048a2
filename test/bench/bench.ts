import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';

/** A measurement: what was run and the figures that came out, each with its unit in its name. */
export interface Measurement {
  readonly name: string;
  readonly figures: Readonly<Record<string, number>>;
}

export interface Bench {
  readonly name: string;
  readonly description: string;
  run(args: readonly string[]): Promise<Measurement[]>;
}

const RESULTS = 'test/bench/results';

/** Runs a bench, prints its table, and keeps the figures with the machine they were measured on. */
export async function runBench(bench: Bench, args: readonly string[]): Promise<void> {
  const measurements = await bench.run(args);
  process.stdout.write(`${bench.description}\n${table(measurements)}\n`);
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, memoryGiB: totalmem() / 2 ** 30 };
  await mkdir(RESULTS, { recursive: true });
  const result = { bench: bench.name, node: process.version, machine, measurements };
  await writeFile(`${RESULTS}/${bench.name}.json`, `${JSON.stringify(result, null, 2)}\n`);
}

function table(measurements: readonly Measurement[]): string {
  const columns = [...new Set(measurements.flatMap(({ figures }) => Object.keys(figures)))];
  const rows = measurements.map(({ name, figures }) => [name, ...columns.map((column) => format(figures[column]))]);
  const all = [['', ...columns], ...rows];
  const widths = all[0]?.map((_, at) => Math.max(...all.map((row) => row[at]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  ')).join('\n');
}

function format(value: number | undefined): string {
  if (value === undefined) return '';
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}

/** The value below which `fraction` of the sorted sample lies (nearest rank). */
export function percentile(sample: readonly number[], fraction: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(fraction * sorted.length) - 1)] ?? Number.NaN;
}
