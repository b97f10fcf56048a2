import { describe, expect, it } from 'vitest';
import { csvOf, faultsOf, readSettlement, STRIPE_COLUMNS } from '../../support/settlement-files.ts';

const CHARGE = {
  balance_transaction_id: 'txn_1',
  created: '2026-01-30 10:11:12',
  currency: 'usd',
  gross: '25',
  fee: '0.95',
  net: '24.05',
  reporting_category: 'charge',
  source_id: 'ch_1',
  charge_id: 'ch_1',
  payment_intent_id: 'pi_1',
  automatic_payout_id: 'po_1',
  'payment_metadata[order_id]': 'order-1',
  description: 'A course',
};
const REFUND = {
  ...CHARGE,
  balance_transaction_id: 'txn_2',
  gross: '-10',
  fee: '0',
  net: '-10.00',
  reporting_category: 'refund',
  source_id: 're_1',
};
const PAYOUT = {
  balance_transaction_id: 'txn_3',
  created: '2026-01-31',
  currency: 'USD',
  gross: '-14.05',
  fee: '0',
  net: '-14.05',
  reporting_category: 'payout',
  source_id: 'po_1',
  automatic_payout_id: 'po_1',
};

const file = (...rows: Record<string, string>[]) => csvOf(STRIPE_COLUMNS, rows);

describe('a payout reconciliation of Stripe', () => {
  it('gives payments, refunds and payouts as the balance sees them', async () => {
    const { lines, exceptions } = await readSettlement('stripe', file(CHARGE, REFUND, PAYOUT));
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'PAYMENT', providerType: 'charge', currency: 'USD', grossMinor: 2500n, feeMinor: 95n, netMinor: 2405n },
      { kind: 'REFUND', grossMinor: -1000n, feeMinor: 0n, netMinor: -1000n },
      { kind: 'PAYOUT', grossMinor: -1405n, netMinor: -1405n, batch: 'po_1' },
    ]);
  });

  it('names payment and refund, and the payment that a refund belongs to', async () => {
    const { lines } = await readSettlement('stripe', file(CHARGE, REFUND));
    expect(lines.map(({ references }) => references)).toEqual([
      {
        provider: 'ch_1',
        merchant: 'order-1',
        original: null,
        originalMerchant: null,
        line: 'txn_1',
        also: ['pi_1', 'ch_1'],
      },
      {
        provider: 're_1',
        merchant: null,
        original: 'ch_1',
        originalMerchant: 'order-1',
        line: 'txn_2',
        also: ['pi_1'],
      },
    ]);
  });

  it('keeps what it has no use for, reads times as UTC, and counts lines as an editor does', async () => {
    const { lines } = await readSettlement('stripe', file({ ...CHARGE, description: 'two\nlines' }, REFUND));
    expect(lines[0]).toMatchObject({ lineNumber: 2, rest: { description: 'two\nlines' } });
    expect(lines[0]?.occurredAt).toEqual(new Date('2026-01-30T10:11:12Z'));
    expect(lines[1]?.lineNumber).toBe(4);
  });

  it('takes our reference from whichever key of the metadata has one', async () => {
    const columns = [...STRIPE_COLUMNS, 'payment_metadata[external_identifier]', 'payment_metadata[gr4vy_tx_ref]'];
    const without = { ...CHARGE, 'payment_metadata[order_id]': '' };
    const { lines } = await readSettlement(
      'stripe',
      csvOf(columns, [
        { ...without, 'payment_metadata[gr4vy_tx_ref]': 'third' },
        { ...without, balance_transaction_id: 'txn_9', 'payment_metadata[external_identifier]': 'second' },
      ]),
    );
    expect(lines.map(({ references }) => references.merchant)).toEqual(['third', 'second']);
  });

  it.each([
    ['JPY', '2500', '90', '2410', 2500n, 0],
    ['KWD', '25.125', '1.005', '24.12', 25_125n, 3],
    ['ISK', '2500.00', '0', '2500', 2500n, 0],
    ['USD', '24,5', '0,5', '24', 2450n, 2],
  ])('reads amounts of %s in its own decimals', async (currency, gross, fee, net, grossMinor, exponent) => {
    const read = await readSettlement('stripe', file({ ...CHARGE, currency, gross, fee, net }));
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines).toMatchObject([{ currency, exponent, grossMinor }]);
  });

  it.each([
    ['gross', '25.001', 'more than 2 decimals'],
    ['gross', '25O', 'no amount'],
    ['net', '1e3', 'no amount'],
    ['fee', '1,000.00', 'no amount'],
    ['gross', '1,234', 'nothing is guessed'],
    ['gross', '--5', 'no amount'],
    ['currency', 'XXQ', 'ISO 4217'],
    ['currency', '', 'no currency'],
    ['created', '2026-02-30 10:00:00', 'which is none'],
    ['created', '2026-01-30 25:00:00', 'which is none'],
    ['created', 'yesterday', 'which is none'],
  ])('refuses a line whose %s is %j, and no other', async (column, cell, reason) => {
    const read = await readSettlement('stripe', file(CHARGE, { ...REFUND, [column]: cell }, PAYOUT));
    expect(read.exceptions[0]).toMatchObject({
      class: 'UNREADABLE_LINE',
      line: 3,
      reason: expect.stringContaining(reason),
    });
    expect(read.lines.map(({ lineNumber }) => lineNumber)).toEqual([2, 4]);
    expect(read.summary).toMatchObject({ lines: 2, unreadableLines: 1 });
  });

  it.each(['KWD', 'USD', 'JPY'])(
    'refuses an amount of %s that may be in thousands or have three decimals',
    async (currency) => {
      const read = await readSettlement(
        'stripe',
        file({ ...CHARGE, currency, gross: '1,234', fee: '0', net: '1,234' }),
      );
      expect(read.lines).toEqual([]);
      expect(read.exceptions).toMatchObject([
        {
          class: 'UNREADABLE_LINE',
          line: 2,
          reason: expect.stringMatching(/"1,234" in gross, which may be in thousands/),
        },
      ]);
    },
  );

  it.each([
    ['0,234', 234n],
    ['1234,567', 1_234_567n],
    ['12,5', 12_500n],
    ['1.234', 1_234n],
  ])('reads %s of a currency of three decimals, which can be read in one way', async (gross, grossMinor) => {
    const read = await readSettlement('stripe', file({ ...CHARGE, currency: 'KWD', gross, fee: '0', net: gross }));
    expect([faultsOf(read), read.lines[0]?.grossMinor]).toEqual([[], grossMinor]);
  });

  it('reports gross less fee that is not net, and keeps the line', async () => {
    const read = await readSettlement('stripe', file({ ...CHARGE, net: '24.06' }));
    expect(read.lines).toHaveLength(1);
    expect(read.exceptions).toMatchObject([
      { class: 'FEE_DIFFERS', line: 2, reference: 'txn_1', expectedMinor: 2405n, actualMinor: 2406n },
    ]);
  });

  it('works the fee out where the report has no column for it', async () => {
    const columns = STRIPE_COLUMNS.filter((column) => column !== 'fee');
    const { lines, exceptions } = await readSettlement('stripe', csvOf(columns, [CHARGE]));
    expect(lines).toMatchObject([{ grossMinor: 2500n, feeMinor: 95n, netMinor: 2405n }]);
    expect(exceptions).toEqual([]);
  });

  it('ties payouts to their lines, written with either sign, of a balance above and below zero', async () => {
    const arrived = { ...PAYOUT, gross: '14.05', net: '14.05' };
    expect(faultsOf(await readSettlement('stripe', file(CHARGE, REFUND, arrived)))).toEqual([]);
    const owed = { ...PAYOUT, gross: '10', net: '10' };
    const read = await readSettlement('stripe', file(REFUND, owed));
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary.payouts).toEqual({ checked: 1, differing: 0, withoutPayout: 0 });
  });

  it('reports a payout that its lines do not come to', async () => {
    const read = await readSettlement('stripe', file(CHARGE, PAYOUT));
    expect(read.exceptions).toEqual([
      {
        class: 'PAYOUT_TOTAL_DIFFERS',
        line: 3,
        reference: 'po_1',
        reason: 'The payout of po_1 is 14.05 USD; its 1 other lines come to 24.05 USD.',
        currency: 'USD',
        expectedMinor: 2405n,
        actualMinor: 1405n,
      },
    ]);
  });

  it('reports a payout whose gross amount does not tie though its net amount does', async () => {
    const read = await readSettlement('stripe', file(CHARGE, REFUND, { ...PAYOUT, gross: '-15.00' }));
    expect(faultsOf(read)).toEqual(['FEE_DIFFERS 4', 'PAYOUT_TOTAL_DIFFERS 4']);
  });

  it('leaves lines alone whose payout is not in the file, or that have none', async () => {
    const read = await readSettlement('stripe', file(CHARGE, { ...REFUND, automatic_payout_id: '' }));
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary.payouts).toEqual({ checked: 0, differing: 0, withoutPayout: 1 });
  });

  it('reports lines in another currency than their payout', async () => {
    const read = await readSettlement(
      'stripe',
      file({ ...CHARGE, net: '14.05', fee: '10.95' }, { ...REFUND, currency: 'eur' }, PAYOUT),
    );
    expect(faultsOf(read)).toEqual(['CURRENCY_DIFFERS 3']);
  });

  it('reports a repeated line with the line that it repeats', async () => {
    const read = await readSettlement('stripe', file(CHARGE, REFUND, CHARGE, PAYOUT));
    expect(read.exceptions[0]).toMatchObject({
      class: 'DUPLICATE_LINE',
      line: 4,
      reference: 'txn_1',
      reason: expect.stringContaining('repeats line 2'),
    });
    expect(read.lines.map(({ duplicateOf }) => duplicateOf)).toEqual([null, null, 2, null]);
    expect(read.summary).toMatchObject({ lines: 4, duplicateLines: 1 });
    // What it repeats is paid and counted once.
    expect(faultsOf(read)).toEqual(['DUPLICATE_LINE 4']);
    const once = await readSettlement('stripe', file(CHARGE, REFUND, PAYOUT));
    expect(read.summary).toMatchObject({ totals: once.summary.totals, payouts: { checked: 1, differing: 0 } });
  });

  it('counts a payout that stands twice once, and tells what is wrong with a repeated line once', async () => {
    const twice = await readSettlement('stripe', file(CHARGE, REFUND, PAYOUT, PAYOUT));
    expect([faultsOf(twice), twice.summary.payouts.differing]).toEqual([['DUPLICATE_LINE 5'], 0]);
    const wrong = { ...CHARGE, net: '24.06', automatic_payout_id: '' };
    expect(faultsOf(await readSettlement('stripe', file(wrong, wrong)))).toEqual(['FEE_DIFFERS 2', 'DUPLICATE_LINE 3']);
  });

  it('adds up by currency and kind', async () => {
    const euro = { ...CHARGE, balance_transaction_id: 'txn_4', currency: 'eur', automatic_payout_id: '' };
    const { summary } = await readSettlement(
      'stripe',
      file(CHARGE, REFUND, PAYOUT, euro, { ...euro, balance_transaction_id: 'txn_5' }),
    );
    expect(summary.totals.kinds).toEqual([
      { currency: 'USD', kind: 'PAYMENT', count: 1, grossMinor: 2500n, feeMinor: 95n, netMinor: 2405n },
      { currency: 'USD', kind: 'REFUND', count: 1, grossMinor: -1000n, feeMinor: 0n, netMinor: -1000n },
      { currency: 'USD', kind: 'PAYOUT', count: 1, grossMinor: -1405n, feeMinor: 0n, netMinor: -1405n },
      { currency: 'EUR', kind: 'PAYMENT', count: 2, grossMinor: 5000n, feeMinor: 190n, netMinor: 4810n },
    ]);
  });

  it('calls disputes chargebacks, and what it does not know other', async () => {
    const types = ['dispute', 'dispute_reversal', 'fee', 'refund_failure', 'brand_new'];
    const rows = types.map((type, at) => ({ ...CHARGE, balance_transaction_id: `t${at}`, reporting_category: type }));
    const { lines } = await readSettlement('stripe', file(...rows));
    expect(lines.map(({ kind }) => kind)).toEqual(['CHARGEBACK', 'CHARGEBACK_REVERSAL', 'FEE', 'ADJUSTMENT', 'OTHER']);
    expect(lines.at(-1)?.providerType).toBe('brand_new');
  });
});
