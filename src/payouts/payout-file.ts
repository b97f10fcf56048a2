import { createHash } from 'node:crypto';
import { stringify } from 'csv-stringify/sync';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { globalId } from '../shared/global-id.ts';
import { Money } from '../shared/money.ts';

/** A line of a payout file before it is written. */
interface PayoutFileLine {
  readonly id: string;
  readonly partnerName: string;
  readonly beneficiary: string;
  readonly account: string;
  readonly country: string;
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Names of the columns in their order. */
const COLUMNS = [
  'payout_id',
  'partner',
  'beneficiary',
  'account',
  'country',
  'amount',
  'currency',
  'reference',
] as const;

/** The lines of a batch, by partner, with the accounts that were proposed. */
export async function findFileLines(rows: Kysely<object>, batchId: string): Promise<PayoutFileLine[]> {
  const { rows: lines } = await sql<PayoutFileLine>`
    select payout.id, partner.name as "partnerName", details.beneficiary, details.account, details.country,
           payout.amount_minor as "amountMinor", payout.currency
    from payouts payout
    join partners partner on partner.id = payout.partner_id
    join payout_details details on details.id = payout.details_id
    where payout.batch_id = ${batchId}::uuid order by payout.partner_id`.execute(rows);
  return lines;
}

/**
 * The file for the bank: CSV by RFC 4180 in UTF-8. A cell that a spreadsheet would take for a formula begins with an
 * apostrophe.
 */
export function writePayoutFile(lines: readonly PayoutFileLine[]): string {
  const records = lines.map(({ id, partnerName, beneficiary, account, country, amountMinor, currency }) => [
    globalId('Payout', id),
    partnerName,
    beneficiary,
    account,
    country,
    Money.ofMinor(amountMinor, currency).toDecimal(),
    currency,
    payoutReference(id),
  ]);
  return stringify([[...COLUMNS], ...records], { escape_formulas: true, record_delimiter: '\r\n' });
}

/** What the partner reads on its bank's statement: at most 35 characters, which every scheme carries. */
export function payoutReference(payoutId: string): string {
  return `P${payoutId.replaceAll('-', '').toUpperCase()}`;
}

/** In hexadecimal. */
export function sha256Of(content: string): string {
  return createHash('sha256').update(content, 'utf8').digest('hex');
}
