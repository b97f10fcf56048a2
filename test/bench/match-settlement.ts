import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { system } from '../../src/shared/actor.ts';
import { invariant, present } from '../../src/shared/invariant.ts';
import { type BenchProduct, openBenchProduct } from './ledger/bench-product.ts';
import { feeOf, grossOf, largeFiles } from './settlement-files.ts';

/** A child of the bench `reconcile`: one file into the database and against as many payments, as one line of JSON. */
const [path = '', rowCount = ''] = process.argv.slice(2);
const rows = Number(rowCount);
const OPERATOR = system('bench');

/** A payment for each line of the file, but every thousandth: those lines are nothing of ours. */
function* paymentLines(): Generator<string> {
  for (let at = 0; at < rows; at++) {
    if (at % 1_000 === 0) continue;
    const cells = present(largeFiles[0], 'a file').row(at).split(',');
    const createdAt = cells[5] ?? '';
    const facts = ['stripe', cells[2], 'CARD', 'CAPTURED', grossOf(at), feeOf(at), 'USD', createdAt, createdAt];
    const id = `00000000-0000-7000-8000-${String(at).padStart(12, '0')}`;
    yield `${[id, id, ...facts].join('\t')}\n`;
  }
}

/** Payments alone: of their orders the matching knows nothing but the name. */
async function insertPayments({ platform }: BenchProduct): Promise<void> {
  const client = await platform.database.pool.connect();
  try {
    await client.query(`set session_replication_role = replica`);
    const columns =
      'id, order_id, provider, provider_reference, method, state, amount_minor, fee_minor, currency, created_at, captured_at';
    await pipeline(Readable.from(paymentLines()), client.query(copyFrom(`copy payments (${columns}) from stdin`)));
    await client.query('analyze payments');
  } finally {
    client.release(true);
  }
}

async function timed<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number }> {
  const startedMs = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - startedMs) / 1_000 };
}

async function match(product: BenchProduct): Promise<Record<string, number>> {
  const { reconciliation } = product.services;
  await insertPayments(product);
  const upload = { profile: 'stripe', fileName: 'bench.csv' };
  const kept = await timed(() => reconciliation.upload(OPERATOR, upload, createReadStream(path)));
  globalThis.gc?.();
  const idleMiB = process.memoryUsage().rss / 2 ** 20;
  const startedMs = performance.now();
  let stagedMs = startedMs;
  let peakMiB = 0;
  const watch = setInterval(() => {
    peakMiB = Math.max(peakMiB, process.memoryUsage().rss / 2 ** 20);
  }, 50);
  const onProgress = () => {
    stagedMs = performance.now();
  };
  const { result, seconds } = await timed(() => reconciliation.reconcile(kept.result.runId, onProgress));
  clearInterval(watch);
  const matched = result?.report.rows.find(({ kind }) => kind === 'PAYMENT')?.matched.count ?? 0;
  const missing = Math.ceil(rows / 1_000);
  invariant(matched === rows - missing, `all but ${missing} lines of ${rows} are matched, not ${matched}`);
  const stagingSeconds = (stagedMs - startedMs) / 1_000;
  const phases = { keepSeconds: kept.seconds, stagingSeconds, matchingSeconds: seconds - stagingSeconds };
  const wholeSeconds = kept.seconds + seconds;
  return { lines: rows, ...phases, linesPerSecond: Math.round(rows / wholeSeconds), idleMiB, peakMiB };
}

{
  await using product = await openBenchProduct();
  process.stdout.write(`${JSON.stringify(await match(product))}\n`);
}
