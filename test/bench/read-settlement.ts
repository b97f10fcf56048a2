import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import { getSettlementProfile, readSettlementFile } from '../../src/reconciliation/index.ts';

/** The child of the bench `reconcile`: reads one file, and tells what that took as one line of JSON. */
const [reader = '', profile = '', path = '', rows = ''] = process.argv.slice(2);
const startedMs = performance.now();
const startedCpu = process.cpuUsage();
/** Memory in use is measured once, near the end, while all that a reading remembers is alive. */
const measuredAt = Math.floor(Number(rows) * 0.98);
let liveMiB: number | undefined;

/** Lines, checked and with their amounts, as the product reads them. */
async function readChecked(): Promise<void> {
  const reading = readSettlementFile({ profile: getSettlementProfile(profile), open: () => createReadStream(path) });
  let lines = 0;
  for await (const batch of reading.batches()) {
    lines += batch.lines.length;
    measureLive(lines);
  }
  const { exceptionCounts } = reading.summary();
  if (Object.keys(exceptionCounts).length > 0) throw new Error(`Exceptions: ${JSON.stringify(exceptionCounts)}`);
  report(lines);
}

/** The package alone, which cuts text into cells and does nothing with them. */
async function readBare(): Promise<void> {
  const options = { relax_column_count: true, bom: true, quote: profile === 'wechat' ? null : '"' };
  let lines = 0;
  for await (const _ of createReadStream(path).pipe(parse(options))) measureLive(++lines);
  report(lines);
}

function report(lines: number): void {
  const seconds = (performance.now() - startedMs) / 1_000;
  const { user, system } = process.cpuUsage(startedCpu);
  const cpuSeconds = (user + system) / 1_000_000;
  const peakMiB = process.resourceUsage().maxRSS / 1_024;
  process.stdout.write(`${JSON.stringify({ lines, seconds, cpuSeconds, peakMiB, liveMiB })}\n`);
}

function measureLive(lines: number): void {
  if (liveMiB !== undefined || lines < measuredAt) return;
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  liveMiB = (heapUsed + arrayBuffers) / 2 ** 20;
}

await (reader === 'bare' ? readBare() : readChecked());
