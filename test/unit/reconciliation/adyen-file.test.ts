import { describe, expect, it } from 'vitest';
import { ADYEN_COLUMNS, csvOf, faultsOf, readSettlement } from '../../support/settlement-files.ts';

const COMMON = {
  'Company Account': 'Company',
  'Merchant Account': 'Shop',
  'Creation Date': '2026-02-10 10:25:36',
  TimeZone: 'PST',
  'Gross Currency': 'USD',
  'Exchange Rate': '1',
  'Net Currency': 'USD',
  'Batch Number': '3',
};
const SETTLED = {
  ...COMMON,
  'Psp Reference': '8816178914',
  'Merchant Reference': 'order-1',
  Type: 'Settled',
  'Modification Reference': '8816178915',
  'Gross Credit (GC)': '10.00',
  'Net Credit (NC)': '9.66',
  'Commission (NC)': '0.10',
  'Scheme Fees (NC)': '0.02',
  'Interchange (NC)': '0.22',
};
const CHARGEBACK = {
  ...COMMON,
  'Psp Reference': '8816178914',
  'Merchant Reference': 'order-1',
  Type: 'Chargeback',
  'Modification Reference': '8816178999',
  'Gross Debit (GC)': '10.00',
  'Net Debit (NC)': '17.50',
  'Commission (NC)': '7.50',
};
const FEE = {
  ...COMMON,
  'Gross Currency': 'EUR',
  Type: 'Fee',
  'Modification Reference': 'Transaction Fees February 2026',
  'Net Debit (NC)': '1.80',
};
const payout = (net: string, column = 'Net Debit (NC)') => ({
  ...COMMON,
  'Gross Currency': 'EUR',
  Type: 'MerchantPayout',
  'Modification Reference': 'TX34 batch 3, Shop',
  [column]: net,
});

const file = (...rows: Record<string, string>[]) => csvOf(ADYEN_COLUMNS, rows);

describe('a settlement details report of Adyen', () => {
  it('takes the sign from the column, and a fee in the net currency with it', async () => {
    const { lines, exceptions } = await readSettlement('adyen', file(SETTLED, CHARGEBACK, FEE));
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'PAYMENT', currency: 'USD', grossMinor: 1000n, feeMinor: 34n, netMinor: 966n },
      { kind: 'CHARGEBACK', currency: 'USD', grossMinor: -1000n, feeMinor: 750n, netMinor: -1750n },
      { kind: 'FEE', currency: 'USD', settlementCurrency: null, grossMinor: -180n, feeMinor: 0n, netMinor: -180n },
    ]);
  });

  it('names the payment, and what happened to it', async () => {
    const { lines } = await readSettlement('adyen', file(SETTLED, CHARGEBACK));
    expect(lines.map(({ references }) => references)).toMatchObject([
      { provider: '8816178914', merchant: 'order-1', original: null, also: ['8816178915'] },
      { provider: '8816178999', original: '8816178914', originalMerchant: 'order-1' },
    ]);
  });

  it.each([
    ['PST', '2026-02-10T18:25:36Z'],
    ['CET', '2026-02-10T09:25:36Z'],
    ['Europe/Amsterdam', '2026-02-10T09:25:36Z'],
    ['', '2026-02-10T10:25:36Z'],
  ])('reads times in the zone %j of the line', async (zone, expected) => {
    const { lines } = await readSettlement('adyen', file({ ...SETTLED, TimeZone: zone }));
    expect(lines[0]?.occurredAt).toEqual(new Date(expected));
  });

  it('refuses a zone that nobody knows', async () => {
    const read = await readSettlement('adyen', file({ ...SETTLED, TimeZone: 'XYZ' }));
    expect(read.exceptions).toMatchObject([
      { class: 'UNREADABLE_LINE', line: 2, reason: expect.stringContaining('XYZ') },
    ]);
  });

  it('ties a batch to zero, batch by batch and account by account', async () => {
    const other = { ...SETTLED, 'Psp Reference': '99', 'Merchant Account': 'Branch' };
    const read = await readSettlement(
      'adyen',
      file(SETTLED, FEE, payout('7.86'), other, { ...payout('9.66'), 'Merchant Account': 'Branch' }),
    );
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines.map(({ batch }) => batch)).toEqual(['Shop/3', 'Shop/3', 'Shop/3', 'Branch/3', 'Branch/3']);
    expect(read.summary.payouts).toEqual({ checked: 2, differing: 0, withoutPayout: 0 });
  });

  it('reports a batch that does not come to zero', async () => {
    const read = await readSettlement('adyen', file(CHARGEBACK, FEE, payout('4.03')));
    expect(read.exceptions).toMatchObject([
      { class: 'PAYOUT_TOTAL_DIFFERS', line: 4, reference: 'Shop/3', expectedMinor: -1930n, actualMinor: 403n },
    ]);
  });

  it('holds the net amount against gross less fees', async () => {
    const read = await readSettlement('adyen', file({ ...SETTLED, 'Markup (NC)': '0.05' }));
    expect(read.exceptions).toMatchObject([{ class: 'FEE_DIFFERS', line: 2, expectedMinor: 961n, actualMinor: 966n }]);
  });

  it('converts before it holds them together, and allows what the rate leaves open', async () => {
    const foreign = {
      ...SETTLED,
      'Gross Currency': 'JPY',
      'Gross Credit (GC)': '100000',
      'Exchange Rate': '0.0066',
      'Net Credit (NC)': '655.00',
      'Commission (NC)': '5.00',
      'Scheme Fees (NC)': '',
      'Interchange (NC)': '',
    };
    const good = await readSettlement('adyen', file(foreign));
    expect(faultsOf(good)).toEqual([]);
    expect(good.lines).toMatchObject([
      {
        currency: 'JPY',
        exponent: 0,
        settlementCurrency: 'USD',
        grossMinor: 100_000n,
        feeMinor: 500n,
        netMinor: 65_500n,
      },
    ]);
    expect(good.summary.totals.kinds).toEqual([
      { currency: 'JPY', kind: 'PAYMENT', count: 1, grossMinor: 100_000n, feeMinor: 0n, netMinor: 0n },
      { currency: 'USD', kind: 'PAYMENT', count: 0, grossMinor: 0n, feeMinor: 500n, netMinor: 65_500n },
    ]);
    const bad = await readSettlement('adyen', file({ ...foreign, 'Net Credit (NC)': '635.00' }));
    expect(faultsOf(bad)).toEqual(['FEE_DIFFERS 2']);
  });

  it.each([
    ['CLP', '1500.00', 1500n],
    ['IDR', '15000', 1_500_000n],
    ['ISK', '250.00', 250n],
    ['CVE', '300', 30_000n],
  ])('gives %s in the minor units of ISO 4217, however Adyen counts it', async (currency, gross, grossMinor) => {
    const row = { ...SETTLED, 'Gross Currency': currency, 'Gross Credit (GC)': gross, 'Exchange Rate': '' };
    const { lines } = await readSettlement('adyen', file(row));
    expect(lines).toMatchObject([{ currency, grossMinor }]);
  });

  it('reads a settled payment whose gross amount stands among the debits as money that came in', async () => {
    const { lines, exceptions } = await readSettlement(
      'adyen',
      file({ ...SETTLED, 'Gross Credit (GC)': '', 'Gross Debit (GC)': '10.00' }),
    );
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([{ grossMinor: 1000n, feeMinor: 34n, netMinor: 966n }]);
  });

  it('finds lines that are given twice, and takes a payment captured in parts for what it is', async () => {
    const second = { ...SETTLED, 'Modification Reference': '8816178916' };
    const read = await readSettlement('adyen', file(SETTLED, second, FEE, SETTLED, FEE));
    expect(faultsOf(read)).toEqual(['DUPLICATE_LINE 5', 'DUPLICATE_LINE 6']);
  });

  it.each([
    ['SettledBulk', 'PAYMENT'],
    ['Refunded', 'REFUND'],
    ['SecondChargeback', 'CHARGEBACK'],
    ['ChargebackReversed', 'CHARGEBACK_REVERSAL'],
    ['InvoiceDeduction', 'FEE'],
    ['Balancetransfer', 'ADJUSTMENT'],
    ['BalanceTransfer', 'ADJUSTMENT'],
    ['BankInstructionReturned', 'PAYOUT'],
    ['SomethingNew', 'OTHER'],
  ])('calls %s %s', async (type, kind) => {
    const { lines } = await readSettlement('adyen', file({ ...SETTLED, Type: type }));
    expect(lines).toMatchObject([{ kind, providerType: type }]);
  });
});
