import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { csvOf, STRIPE_COLUMNS } from '../../support/settlement-files.ts';

const LINE = {
  balance_transaction_id: 'txn_1',
  created: '2026-01-30 10:11:12',
  currency: 'usd',
  gross: '25',
  fee: '0.95',
  net: '24.05',
  reporting_category: 'charge',
};

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-exit-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a user runs it, in a process of its own. */
async function reconcile(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/bin/cli.ts', 'reconcile', ...args]);
  let [out, err] = ['', ''];
  child.stdout.on('data', (bytes) => (out += bytes));
  child.stderr.on('data', (bytes) => (err += bytes));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

const DRY = ['--profile', 'stripe', '--dry-run', '--json'];

describe('the exit code of reconcile', { timeout: 60_000 }, () => {
  it('is 0 for a file that can be read, whatever stands in it, and one JSON object is printed', async () => {
    const path = await file('good.csv', csvOf(STRIPE_COLUMNS, [LINE, { ...LINE, gross: 'much' }]));
    const { code, out, err } = await reconcile(path, ...DRY);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const report = JSON.parse(out) as { profile: string; lines: number; exceptions: unknown[] };
    expect(Object.keys(report)).toEqual(expect.arrayContaining(['profile', 'lines', 'totals', 'exceptions']));
    expect(report).toMatchObject({ profile: 'stripe', lines: 1 });
    expect(report.exceptions).toHaveLength(1);
  });

  it('is 1 for a file that cannot be read, and the reason is told', async () => {
    const unreadable = [
      join(folder, 'nothing.csv'),
      folder,
      await file('empty.csv', ''),
      await file('columns.csv', 'a,b\n1,2\n'),
      await file('encoding.csv', Buffer.from(csvOf(STRIPE_COLUMNS, [LINE]), 'utf16le')),
      await file('cut.zip', Buffer.from('504b030414000000080000002100', 'hex')),
    ];
    const ended = await Promise.all(unreadable.map((path) => reconcile(path, ...DRY)));
    expect(ended.map(({ code }) => code)).toEqual(unreadable.map(() => 1));
    for (const { out, err } of ended) {
      expect(out).toBe('');
      expect(err).toMatch(/^error: \S/);
    }
  });

  it('is 2 for a command that was called wrongly', async () => {
    const path = await file('fine.csv', csvOf(STRIPE_COLUMNS, [LINE]));
    const ended = await Promise.all([
      reconcile(path, '--profile', 'paypal', '--dry-run'),
      reconcile(path, '--dry-run'),
      reconcile(path, '--profile', 'stripe', '--dry-run', '--from', 'yesterday'),
    ]);
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2]);
  });
});
