import type { SettlementProfileInput } from '../reading/settlement-profile.ts';

const TIME_FORMATS = ['yyyy-MM-dd HH:mm:ss', 'yyyy/M/d H:mm:ss', 'yyyy/M/d H:mm'];

/**
 * WeChat Pay's trade bill and fund flow. Every value has a backtick before it. The trade bill has one layout for us
 * though it has come in several: of 27 columns, of 24 with older names, and for payments or refunds alone with fewer. A
 * line of a refund repeats the columns of its order; what went back is the refund amount. The bill has fees with five
 * decimals, the account is charged whole fen.
 */
export const wechatProfile: SettlementProfileInput = {
  name: 'wechat',
  provider: 'wechat',
  title: 'a bill of WeChat Pay',
  encodings: ['utf-8', 'gb18030'],
  containers: ['PLAIN', 'ZIP', 'GZIP'],
  cellPrefix: '`',
  // Fees have five decimals and are rounded line by line.
  matching: { feeToleranceMinor: 1, dateWindowDays: 2 },
  layouts: [
    {
      name: 'trade bill',
      columns: {
        time: { names: ['交易时间'], required: true },
        refundTime: { names: ['退款成功时间'] },
        order: { names: ['微信订单号'], required: true, blank: ['0'] },
        merchantOrder: { names: ['商户订单号'], required: true, blank: ['0'] },
        status: { names: ['交易状态'], required: true },
        currency: { names: ['货币种类'], required: true },
        amount: { names: ['应结订单金额', '总金额'], required: true },
        refund: { names: ['微信退款单号'], blank: ['0'] },
        merchantRefund: { names: ['商户退款单号'], blank: ['0'] },
        refundAmount: { names: ['退款金额'] },
        couponRefund: { names: ['充值券退款金额', '代金券或立减优惠退款金额', '企业红包退款金额'], kept: true },
        fee: { names: ['手续费'], required: true, rounds: 'HALF_UP' },
        orderAmount: { names: ['订单金额'], kept: true },
        askedRefund: { names: ['申请退款金额'], kept: true },
      },
      type: {
        fields: ['status'],
        kinds: { SUCCESS: 'PAYMENT', REFUND: 'REFUND', REVOKED: 'REFUND' },
        otherwise: 'OTHER',
      },
      currency: { field: 'currency' },
      amounts: [
        {
          kinds: ['REFUND'],
          gross: [{ field: 'refundAmount', sign: 'MINUS_ABSOLUTE' }],
          fee: [{ field: 'fee', sign: 'PLUS' }],
        },
        { gross: [{ field: 'amount', sign: 'PLUS' }], fee: [{ field: 'fee', sign: 'PLUS' }] },
      ],
      references: [
        {
          kinds: ['REFUND'],
          provider: ['refund'],
          merchant: ['merchantRefund'],
          original: ['order'],
          originalMerchant: ['merchantOrder'],
        },
        { provider: ['order'], merchant: ['merchantOrder'] },
      ],
      occurredAt: { fields: ['refundTime', 'time'], formats: TIME_FORMATS, zone: 'Asia/Shanghai' },
      identity: [
        ['refund', 'order', 'status'],
        ['order', 'status'],
      ],
      trailer: {
        form: 'TABLE',
        starts: ['总交易单数'],
        totals: [
          { names: ['总交易单数'], expected: [{ of: 'COUNT' }] },
          {
            names: ['应结订单总金额', '总交易额'],
            expected: [{ of: { field: 'amount' } }, { of: { field: 'amount' }, kinds: ['PAYMENT'] }],
          },
          { names: ['退款总金额', '总退款金额'], expected: [{ of: { field: 'refundAmount' } }] },
          {
            names: ['充值券退款总金额', '总代金券或立减优惠退款金额', '总企业红包退款金额'],
            expected: [{ of: { field: 'couponRefund' } }],
          },
          { names: ['手续费总金额', '总手续费金额'], expected: [{ of: { field: 'fee' } }] },
          {
            names: ['订单总金额'],
            expected: [{ of: { field: 'orderAmount' } }, { of: { field: 'orderAmount' }, kinds: ['PAYMENT'] }],
          },
          { names: ['申请退款总金额'], expected: [{ of: { field: 'askedRefund' } }] },
        ],
      },
    },
    {
      name: 'fund flow',
      columns: {
        time: { names: ['记账时间'], required: true },
        business: { names: ['微信支付业务单号'] },
        flow: { names: ['资金流水单号'], required: true },
        name: { names: ['业务名称'] },
        type: { names: ['业务类型'] },
        direction: { names: ['收支类型'], required: true },
        amount: { names: ['收支金额(元)'], required: true },
        balance: { names: ['账户结余(元)'], kept: true },
        voucher: { names: ['业务凭证号'] },
      },
      type: {
        fields: ['type', 'name'],
        kinds: {
          交易: 'PAYMENT',
          订单入账: 'PAYMENT',
          退款: 'REFUND',
          扣除交易手续费: 'FEE',
          交易手续费: 'FEE',
          手续费: 'FEE',
          提现手续费: 'FEE',
          手续费返还: 'FEE',
          提现: 'PAYOUT',
          充值: 'ADJUSTMENT',
          转账: 'ADJUSTMENT',
          分账: 'ADJUSTMENT',
          分账回退: 'ADJUSTMENT',
        },
        otherwise: 'OTHER',
      },
      currency: { fixed: 'CNY' },
      direction: { field: 'direction', plus: ['收入'], minus: ['支出'] },
      amounts: [{ net: [{ field: 'amount', sign: 'BY_DIRECTION' }] }],
      references: [
        { kinds: ['REFUND'], provider: ['business'], merchant: ['voucher'], line: ['flow'], also: ['flow'] },
        { provider: ['business'], merchant: ['voucher'], line: ['flow'], also: ['flow'] },
      ],
      occurredAt: { fields: ['time'], formats: TIME_FORMATS, zone: 'Asia/Shanghai' },
      // The number of a flow is shared by a payment, its fee and its refunds: the row as it stands tells them apart.
      identity: ['ROW'],
      balance: 'balance',
      trailer: {
        form: 'TABLE',
        starts: ['资金流水总笔数'],
        totals: [
          { names: ['资金流水总笔数'], expected: [{ of: 'COUNT' }] },
          { names: ['收入笔数'], expected: [{ of: 'COUNT', direction: 'PLUS' }] },
          { names: ['收入金额'], expected: [{ of: { field: 'amount' }, direction: 'PLUS' }] },
          { names: ['支出笔数'], expected: [{ of: 'COUNT', direction: 'MINUS' }] },
          { names: ['支出金额'], expected: [{ of: { field: 'amount' }, direction: 'MINUS' }] },
        ],
      },
    },
  ],
};
