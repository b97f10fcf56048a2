import { once } from 'node:events';
import { createWriteStream } from 'node:fs';

/** What a large file of a profile is made of. */
export interface LargeFile {
  readonly name: string;
  readonly profile: string;
  readonly header: string;
  row(at: number): string;
  /** What stands behind the last row. */
  trailer(rows: number): string;
}

const TWO = (number: number) => String(number).padStart(2, '0');
const money = (minor: number) => `${Math.floor(minor / 100)}.${TWO(minor % 100)}`;
export const grossOf = (at: number) => 100 + ((at * 7_919) % 99_900);
export const feeOf = (at: number) => Math.round(grossOf(at) * 0.029) + 30;

const STRIPE_COLUMNS =
  'balance_transaction_id,payment_metadata[order_id],source_id,payment_intent_id,charge_id,created,available_on,automatic_payout_effective_at,currency,gross,fee,net,reporting_category,payment_method_type,card_brand,card_country,card_funding,description,automatic_payout_id,customer_facing_amount,customer_facing_currency'.split(
    ',',
  );

function stripeCells(at: number): string[] {
  const [gross, fee] = [grossOf(at), feeOf(at)];
  const created = `2026-01-${TWO(1 + (at % 28))} 10:11:${TWO(at % 60)}`;
  const text = at % 10 === 0 ? 'Course, with "notes"' : 'Course payment';
  return `txn_3Pq8W2eZvKYlo2C${at}|order-${at}|ch_3Pq8W2eZvKYlo${at}|pi_3Pq8W2eZvKYlo${at}|ch_3Pq8W2eZvKYlo${at}|${created}|2026-01-30 00:00:00|2026-01-31 00:00:00|usd|${money(gross)}|${money(fee)}|${money(gross - fee)}|charge|card|visa|US|credit|${text}|po_1Pq8W2eZvKYlo2C${at % 500}|${money(gross)}|usd`.split(
    '|',
  );
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
const quotedAtNeed = (cell: string) => (/[",]/.test(cell) ? quoted(cell) : cell);

function stripeFile(name: string, written: (cell: string) => string): LargeFile {
  const line = (cells: readonly string[]) => cells.map(written).join(',');
  return {
    name,
    profile: 'stripe',
    header: line(STRIPE_COLUMNS),
    row: (at) => line(stripeCells(at)),
    trailer: () => '',
  };
}

const wechat: LargeFile = {
  name: 'wechat',
  profile: 'wechat',
  header:
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
  row(at) {
    const gross = money(grossOf(at));
    const fee = `${money(Math.round(grossOf(at) * 0.006))}000`;
    const time = `2026-01-${TWO(1 + (at % 28))} 17:07:${TWO(at % 60)}`;
    return `\`${time},\`wx0000000000000001,\`1900000001,\`0,\`,\`42000009252021012849${at},\`order-${at},\`oUser0001,\`NATIVE,\`SUCCESS,\`OTHERS,\`CNY,\`${gross},\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,\`课程,\`,\`${fee},\`0.60%,\`${gross},\`0.00,\``;
  },
  trailer(rows) {
    let gross = 0;
    let fee = 0;
    for (let at = 0; at < rows; at++) {
      gross += grossOf(at);
      fee += Math.round(grossOf(at) * 0.006);
    }
    const names = '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额';
    return `${names}\n\`${rows},\`${money(gross)},\`0.00,\`0.00,\`${money(fee)}000,\`${money(gross)},\`0.00\n`;
  },
};

/** Every tenth row of the first has quotes, as descriptions have; of the second, every cell. */
export const largeFiles: readonly LargeFile[] = [
  stripeFile('stripe', quotedAtNeed),
  stripeFile('stripe-quoted', quoted),
  wechat,
];

const ROWS_A_WRITE = 5_000;

export async function writeLargeFile(path: string, file: LargeFile, rows: number): Promise<void> {
  const out = createWriteStream(path);
  out.write(`${file.header}\n`);
  for (let from = 0; from < rows; from += ROWS_A_WRITE) {
    const count = Math.min(ROWS_A_WRITE, rows - from);
    const text = Array.from({ length: count }, (_, more) => `${file.row(from + more)}\n`).join('');
    if (!out.write(text)) await once(out, 'drain');
  }
  out.end(file.trailer(rows));
  await once(out, 'close');
}
