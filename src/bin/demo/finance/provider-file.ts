import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { stringify } from 'csv-stringify/sync';
import type { PaymentSchema, RefundSchema } from '../../../orders/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import { present } from '../../../shared/invariant.ts';
import { Money } from '../../../shared/money.ts';

type Tables = InferKyselyDB<typeof PaymentSchema | typeof RefundSchema>;

const COLUMNS = [
  'balance_transaction_id',
  'created_utc',
  'currency',
  'gross',
  'fee',
  'net',
  'reporting_category',
  'source_id',
] as const;
/** What the second difference has the provider keep more than it told us. */
const MORE_FEE_MINOR = 40n;

interface Span {
  readonly from: Date;
  /** First instant that is not in it. */
  readonly until: Date;
}

interface Movement {
  readonly category: 'charge' | 'refund';
  readonly reference: string | null;
  /** As our balance with the provider sees it. */
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly at: Date | null;
}

/**
 * The settlement of the sandbox's payments and refunds as if Stripe wrote it, with two differences to find: after a third
 * of the payments one is left out, and after two thirds one has a higher fee.
 */
export async function writeProviderFile(platform: Platform, span: Span): Promise<string> {
  const payments = await paymentsOf(platform, span);
  const [leftOut, dearer] = [1, 2].map((thirds) => payments[Math.floor((thirds * payments.length) / 3)]);
  const told = payments
    .filter((payment) => payment !== leftOut)
    .map((payment) => (payment === dearer ? { ...payment, feeMinor: payment.feeMinor + MORE_FEE_MINOR } : payment));
  const movements = [...told, ...(await refundsOf(platform, span))];
  return stringify([[...COLUMNS], ...movements.map(toRecord)]);
}

async function paymentsOf({ database }: Platform, { from, until }: Span): Promise<Movement[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('payments')
    .select(['provider_reference as reference', 'amount_minor as amountMinor', 'fee_minor as feeMinor'])
    .select(['currency', 'captured_at as at'])
    .where('captured_at', '>=', from)
    .where('captured_at', '<', until)
    .orderBy('captured_at')
    .orderBy('id')
    .execute();
  return rows.map(({ feeMinor, ...row }) => ({ ...row, category: 'charge', feeMinor: feeMinor ?? 0n }));
}

async function refundsOf({ database }: Platform, { from, until }: Span): Promise<Movement[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('refunds')
    .innerJoin('payments', 'payments.order_id', 'refunds.order_id')
    .select(['refunds.provider_reference as reference', 'refunds.amount_minor as amountMinor'])
    .select(['payments.currency', 'refunds.settled_at as at'])
    .where('refunds.settled_at', '>=', from)
    .where('refunds.settled_at', '<', until)
    .orderBy('refunds.settled_at')
    .orderBy('refunds.id')
    .execute();
  return rows.map(({ amountMinor, ...row }) => ({
    ...row,
    category: 'refund',
    amountMinor: -amountMinor,
    feeMinor: 0n,
  }));
}

function toRecord({ category, reference, amountMinor, feeMinor, currency, at }: Movement): string[] {
  const decimal = (minor: bigint) => Money.ofMinor(minor, currency).toDecimal();
  const name = present(reference, 'how the provider calls it');
  const when = present(at, 'when the money moved').toISOString().slice(0, 19).replace('T', ' ');
  const sums = [amountMinor, feeMinor, amountMinor - feeMinor].map(decimal);
  return [`txn_${name}`, when, currency.toLowerCase(), ...sums, category, name];
}
