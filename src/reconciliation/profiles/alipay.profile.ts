import type { SettlementProfileInput } from '../reading/settlement-profile.ts';

const TIME_FORMATS = ['yyyy-MM-dd HH:mm:ss', 'yyyy/M/d H:mm:ss', 'yyyy/M/d H:mm'];
const NUMBER = '(-?[\\d.]+)';

/**
 * Alipay's trade detail and account log: GBK in a ZIP, with a tab behind long numbers and comments around the table. What
 * the merchant received is written before the service fee by some accounts and after it by others; the amounts themselves
 * tell which.
 */
export const alipayProfile: SettlementProfileInput = {
  name: 'alipay',
  provider: 'alipay',
  title: 'a bill of Alipay',
  encodings: ['utf-8', 'gb18030'],
  containers: ['PLAIN', 'ZIP', 'GZIP'],
  skippedEntries: ['汇总'],
  preferredEntries: ['业务明细'],
  commentPrefix: '#',
  layouts: [
    {
      name: 'trade detail',
      columns: {
        trade: { names: ['支付宝交易号'], required: true },
        merchantOrder: { names: ['商户订单号'], required: true },
        type: { names: ['业务类型'], required: true },
        created: { names: ['创建时间'], kept: true },
        finished: { names: ['完成时间'] },
        order: { names: ['订单金额（元）'], required: true },
        received: { names: ['商家实收（元）'], required: true },
        discount: { names: ['商家优惠（元）'], kept: true },
        redPacket: { names: ['商家红包消费金额（元）'], kept: true },
        refund: { names: ['退款批次号/请求号', '退款批次号'] },
        fee: { names: ['服务费（元）'], required: true },
      },
      type: { fields: ['type'], kinds: { 交易: 'PAYMENT', 退款: 'REFUND', 交易退款: 'REFUND' }, otherwise: 'OTHER' },
      currency: { fixed: 'CNY' },
      amounts: [
        {
          kinds: ['PAYMENT'],
          when: [
            { field: 'order', sign: 'PLUS' },
            { field: 'fee', sign: 'MINUS_ABSOLUTE' },
            { field: 'received', sign: 'MINUS' },
          ],
          gross: [{ field: 'order', sign: 'PLUS' }],
          fee: [{ field: 'fee', sign: 'PLUS_ABSOLUTE' }],
          net: [{ field: 'received', sign: 'PLUS' }],
        },
        {
          kinds: ['PAYMENT'],
          when: [
            { field: 'order', sign: 'PLUS' },
            { field: 'discount', sign: 'MINUS_ABSOLUTE' },
            { field: 'redPacket', sign: 'MINUS_ABSOLUTE' },
            { field: 'received', sign: 'MINUS' },
          ],
          gross: [{ field: 'received', sign: 'PLUS' }],
          fee: [{ field: 'fee', sign: 'PLUS_ABSOLUTE' }],
        },
        {
          kinds: ['PAYMENT'],
          gross: [{ field: 'order', sign: 'PLUS' }],
          fee: [{ field: 'fee', sign: 'PLUS_ABSOLUTE' }],
          net: [{ field: 'received', sign: 'PLUS' }],
        },
        {
          kinds: ['REFUND'],
          when: [
            { field: 'order', sign: 'PLUS_ABSOLUTE' },
            { field: 'fee', sign: 'MINUS_ABSOLUTE' },
            { field: 'received', sign: 'MINUS_ABSOLUTE' },
          ],
          gross: [{ field: 'order', sign: 'MINUS_ABSOLUTE' }],
          fee: [{ field: 'fee', sign: 'MINUS_ABSOLUTE' }],
          net: [{ field: 'received', sign: 'MINUS_ABSOLUTE' }],
        },
        {
          kinds: ['REFUND'],
          when: [
            { field: 'order', sign: 'PLUS_ABSOLUTE' },
            { field: 'discount', sign: 'MINUS_ABSOLUTE' },
            { field: 'redPacket', sign: 'MINUS_ABSOLUTE' },
            { field: 'received', sign: 'MINUS_ABSOLUTE' },
          ],
          gross: [{ field: 'received', sign: 'MINUS_ABSOLUTE' }],
          fee: [{ field: 'fee', sign: 'MINUS_ABSOLUTE' }],
        },
        {
          kinds: ['REFUND'],
          gross: [{ field: 'order', sign: 'MINUS_ABSOLUTE' }],
          fee: [{ field: 'fee', sign: 'MINUS_ABSOLUTE' }],
          net: [{ field: 'received', sign: 'MINUS_ABSOLUTE' }],
        },
        { gross: [{ field: 'received', sign: 'PLUS' }], fee: [{ field: 'fee', sign: 'MINUS' }] },
      ],
      references: [
        {
          kinds: ['REFUND'],
          provider: ['refund'],
          merchant: ['refund'],
          original: ['trade'],
          originalMerchant: ['merchantOrder'],
        },
        { provider: ['trade'], merchant: ['merchantOrder'] },
      ],
      occurredAt: { fields: ['finished', 'created'], formats: TIME_FORMATS, zone: 'Asia/Shanghai' },
      identity: [
        ['refund', 'trade', 'type'],
        ['trade', 'type', 'order'],
      ],
      trailer: {
        form: 'COMMENTS',
        totals: [
          {
            pattern: `^[\\s"]*#+交易合计:(\\d+)笔(?:,商家实收共${NUMBER}元)?(?:,商家优惠共${NUMBER}元)?`,
            groups: [
              { name: '交易合计', expected: [{ of: 'COUNT', kinds: ['PAYMENT'] }] },
              { name: '商家实收', expected: [{ of: { field: 'received' }, kinds: ['PAYMENT'] }] },
              { name: '商家优惠', expected: [{ of: { field: 'discount' }, kinds: ['PAYMENT'] }] },
            ],
          },
          {
            pattern: `^[\\s"]*#+退款合计:(\\d+)笔(?:,商家实收退款共${NUMBER}元)?(?:,商家优惠退款共${NUMBER}元)?`,
            groups: [
              { name: '退款合计', expected: [{ of: 'COUNT', kinds: ['REFUND'] }] },
              { name: '商家实收退款', expected: [{ of: { field: 'received' }, kinds: ['REFUND'] }] },
              { name: '商家优惠退款', expected: [{ of: { field: 'discount' }, kinds: ['REFUND'] }] },
            ],
          },
          { pattern: '^[\\s"]*#+共(\\d+)笔', groups: [{ name: '共', expected: [{ of: 'COUNT' }] }] },
        ],
      },
    },
    {
      name: 'account log',
      columns: {
        line: { names: ['账务流水号'], required: true },
        business: { names: ['业务流水号'] },
        merchantOrder: { names: ['商户订单号'] },
        time: { names: ['发生时间', '入账时间'], required: true },
        income: { names: ['收入金额（+元）', '收入（+元）'], required: true },
        outgo: { names: ['支出金额（-元）', '支出（-元）'], required: true },
        balance: { names: ['账户余额（元）'], kept: true },
        type: { names: ['业务类型'], required: true },
      },
      type: {
        fields: ['type'],
        kinds: {
          在线支付: 'PAYMENT',
          交易付款: 'PAYMENT',
          交易: 'PAYMENT',
          交易退款: 'REFUND',
          退款: 'REFUND',
          收费: 'FEE',
          退费: 'FEE',
          服务费: 'FEE',
          提现: 'PAYOUT',
          充值: 'ADJUSTMENT',
          转账: 'ADJUSTMENT',
        },
        otherwise: 'OTHER',
      },
      currency: { fixed: 'CNY' },
      amounts: [
        {
          net: [
            { field: 'income', sign: 'PLUS_ABSOLUTE' },
            { field: 'outgo', sign: 'MINUS_ABSOLUTE' },
          ],
        },
      ],
      references: [
        { kinds: ['REFUND'], original: ['business'], originalMerchant: ['merchantOrder'], line: ['line'] },
        { provider: ['business'], merchant: ['merchantOrder'], line: ['line'] },
      ],
      occurredAt: { fields: ['time'], formats: TIME_FORMATS, zone: 'Asia/Shanghai' },
      identity: [['line']],
      balance: 'balance',
      trailer: {
        form: 'COMMENTS',
        totals: [
          {
            pattern: `^[\\s"]*#+收入合计:(\\d+)笔(?:,共${NUMBER}元)?`,
            groups: [
              { name: '收入合计', expected: [{ of: 'COUNT', nonZero: 'income' }] },
              { name: '收入', expected: [{ of: { field: 'income' } }] },
            ],
          },
          {
            pattern: `^[\\s"]*#+支出合计:(\\d+)笔(?:,共${NUMBER}元)?`,
            groups: [
              { name: '支出合计', expected: [{ of: 'COUNT', nonZero: 'outgo' }] },
              { name: '支出', expected: [{ of: { field: 'outgo' } }] },
            ],
          },
        ],
      },
    },
  ],
};
