import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reconcileCommand } from '../../../src/bin/reconcile.command.ts';
import { csvOf, STRIPE_COLUMNS, WECHAT_COLUMNS, wechatBill } from '../../support/settlement-files.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tributary-reconcile-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function run(name: string, ...options: string[]): Promise<string> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  const command = reconcileCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  await command.parseAsync([join(folder, name), ...options], { from: 'user' });
  return output;
}

const CHARGE = {
  balance_transaction_id: 'txn_1',
  created: '2026-01-30 10:11:12',
  currency: 'usd',
  gross: '25',
  fee: '0.95',
  net: '24.05',
  reporting_category: 'charge',
  source_id: 'ch_1',
  automatic_payout_id: 'po_1',
};
const PAYOUT = {
  ...CHARGE,
  balance_transaction_id: 'txn_2',
  gross: '-24.05',
  fee: '0',
  net: '-24.05',
  reporting_category: 'payout',
};
const BAD = { ...CHARGE, balance_transaction_id: 'txn_3', gross: '\u001b[31mred' };
const DRY = ['--profile', 'stripe', '--dry-run'];

describe('reconcile --dry-run', () => {
  it('prints one JSON object with amounts in major and in minor units', async () => {
    await writeFile(join(folder, 'stripe.csv'), csvOf(STRIPE_COLUMNS, [CHARGE, PAYOUT, BAD]));
    const output = await run('stripe.csv', ...DRY, '--json');
    expect(output.trimEnd()).not.toContain('\n');
    const sale = {
      count: 1,
      gross: '25.00',
      fee: '0.95',
      net: '24.05',
      grossMinor: '2500',
      feeMinor: '95',
      netMinor: '2405',
    };
    const paid = {
      count: 1,
      gross: '-24.05',
      fee: '0.00',
      net: '-24.05',
      grossMinor: '-2405',
      feeMinor: '0',
      netMinor: '-2405',
    };
    expect(JSON.parse(output)).toEqual({
      profile: 'stripe',
      provider: 'stripe',
      layout: 'itemized',
      encoding: 'utf-8',
      lines: 2,
      unreadableLines: 1,
      duplicateLines: 0,
      totals: { USD: { ...sale, byKind: { PAYMENT: sale }, payouts: paid, rounding: '0' } },
      trailer: { expected: false, found: false, checked: 0, differing: 0 },
      payouts: { checked: 1, differing: 0, withoutPayout: 0 },
      exceptions: [
        {
          class: 'UNREADABLE_LINE',
          line: 4,
          reference: null,
          reason: expect.stringContaining('no amount'),
          currency: null,
          expected: null,
          actual: null,
          expectedMinor: null,
          actualMinor: null,
        },
      ],
      exceptionCounts: { UNREADABLE_LINE: 1 },
      exceptionsLeftOut: 0,
    });
  });

  it('prints a table for people, whom no file can send escape sequences', async () => {
    const named = { ...CHARGE, balance_transaction_id: '\u001b[31mred', net: '1' };
    await writeFile(join(folder, 'stripe.csv'), csvOf(STRIPE_COLUMNS, [named, PAYOUT]));
    const output = await run('stripe.csv', ...DRY);
    expect(output).toMatch(/USD {2}PAYMENT +1 +25\.00 +0\.95 +1\.00/);
    expect(output).toContain(
      'FEE_DIFFERS line 2 ?[31mred: Gross 25.00 less fee 0.95 is 24.05 USD; the line says net 1.00.',
    );
    expect(output).not.toContain('\u001b');
  });

  it('says which provider it is for', async () => {
    await writeFile(join(folder, 'stripe.csv'), csvOf(STRIPE_COLUMNS, [CHARGE]));
    const output = await run('stripe.csv', ...DRY, '--provider', 'sandbox', '--json');
    expect(JSON.parse(output)).toMatchObject({ profile: 'stripe', provider: 'sandbox' });
  });

  it('tells whoever names the wrong profile the right one', async () => {
    await writeFile(join(folder, 'bill.csv'), wechatBill(WECHAT_COLUMNS, []));
    await expect(run('bill.csv', ...DRY)).rejects.toThrow(
      /bill\.csv, line 1: is no header of .*It looks like one of --profile wechat\./,
    );
  });

  it.each([
    ['there is none', 'nothing.csv', DRY, 'does not exist'],
    ['it is a folder', '.', DRY, 'is a folder'],
    [
      'the profile is unknown',
      'x.csv',
      ['--profile', 'paypal', '--dry-run'],
      'The profiles are: stripe, adyen, wechat, alipay.',
    ],
  ])('fails plainly when %s, and leaves nothing behind', async (_what, name, options, reason) => {
    await expect(run(name, ...options)).rejects.toThrow(reason);
    expect(await readdir(folder)).toEqual([]);
  });
});
