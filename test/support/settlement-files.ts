import { Readable } from 'node:stream';
import {
  type FileException,
  type FileSummary,
  getSettlementProfile,
  readSettlementFile,
  type SettlementLine,
  type SettlementProfile,
} from '../../src/reconciliation/index.ts';

export interface ReadFile {
  readonly lines: readonly SettlementLine[];
  readonly exceptions: readonly FileException[];
  readonly summary: FileSummary;
}

/** Reads a whole file from memory, in chunks of a size that does not fit its lines. */
export async function readSettlement(
  profile: string | SettlementProfile,
  content: string | Buffer,
  chunkBytes = 61,
): Promise<ReadFile> {
  const bytes = Buffer.from(content);
  const reading = readSettlementFile({
    profile: typeof profile === 'string' ? getSettlementProfile(profile) : profile,
    open: () => Readable.from(chunksOf(bytes, chunkBytes)),
    fileName: 'settlement.csv',
  });
  const lines: SettlementLine[] = [];
  const exceptions: FileException[] = [];
  for await (const batch of reading.batches()) {
    lines.push(...batch.lines);
    exceptions.push(...batch.exceptions);
  }
  return { lines, exceptions, summary: reading.summary() };
}

function* chunksOf(bytes: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Rows by column name as CSV (RFC 4180), in the order of `columns`; absent cells are empty. */
export function csvOf(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  const line = (cells: readonly string[]) => `${cells.map(quoted).join(',')}\n`;
  return line(columns) + rows.map((row) => line(columns.map((column) => row[column] ?? ''))).join('');
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** The classes of exceptions with their lines, which is what most tests ask for. */
export function faultsOf({ exceptions }: ReadFile): string[] {
  return exceptions.map(({ class: name, line }) => `${name} ${line}`);
}

export const STRIPE_COLUMNS = [
  'balance_transaction_id',
  'created',
  'currency',
  'gross',
  'fee',
  'net',
  'reporting_category',
  'source_id',
  'charge_id',
  'payment_intent_id',
  'automatic_payout_id',
  'payment_metadata[order_id]',
  'description',
];

export const ADYEN_COLUMNS = [
  'Company Account',
  'Merchant Account',
  'Psp Reference',
  'Merchant Reference',
  'Payment Method',
  'Creation Date',
  'TimeZone',
  'Type',
  'Modification Reference',
  'Gross Currency',
  'Gross Debit (GC)',
  'Gross Credit (GC)',
  'Exchange Rate',
  'Net Currency',
  'Net Debit (NC)',
  'Net Credit (NC)',
  'Commission (NC)',
  'Markup (NC)',
  'Scheme Fees (NC)',
  'Interchange (NC)',
  'Payment Method Variant',
  'Modification Merchant Reference',
  'Batch Number',
  'Reserved4',
];

/** The trade bill of 27 columns. */
export const WECHAT_COLUMNS =
  '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注'.split(
    ',',
  );

export const FUND_FLOW_COLUMNS =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号'.split(
    ',',
  );

export const ALIPAY_COLUMNS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注'.split(
    ',',
  );

/** A bill of WeChat: a backtick before every value, then the row of totals. */
export function wechatBill(
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string>>[],
  totals?: Readonly<Record<string, string>>,
): string {
  const body = rows.map((row) => `${columns.map((column) => `\`${row[column] ?? ''}`).join(',')}\n`);
  const trailer = totals
    ? `${Object.keys(totals).join(',')}\n${Object.values(totals)
        .map((value) => `\`${value}`)
        .join(',')}\n`
    : '';
  return `${columns.join(',')}\n${body.join('')}${trailer}`;
}
