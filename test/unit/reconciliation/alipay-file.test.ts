import { describe, expect, it } from 'vitest';
import { ZipFile } from 'yazl';
import { ALIPAY_COLUMNS, csvOf, faultsOf, readSettlement } from '../../support/settlement-files.ts';

const PAYMENT = {
  支付宝交易号: '2026092422001\t',
  商户订单号: 'order-1\t',
  业务类型: '交易\t',
  商品名称: '课程',
  创建时间: '2026-07-13 10:00:00',
  完成时间: '2026-07-13 10:00:05',
  '订单金额（元）': '350.00',
  '商家实收（元）': '350.00',
  '商家优惠（元）': '0.00',
  '商家红包消费金额（元）': '0.00',
  '服务费（元）': '-2.10',
  '分润（元）': '0.00',
};
const REFUND = {
  ...PAYMENT,
  业务类型: '退款\t',
  '订单金额（元）': '-100.00',
  '商家实收（元）': '-100.00',
  '退款批次号/请求号': 'refund-1\t',
  '服务费（元）': '0.00',
};

const HEAD = [
  '#支付宝业务明细查询',
  '#账号：[20881117373712940156]',
  '#起始日期：[2026年07月13日 00:00:00]   终止日期：[2026年07月14日 00:00:00]',
  '#-----------------------------------------业务明细列表----------------------------------------',
];
const tail = (payments = '1笔，商家实收共350.00元', refunds = '1笔，商家实收退款共-100.00元') => [
  '#-----------------------------------------业务明细列表结束------------------------------------',
  `#交易合计：${payments}，商家优惠共0.00元`,
  `#退款合计：${refunds}，商家优惠退款共0.00元`,
  '#导出时间：[2026年07月14日 05:46:49]',
];
const bill = (rows: Record<string, string>[], after: string[] = tail()) =>
  `${[...HEAD, csvOf(ALIPAY_COLUMNS, rows).trimEnd(), ...after].join('\n')}\n`;

/** GBK for the characters of these tests: found by decoding every pair of bytes once. */
const GBK = new Map<string, readonly [number, number]>();
const decoder = new TextDecoder('gb18030');
for (let high = 0x81; high <= 0xfe; high++) {
  for (let low = 0x40; low <= 0xfe; low++) {
    const text = decoder.decode(Uint8Array.of(high, low));
    if (text.length === 1 && !GBK.has(text)) GBK.set(text, [high, low]);
  }
}
const inGbk = (text: string) =>
  Buffer.from([...text].flatMap((char) => (char < '\u0080' ? [char.charCodeAt(0)] : [...(GBK.get(char) ?? [])])));

async function zipOf(files: Record<string, Buffer>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) zip.addBuffer(content, name);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('a trade detail of Alipay', () => {
  it('reads payments and refunds between comments, without the tabs behind long numbers', async () => {
    const read = await readSettlement('alipay', bill([PAYMENT, REFUND]));
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary).toMatchObject({ lines: 2, trailer: { found: true, checked: 6, differing: 0 } });
    expect(read.lines).toMatchObject([
      { lineNumber: 6, kind: 'PAYMENT', currency: 'CNY', grossMinor: 35_000n, feeMinor: 210n, netMinor: 34_790n },
      { lineNumber: 7, kind: 'REFUND', grossMinor: -10_000n, feeMinor: 0n, netMinor: -10_000n },
    ]);
    expect(read.lines.map(({ references }) => references)).toMatchObject([
      { provider: '2026092422001', merchant: 'order-1' },
      { provider: 'refund-1', original: '2026092422001', originalMerchant: 'order-1' },
    ]);
    expect(read.lines[0]?.occurredAt).toEqual(new Date('2026-07-13T02:00:05Z'));
  });

  it('reads what was received as net where the fee is off it already', async () => {
    const row = { ...PAYMENT, '商家实收（元）': '347.90', '服务费（元）': '2.10' };
    const { lines, exceptions } = await readSettlement('alipay', bill([row], ['#共1笔']));
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([{ grossMinor: 35_000n, feeMinor: 210n, netMinor: 34_790n }]);
  });

  it('takes a discount of the shop off what it received', async () => {
    const row = { ...PAYMENT, '商家实收（元）': '340.00', '商家优惠（元）': '10.00' };
    const { lines, exceptions } = await readSettlement('alipay', bill([row], ['#共1笔']));
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([{ grossMinor: 34_000n, feeMinor: 210n, netMinor: 33_790n }]);
  });

  it('reports what was received when neither explains it', async () => {
    const row = { ...REFUND, '商家实收（元）': '-99.00' };
    const read = await readSettlement('alipay', bill([row], ['#共1笔']));
    expect(read.exceptions).toMatchObject([
      { class: 'FEE_DIFFERS', line: 6, reference: 'refund-1', expectedMinor: -10_000n, actualMinor: -9_900n },
    ]);
  });

  it('holds counts and sums of the comments against the lines', async () => {
    const wrong = tail('3笔，商家实收共350.01元', '1笔，商家实收退款共-100.00元');
    const read = await readSettlement('alipay', bill([PAYMENT, REFUND], wrong));
    expect(read.exceptions.map(({ line, reference }) => [line, reference])).toEqual([
      [9, '交易合计'],
      [9, '商家实收'],
    ]);
    const short = await readSettlement('alipay', bill([PAYMENT], ['#-----', '#共2笔']));
    expect(short.exceptions).toMatchObject([
      { class: 'PAYOUT_TOTAL_DIFFERS', line: 8, reason: 'The trailer says 2 for 共; the lines come to 1.' },
    ]);
    expect(faultsOf(await readSettlement('alipay', bill([PAYMENT], [])))).toEqual(['PAYOUT_TOTAL_DIFFERS 6']);
  });

  it('reads GBK in a ZIP beside a summary, with names in GBK that do not say so', async () => {
    const zip = await zipOf({
      '2088_20260713_DETAIL.csv': inGbk(bill([PAYMENT, REFUND])),
      '2088_20260713_XX(YYYY).csv': inGbk('#汇总\n'),
    });
    // yazl names files in UTF-8 and says so; Alipay does neither. Names of the same length keep every offset.
    const named = renamed(zip, [
      ['DETAIL', inGbk('业务明')],
      ['YYYY', inGbk('汇总')],
    ]);
    const read = await readSettlement('alipay', named);
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary).toMatchObject({ encoding: 'gb18030', lines: 2 });
    expect(read.lines[0]?.rest).toMatchObject({ 商品名称: '课程' });
  });

  it('takes the trade detail of a ZIP that holds the account log too', async () => {
    const zip = await zipOf({ '1_业务明细.csv': inGbk(bill([PAYMENT, REFUND])), '1_账务明细.csv': inGbk('#\n') });
    expect((await readSettlement('alipay', zip)).summary).toMatchObject({ layout: 'trade detail', lines: 2 });
  });

  it('refuses a line with a byte that is no GBK, and no other', async () => {
    const bytes = inGbk(bill([PAYMENT, { ...REFUND, 商品名称: 'BROKEN' }]));
    bytes.set([0xff, 0xff], bytes.indexOf('BROKEN'));
    const read = await readSettlement('alipay', bytes);
    expect(read.exceptions[0]).toMatchObject({
      class: 'UNREADABLE_LINE',
      line: 7,
      reason: 'The line holds bytes that are not GB18030.',
    });
    expect(read.lines).toHaveLength(1);
  });
});

describe('an account log of Alipay', () => {
  const COLUMNS =
    '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注'.split(
      ',',
    );
  const row = (line: string, type: string, [income, outgo, balance]: readonly string[]) => ({
    账务流水号: `${line}\t`,
    业务流水号: '2012122923922029\t',
    商户订单号: 'order-1\t',
    发生时间: '2026-12-29 21:02:06',
    '收入金额（+元）': income ?? '',
    '支出金额（-元）': outgo ?? '',
    '账户余额（元）': balance ?? '',
    业务类型: type,
  });

  it('reads income and outgo, follows the balance and checks both totals', async () => {
    const text = csvOf(COLUMNS, [
      row('1', '在线支付', ['100.00', '0.00', '150.00']),
      row('2', '收费', ['0.00', '-0.60', '149.40']),
      row('3', '交易退款', ['', '-20.00', '129.40']),
    ]);
    const read = await readSettlement(
      'alipay',
      `#支付宝账务明细查询\n${text}#支出合计：2笔，共-20.60元\n#收入合计：1笔，共100.00元\n`,
    );
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary).toMatchObject({ layout: 'account log', trailer: { checked: 4, differing: 0 } });
    expect(read.lines).toMatchObject([
      { kind: 'PAYMENT', netMinor: 10_000n, references: { line: '1', provider: '2012122923922029' } },
      { kind: 'FEE', netMinor: -60n },
      { kind: 'REFUND', netMinor: -2_000n, references: { original: '2012122923922029' } },
    ]);
  });
});

/** Replaces names in a ZIP by bytes of the same length, and takes away the flag that says UTF-8. */
function renamed(zip: Buffer, names: readonly (readonly [string, Buffer])[]): Buffer {
  const bytes = Buffer.from(zip);
  for (const [from, to] of names) {
    for (let at = bytes.indexOf(from); at !== -1; at = bytes.indexOf(from, at + 1)) bytes.set(to, at);
  }
  const flags: readonly (readonly [signature: number, offset: number])[] = [
    [0x04034b50, 6],
    [0x02014b50, 8],
  ];
  for (let at = 0; at + 10 < bytes.length; at++) {
    const [, offset] = flags.find(([signature]) => bytes.readUInt32LE(at) === signature) ?? [];
    if (offset !== undefined) bytes.writeUInt16LE(bytes.readUInt16LE(at + offset) & ~0x800, at + offset);
  }
  return bytes;
}
