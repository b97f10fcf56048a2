import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  FUND_FLOW_COLUMNS,
  faultsOf,
  readSettlement,
  WECHAT_COLUMNS,
  wechatBill,
} from '../../support/settlement-files.ts';

const PAYMENT = {
  交易时间: '2026-01-28 17:07:11',
  公众账号ID: 'wx01',
  商户号: '1900000001',
  微信订单号: '4200000925202101284997714292',
  商户订单号: 'order-1',
  交易状态: 'SUCCESS',
  货币种类: 'CNY',
  应结订单金额: '1.00',
  代金券金额: '0.00',
  微信退款单号: '0',
  商户退款单号: '0',
  退款金额: '0.00',
  充值券退款金额: '0.00',
  商品名称: 'A course, with a comma',
  手续费: '0.00600',
  费率: '0.60%',
  订单金额: '1.00',
  申请退款金额: '0.00',
};
const REFUND = {
  ...PAYMENT,
  交易状态: 'REFUND',
  应结订单金额: '0.00',
  微信退款单号: '50300806962021020105978994968',
  商户退款单号: 'refund-1',
  退款金额: '0.40',
  退款状态: 'SUCCESS',
  手续费: '-0.00240',
  订单金额: '0.00',
  申请退款金额: '0.40',
};
const TOTALS = {
  总交易单数: '2',
  应结订单总金额: '1.00',
  退款总金额: '0.40',
  充值券退款总金额: '0.00',
  手续费总金额: '0.00360',
  订单总金额: '1.00',
  申请退款总金额: '0.40',
};

describe('a trade bill of WeChat Pay', () => {
  it('reads payments and refunds, a refund by its own amount', async () => {
    const { lines, exceptions } = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS));
    expect(exceptions).toEqual([]);
    expect(lines).toMatchObject([
      { kind: 'PAYMENT', currency: 'CNY', grossMinor: 100n, feeMinor: 1n, netMinor: 99n },
      { kind: 'REFUND', grossMinor: -40n, feeMinor: 0n, netMinor: -40n },
    ]);
    expect(lines.map(({ references }) => references)).toMatchObject([
      { provider: PAYMENT.微信订单号, merchant: 'order-1', original: null },
      {
        provider: REFUND.微信退款单号,
        merchant: 'refund-1',
        original: PAYMENT.微信订单号,
        originalMerchant: 'order-1',
      },
    ]);
  });

  it('reads times in Shanghai and keeps commas within a value', async () => {
    const { lines } = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT]));
    expect(lines[0]?.occurredAt).toEqual(new Date('2026-01-28T09:07:11Z'));
    expect(lines[0]?.rest).toMatchObject({ 商品名称: 'A course, with a comma', 费率: '0.60%' });
  });

  it('says what rounding fees to whole fen added', async () => {
    const { summary } = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS));
    // 0.006 is charged as 0.01, and -0.0024 given back as nothing.
    expect(summary.totals.rounding).toEqual([{ currency: 'CNY', amount: '0.0064' }]);
  });

  it.each([
    [
      'the older layout of 24 columns',
      '总金额',
      '企业红包金额',
      '企业红包退款金额',
      '总交易额,总退款金额,总企业红包退款金额',
    ],
    [
      'the oldest names',
      '总金额',
      '代金券或立减优惠金额',
      '代金券或立减优惠退款金额',
      '总交易额,总退款金额,总代金券或立减优惠退款金额',
    ],
  ])('reads %s', async (_what, amount, coupon, couponRefund, totals) => {
    const renamed = new Map([
      ['应结订单金额', amount],
      ['代金券金额', coupon],
      ['充值券退款金额', couponRefund],
    ]);
    const columns = WECHAT_COLUMNS.slice(0, 24).map((name) => renamed.get(name) ?? name);
    const inOld = (row: Record<string, string>) => ({
      ...row,
      [amount]: row.应结订单金额 ?? '',
      [couponRefund]: '0.00',
    });
    const [sales = '', refunds = '', coupons = ''] = totals.split(',');
    const read = await readSettlement(
      'wechat',
      // Of a refund, older bills repeat the amount of the order; their total counts payments only.
      wechatBill(columns, [inOld(PAYMENT), { ...inOld(REFUND), [amount]: '1.00' }], {
        总交易单数: '2',
        [sales]: '1.00',
        [refunds]: '0.40',
        [coupons]: '0.00',
        手续费总金额: '0.00360',
      }),
    );
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary).toMatchObject({ layout: 'trade bill', lines: 2, trailer: { checked: 5, differing: 0 } });
    expect(read.lines.map(({ grossMinor }) => grossMinor)).toEqual([100n, -40n]);
  });

  it('reads a bill of payments alone, which has no column of refunds', async () => {
    const columns = WECHAT_COLUMNS.filter((name) => !name.includes('退款'));
    const totals = { ...TOTALS, 总交易单数: '1', 退款总金额: '0.00', 申请退款总金额: '0.00', 手续费总金额: '0.00600' };
    const read = await readSettlement('wechat', wechatBill(columns, [PAYMENT], totals));
    expect(faultsOf(read)).toEqual([]);
    expect(read.lines).toMatchObject([{ grossMinor: 100n }]);
  });

  it('reads a bill of refunds alone, which says when they were done', async () => {
    const columns = [...WECHAT_COLUMNS, '退款申请时间', '退款成功时间'];
    const row = { ...REFUND, 退款申请时间: '2026-02-01 10:00:00', 退款成功时间: '2026-02-01 10:00:02' };
    const { lines } = await readSettlement('wechat', wechatBill(columns, [row]));
    expect(lines[0]?.occurredAt).toEqual(new Date('2026-02-01T02:00:02Z'));
  });

  it('takes a payment that was called off for a refund', async () => {
    const revoked = { ...REFUND, 交易状态: 'REVOKED' };
    const { lines } = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT, revoked]));
    expect(lines).toMatchObject([{ kind: 'PAYMENT' }, { kind: 'REFUND', providerType: 'REVOKED', grossMinor: -40n }]);
  });

  it.each(Object.keys(TOTALS))('reports a wrong %s', async (name) => {
    const read = await readSettlement(
      'wechat',
      wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], { ...TOTALS, [name]: '7' }),
    );
    expect(read.exceptions).toMatchObject([
      {
        class: 'PAYOUT_TOTAL_DIFFERS',
        line: 5,
        reference: name,
        reason: expect.stringContaining('The trailer says 7'),
      },
    ]);
    expect(read.summary.trailer).toEqual({ expected: true, found: true, checked: 7, differing: 1 });
  });

  it('reports a bill without totals, or cut off before their values', async () => {
    const whole = wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS);
    const cut = whole.trimEnd().slice(0, whole.trimEnd().lastIndexOf('\n') + 1);
    for (const text of [wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND]), cut]) {
      const read = await readSettlement('wechat', text);
      expect(read.exceptions).toMatchObject([
        { class: 'PAYOUT_TOTAL_DIFFERS', reason: expect.stringContaining('ends without its totals') },
      ]);
      expect(read.lines).toHaveLength(2);
    }
  });

  it('refuses lines behind the totals', async () => {
    const text = wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS);
    const more = wechatBill(WECHAT_COLUMNS, [{ ...PAYMENT, 微信订单号: '43' }]).split('\n')[1];
    const read = await readSettlement('wechat', `${text}${more}\n`);
    expect(faultsOf(read)).toEqual(['UNREADABLE_LINE 6']);
    expect(read.lines).toHaveLength(2);
  });

  it('reads a bill that is packed with gzip, and one with a byte order mark and CRLF', async () => {
    const text = wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS);
    for (const content of [gzipSync(text), `\ufeff${text.replaceAll('\n', '\r\n')}`]) {
      const read = await readSettlement('wechat', content);
      expect(faultsOf(read)).toEqual([]);
      expect(read.summary.lines).toBe(2);
    }
  });

  it('finds a payment and a refund that are given twice', async () => {
    const read = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND, PAYMENT, REFUND], TOTALS));
    // The totals at its end may count each of them once or as often as they stand there; we count them once.
    expect(faultsOf(read)).toEqual(['DUPLICATE_LINE 4', 'DUPLICATE_LINE 5']);
    const once = await readSettlement('wechat', wechatBill(WECHAT_COLUMNS, [PAYMENT, REFUND], TOTALS));
    expect(read.summary.totals).toEqual(once.summary.totals);
  });
});

const INCOME = {
  记账时间: '2026-02-01 13:54:01',
  微信支付业务单号: '42000001',
  资金流水单号: '42000001',
  业务名称: '交易',
  业务类型: '交易',
  收支类型: '收入',
  '收支金额(元)': '1.00',
  '账户结余(元)': '11.00',
  业务凭证号: 'order-1',
};
const FEE = {
  ...INCOME,
  业务类型: '扣除交易手续费',
  收支类型: '支出',
  '收支金额(元)': '0.01',
  '账户结余(元)': '10.99',
};
const BACK = {
  ...INCOME,
  微信支付业务单号: '50300001',
  业务名称: '退款',
  业务类型: '退款',
  收支类型: '支出',
  '收支金额(元)': '0.40',
  '账户结余(元)': '10.59',
};
const FLOW_TOTALS = { 资金流水总笔数: '3', 收入笔数: '1', 收入金额: '1.00', 支出笔数: '2', 支出金额: '0.41' };

describe('a fund flow of WeChat Pay', () => {
  it('takes the sign from the direction of the flow', async () => {
    const read = await readSettlement('wechat', wechatBill(FUND_FLOW_COLUMNS, [INCOME, FEE, BACK], FLOW_TOTALS));
    expect(faultsOf(read)).toEqual([]);
    expect(read.summary).toMatchObject({ layout: 'fund flow', lines: 3, trailer: { checked: 5, differing: 0 } });
    expect(read.lines).toMatchObject([
      { kind: 'PAYMENT', netMinor: 100n, references: { provider: '42000001', merchant: 'order-1' } },
      { kind: 'FEE', netMinor: -1n },
      { kind: 'REFUND', netMinor: -40n, references: { provider: '50300001' } },
    ]);
  });

  it('reports every total that is not that of the lines', async () => {
    const read = await readSettlement('wechat', wechatBill(FUND_FLOW_COLUMNS, [FEE, BACK], FLOW_TOTALS));
    expect(read.exceptions.map(({ reference }) => reference)).toEqual(['资金流水总笔数', '收入笔数', '收入金额']);
    expect(read.exceptions[0]?.reason).toBe('The trailer says 3 for 资金流水总笔数; the lines come to 2.');
  });

  it('follows the balance from line to line, forward or backward in time', async () => {
    const totals = { ...FLOW_TOTALS };
    for (const rows of [
      [INCOME, FEE, BACK],
      [BACK, FEE, INCOME],
    ]) {
      expect(faultsOf(await readSettlement('wechat', wechatBill(FUND_FLOW_COLUMNS, rows, totals)))).toEqual([]);
    }
    const torn = { ...BACK, '账户结余(元)': '10.60' };
    const read = await readSettlement('wechat', wechatBill(FUND_FLOW_COLUMNS, [INCOME, FEE, torn], totals));
    expect(read.exceptions).toMatchObject([
      { class: 'AMOUNT_DIFFERS', line: 4, expectedMinor: 1059n, actualMinor: 1060n },
    ]);
  });

  it('refuses a line that goes neither way', async () => {
    const read = await readSettlement(
      'wechat',
      wechatBill(FUND_FLOW_COLUMNS, [{ ...INCOME, 收支类型: '其他' }], FLOW_TOTALS),
    );
    expect(read.exceptions[0]).toMatchObject({ class: 'UNREADABLE_LINE', line: 2 });
  });
});
