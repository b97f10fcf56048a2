import { describe, expect, it } from 'vitest';
import { type SettlementProfileInput, settlementProfile } from '../../../src/reconciliation/index.ts';
import { csvOf, faultsOf, readSettlement } from '../../support/settlement-files.ts';

/** A provider that nobody has heard of: semicolons, minor units of its own, debit and credit, totals in comments. */
const MADE_UP: SettlementProfileInput = {
  name: 'made-up',
  provider: 'made-up',
  title: 'a list of Made-up Payments',
  encodings: ['utf-8'],
  containers: ['PLAIN'],
  delimiter: ';',
  commentPrefix: '//',
  unit: 'MINOR',
  exponents: { IDR: 0, TND: 2 },
  layouts: [
    {
      name: 'list',
      columns: {
        id: { names: ['Id'], required: true },
        what: { names: ['What'], required: true },
        when: { names: ['When'], required: true },
        in: { names: ['In', 'Eingang'], required: true },
        out: { names: ['Out'], required: true },
        cost: { names: ['Cost'] },
        money: { names: ['Money'], required: true },
        ours: { names: ['Ours'], blank: ['-'] },
      },
      type: { fields: ['what'], kinds: { sale: 'PAYMENT', return: 'REFUND', bank: 'PAYOUT' }, otherwise: 'OTHER' },
      currency: { field: 'money' },
      amounts: [
        {
          gross: [
            { field: 'in', sign: 'PLUS' },
            { field: 'out', sign: 'MINUS' },
          ],
          fee: [{ field: 'cost', sign: 'PLUS' }],
        },
      ],
      references: [{ provider: ['id'], merchant: ['ours'], line: ['id'] }],
      occurredAt: { fields: ['when'], formats: ['d.M.yyyy H:mm'], zone: 'Europe/Berlin' },
      identity: [['id']],
      trailer: {
        form: 'COMMENTS',
        totals: [{ pattern: '^// (\\d+) lines', groups: [{ name: 'lines', expected: [{ of: 'COUNT' }] }] }],
      },
    },
  ],
};

const profile = settlementProfile.parse(MADE_UP);
const HEADER = 'Id;What;When;In;Out;Cost;Money;Ours\n';

describe('a new provider', () => {
  it('is a new profile and no code', async () => {
    const text = `// made up\n${HEADER}a;sale;1.7.2026 9:05;1250;;36;EUR;order-1\nb;return;2.7.2026 10:00;;250;0;EUR;-\n// 2 lines\n`;
    const read = await readSettlement(profile, text);
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines).toMatchObject([
      { kind: 'PAYMENT', grossMinor: 1250n, feeMinor: 36n, netMinor: 1214n, references: { merchant: 'order-1' } },
      { kind: 'REFUND', grossMinor: -250n, feeMinor: 0n, references: { merchant: null } },
    ]);
    expect(read.lines[0]?.occurredAt).toEqual(new Date('2026-07-01T07:05:00Z'));
    expect(read.summary.trailer).toMatchObject({ checked: 1, differing: 0 });
  });

  it('brings its own minor units, which become those of ISO 4217', async () => {
    const text = `${HEADER}a;sale;1.7.2026 9:05;15000;;0;IDR;x\nb;sale;1.7.2026 9:05;1250;;0;TND;y\n// 2 lines\n`;
    const { lines } = await readSettlement(profile, text);
    expect(lines).toMatchObject([
      { currency: 'IDR', exponent: 2, grossMinor: 1_500_000n },
      { currency: 'TND', exponent: 3, grossMinor: 12_500n },
    ]);
  });

  it('says itself what parts thousands, so that the same text is one amount in each profile', async () => {
    const written = { ...MADE_UP, unit: 'MAJOR', decimalMarks: ',', groupMarks: '.' } as const;
    const text = `${HEADER}a;sale;1.7.2026 9:05;1.234;;0;KWD;x\nb;sale;1.7.2026 9:05;1.234,5;;0;EUR;y\n// 2 lines\n`;
    const { lines } = await readSettlement(settlementProfile.parse(written), text);
    expect(lines).toMatchObject([{ grossMinor: 1_234_000n }, { grossMinor: 123_450n }]);
    const pointed = await readSettlement(settlementProfile.parse({ ...MADE_UP, unit: 'MAJOR' }), text);
    expect(pointed.lines).toMatchObject([{ currency: 'KWD', grossMinor: 1_234n }]);
    expect(faultsOf(pointed)).toContain('UNREADABLE_LINE 3');
    expect(() => settlementProfile.parse({ ...written, decimalMarks: ',.' })).toThrow('never for both');
  });

  it('is refused at once when its profile is not what a profile is', () => {
    const [layout] = MADE_UP.layouts;
    expect(() => settlementProfile.parse({ ...MADE_UP, delimiter: ';;' })).toThrow();
    expect(() => settlementProfile.parse({ ...MADE_UP, layouts: [{ ...layout, colums: {} }] })).toThrow('colums');
  });

  it.each([
    ['amounts', { amounts: [{ net: [{ field: 'nett', sign: 'PLUS' }] }] }],
    ['a reference', { references: [{ provider: ['idd'] }] }],
    ['the identity', { identity: [['idd']] }],
  ])('is refused when %s speak of a column that it does not have', (_what, change) => {
    const [layout] = MADE_UP.layouts;
    const result = settlementProfile.safeParse({ ...MADE_UP, layouts: [{ ...layout, ...change }] });
    expect(result.error?.issues[0]?.message).toMatch(/"(nett|idd)" is no column/);
  });

  it('is read the same from columns under their other names', async () => {
    const { lines } = await readSettlement(
      profile,
      csvOf(
        ['Ours', 'Money', 'Eingang', 'Out', 'When', 'What', 'Id'],
        [{ Id: 'a', What: 'sale', When: '1.7.2026 9:05', Eingang: '5', Money: 'EUR' }],
      ).replaceAll(',', ';'),
    );
    expect(lines).toMatchObject([{ grossMinor: 5n, feeMinor: 0n }]);
  });
});
