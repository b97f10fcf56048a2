import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { currencyExponent } from '../../../src/shared/currency.ts';
import {
  ADYEN_COLUMNS,
  ALIPAY_COLUMNS,
  csvOf,
  FUND_FLOW_COLUMNS,
  type ReadFile,
  readSettlement,
  STRIPE_COLUMNS,
  WECHAT_COLUMNS,
  wechatBill,
} from '../../support/settlement-files.ts';

type Cells = Record<string, string>;

/** A line as it should be read, and the cells that say it. */
interface Case {
  readonly cells: Cells;
  readonly currency: string;
  readonly grossMinor: bigint;
  readonly feeMinor: bigint;
}

const RUNS = 60;

function decimal(minor: bigint, exponent: number): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, '0');
  const sign = minor < 0n ? '-' : '';
  return exponent === 0 ? sign + digits : `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

const amount = fc.bigInt(1n, 10n ** 12n);
const fee = fc.bigInt(0n, 10n ** 6n);
const currency = fc.constantFrom('USD', 'JPY', 'KWD', 'EUR', 'CNY', 'CLP');
/** Whatever a customer or a shop may write, line breaks and quotes among it. */
const note = fc
  .string({ unit: fc.constantFrom('a', ' ', ',', '"', '\n', '课', ';', '`', '#'), maxLength: 12 })
  .map((text) => `n${text}`);

const stripeCase = fc
  .record({ amount, fee, currency, note, isRefund: fc.boolean(), id: fc.uuid() })
  .map((drawn): Case => {
    const grossMinor = drawn.isRefund ? -drawn.amount : drawn.amount;
    const text = (minor: bigint) => decimal(minor, currencyExponent(drawn.currency));
    const cells = {
      balance_transaction_id: drawn.id,
      created: '2026-01-30 10:11:12',
      currency: drawn.currency.toLowerCase(),
      gross: text(grossMinor),
      fee: text(drawn.fee),
      net: text(grossMinor - drawn.fee),
      reporting_category: drawn.isRefund ? 'refund' : 'charge',
      source_id: drawn.id,
      description: drawn.note,
    };
    return { cells, currency: drawn.currency, grossMinor, feeMinor: drawn.fee };
  });

const adyenCase = fc
  .record({ amount, fee, currency, note, isRefund: fc.boolean(), id: fc.uuid() })
  .map((drawn): Case => {
    const grossMinor = drawn.isRefund ? -drawn.amount : drawn.amount;
    const netMinor = grossMinor - drawn.fee;
    const text = (minor: bigint) => decimal(minor < 0n ? -minor : minor, currencyExponent(drawn.currency));
    const cells = {
      'Psp Reference': drawn.id,
      'Creation Date': '2026-01-30 10:11:12',
      TimeZone: 'CET',
      Type: drawn.isRefund ? 'Refunded' : 'Settled',
      'Gross Currency': drawn.currency,
      [drawn.isRefund ? 'Gross Debit (GC)' : 'Gross Credit (GC)']: text(grossMinor),
      'Net Currency': drawn.currency,
      [netMinor < 0n ? 'Net Debit (NC)' : 'Net Credit (NC)']: text(netMinor),
      'Markup (NC)': text(drawn.fee),
      Reserved4: drawn.note,
    };
    return { cells, currency: drawn.currency, grossMinor, feeMinor: drawn.fee };
  });

/** WeChat does not quote: its values hold no line breaks. */
const oneLine = note.map((text) => text.replaceAll(/[\n`]/g, ''));

const wechatCase = fc
  .record({ amount, fee, note: oneLine, isRefund: fc.boolean(), id: fc.uuid() })
  .map((drawn): Case => {
    const cells = {
      交易时间: '2026-01-30 10:11:12',
      微信订单号: drawn.id,
      商户订单号: drawn.id,
      交易状态: drawn.isRefund ? 'REFUND' : 'SUCCESS',
      货币种类: 'CNY',
      应结订单金额: drawn.isRefund ? '0.00' : decimal(drawn.amount, 2),
      微信退款单号: drawn.isRefund ? `r${drawn.id}` : '0',
      退款金额: drawn.isRefund ? decimal(drawn.amount, 2) : '0.00',
      充值券退款金额: '0.00',
      商品名称: drawn.note,
      手续费: `${decimal(drawn.fee, 2)}000`,
      订单金额: '0.00',
      申请退款金额: '0.00',
    };
    return { cells, currency: 'CNY', grossMinor: drawn.isRefund ? -drawn.amount : drawn.amount, feeMinor: drawn.fee };
  });

const fundFlowCase = fc.record({ amount, note: oneLine, isOut: fc.boolean(), id: fc.uuid() }).map((drawn): Case => {
  const cells = {
    记账时间: '2026-01-30 10:11:12',
    资金流水单号: drawn.id,
    业务类型: drawn.isOut ? '退款' : '交易',
    收支类型: drawn.isOut ? '支出' : '收入',
    '收支金额(元)': decimal(drawn.amount, 2),
    备注: drawn.note,
  };
  return { cells, currency: 'CNY', grossMinor: drawn.isOut ? -drawn.amount : drawn.amount, feeMinor: 0n };
});

const alipayCase = fc.record({ amount, fee, note, isRefund: fc.boolean(), id: fc.uuid() }).map((drawn): Case => {
  const grossMinor = drawn.isRefund ? -drawn.amount : drawn.amount;
  const feeMinor = drawn.isRefund ? 0n : drawn.fee;
  const cells = {
    支付宝交易号: `${drawn.id}\t`,
    商户订单号: `${drawn.id}\t`,
    业务类型: drawn.isRefund ? '退款' : '交易',
    商品名称: drawn.note,
    创建时间: '2026-01-30 10:11:12',
    '订单金额（元）': decimal(grossMinor, 2),
    '商家实收（元）': decimal(grossMinor, 2),
    '退款批次号/请求号': drawn.isRefund ? drawn.id : '',
    '服务费（元）': decimal(-feeMinor, 2),
  };
  return { cells, currency: 'CNY', grossMinor, feeMinor };
});

const sum = (minors: readonly bigint[]) => minors.reduce((total, minor) => total + minor, 0n);
const csv = (columns: readonly string[], cases: readonly Case[]) =>
  csvOf(
    columns,
    cases.map(({ cells }) => cells),
  );

interface Layout {
  readonly name: string;
  readonly profile: string;
  readonly columns: readonly string[];
  readonly oneCase: fc.Arbitrary<Case>;
  readonly write: (columns: readonly string[], cases: readonly Case[]) => string;
}

const LAYOUTS: readonly Layout[] = [
  { name: 'stripe', profile: 'stripe', columns: STRIPE_COLUMNS, oneCase: stripeCase, write: csv },
  { name: 'adyen', profile: 'adyen', columns: ADYEN_COLUMNS, oneCase: adyenCase, write: csv },
  {
    name: 'wechat trade bill',
    profile: 'wechat',
    columns: WECHAT_COLUMNS,
    oneCase: wechatCase,
    write: (columns, cases) =>
      wechatBill(
        columns,
        cases.map(({ cells }) => cells),
        {
          总交易单数: String(cases.length),
          应结订单总金额: decimal(sum(cases.map(({ grossMinor }) => (grossMinor > 0n ? grossMinor : 0n))), 2),
          退款总金额: decimal(sum(cases.map(({ grossMinor }) => (grossMinor < 0n ? -grossMinor : 0n))), 2),
          手续费总金额: `${decimal(sum(cases.map(({ feeMinor }) => feeMinor)), 2)}000`,
        },
      ),
  },
  {
    name: 'wechat fund flow',
    profile: 'wechat',
    columns: FUND_FLOW_COLUMNS,
    oneCase: fundFlowCase,
    write: (columns, cases) =>
      wechatBill(
        columns,
        cases.map(({ cells }) => cells),
        {
          资金流水总笔数: String(cases.length),
          收入金额: decimal(sum(cases.map(({ grossMinor }) => (grossMinor > 0n ? grossMinor : 0n))), 2),
          支出金额: decimal(sum(cases.map(({ grossMinor }) => (grossMinor < 0n ? -grossMinor : 0n))), 2),
        },
      ),
  },
  {
    name: 'alipay',
    profile: 'alipay',
    columns: ALIPAY_COLUMNS,
    oneCase: alipayCase,
    write: (columns, cases) => `#支付宝业务明细查询\n${csv(columns, cases)}#共${cases.length}笔\n`,
  },
];

describe.each(LAYOUTS)('a file of the layout $name', ({ profile, columns, oneCase, write }) => {
  const cases = fc.uniqueArray(oneCase, {
    maxLength: 12,
    selector: ({ cells }) => JSON.stringify(Object.values(cells)[0]),
  });

  it('gives the amounts back that were written, in chunks of any size, whatever its texts hold', async () => {
    await fc.assert(
      fc.asyncProperty(cases, fc.integer({ min: 1, max: 200 }), async (drawn, chunk) => {
        const read = await readSettlement(profile, write(columns, drawn), chunk);
        expect(read.exceptions).toEqual([]);
        expect(
          read.lines.map(({ grossMinor, feeMinor, netMinor, currency: code }) => [
            code,
            grossMinor,
            feeMinor,
            netMinor,
          ]),
        ).toEqual(drawn.map((one) => [one.currency, one.grossMinor, one.feeMinor, one.grossMinor - one.feeMinor]));
        expect(sum(read.summary.totals.kinds.map(({ grossMinor }) => grossMinor))).toBe(
          sum(drawn.map(({ grossMinor }) => grossMinor)),
        );
      }),
      { numRuns: RUNS },
    );
  });

  it('reads the same with its columns in any order and others between them', async () => {
    const order = fc.shuffledSubarray([...columns], { minLength: columns.length });
    const extra = fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8} of ours$/), { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(cases, order, extra, async (drawn, shuffled, more) => {
        const others = Object.fromEntries(more.map((name) => [name, 'x']));
        const widened = drawn.map((one) => ({ ...one, cells: { ...one.cells, ...others } }));
        const plain = await readSettlement(profile, write(columns, drawn));
        const turned = await readSettlement(profile, write([...more, ...shuffled], widened));
        expect(essence(turned)).toEqual(essence(plain));
        expect(turned.lines.every(({ rest }) => more.every((name) => rest[name] === 'x'))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  it('reports every line that is written twice, and only those', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases.filter((drawn) => drawn.length > 0),
        fc.nat(),
        async (drawn, at) => {
          const [again] = [drawn[at % drawn.length]];
          const read = await readSettlement(profile, write(columns, again ? [...drawn, again] : drawn));
          expect(read.exceptions.map(({ class: name }) => name)).toEqual(['DUPLICATE_LINE']);
          expect(read.lines.map(({ duplicateOf }) => duplicateOf !== null)).toEqual([...drawn.map(() => false), true]);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

/** Everything about lines that the order of columns has no part in. */
function essence({ lines, summary }: ReadFile) {
  const known = lines.map(({ rawHash: _, rest, ...line }) => ({
    ...line,
    rest: Object.entries(rest)
      .filter(([name]) => !name.endsWith(' of ours'))
      .sort(),
  }));
  return { lines: known, totals: summary.totals, trailer: summary.trailer };
}
