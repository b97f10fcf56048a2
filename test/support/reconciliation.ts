import { csvOf, STRIPE_COLUMNS } from './settlement-files.ts';
import type { TestApp } from './test-app.ts';

/** What the upload answered. */
export interface UploadAnswer {
  readonly status: number;
  readonly runId: string;
  readonly jobId: string;
  readonly isNew: boolean;
  readonly errors?: readonly { message: string; extensions: { code: string } }[];
}

export async function uploadFile(
  app: TestApp,
  who: { token?: string },
  content: string | Buffer,
  query: Record<string, string> = {},
): Promise<UploadAnswer> {
  const headers = who.token === undefined ? {} : { authorization: `Bearer ${who.token}` };
  const answer = await app.server.inject({
    method: 'POST',
    url: '/reconciliation/files',
    query: { profile: 'stripe', provider: 'sandbox', name: 'october.csv', ...query },
    headers: { ...headers, 'content-type': 'text/csv' },
    payload: Buffer.from(content),
  });
  return { status: answer.statusCode, ...answer.json() };
}

/** A line in Stripe's layout. Amounts in major units. */
export interface StripeLine {
  readonly txn: string;
  readonly at?: Date;
  readonly category: 'charge' | 'refund' | 'dispute' | 'dispute_reversal' | 'payout' | 'fee';
  readonly gross: string;
  readonly fee?: string;
  readonly net?: string;
  readonly currency?: string;
  readonly source?: string;
  readonly charge?: string;
  readonly payout?: string;
  readonly order?: string;
}

export function stripeFile(lines: readonly StripeLine[], at: Date): string {
  return csvOf(
    STRIPE_COLUMNS,
    lines.map((line) => stripeRow(line, at)),
  );
}

function stripeRow(line: StripeLine, at: Date): Record<string, string> {
  const { gross, fee = '0.00', currency = 'cny' } = line;
  return {
    balance_transaction_id: line.txn,
    created: (line.at ?? at).toISOString().slice(0, 19).replace('T', ' '),
    currency,
    gross,
    fee,
    net: line.net ?? decimal(cents(gross) - cents(fee)),
    reporting_category: line.category,
    source_id: line.source ?? '',
    charge_id: line.charge ?? '',
    automatic_payout_id: line.payout ?? '',
    'payment_metadata[order_id]': line.order ?? '',
  };
}

export function cents(text: string): bigint {
  return BigInt(text.replace('.', ''));
}

/** Minor units of a currency with two decimals as text. */
export function decimal(minor: bigint): string {
  const digits = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
