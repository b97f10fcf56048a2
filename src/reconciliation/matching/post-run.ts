import { sql } from 'kysely';
import { chartOfAccounts, type Entry } from '../../ledger/index.ts';
import { type EntityManager, rowsOf } from '../../platform/database.ts';
import type { StagedRun } from './stage-lines.ts';

interface Moved {
  readonly currency: string;
  readonly amountMinor: bigint;
}

/**
 * What the run brings to the books: fees that the provider kept leave what it owes us, those of single movements and those
 * of lines of their own, and payouts arrive at the bank. After a complete file the balance of the provider's account is
 * what it still owes.
 *
 * @param at when nothing in the file says
 */
export async function entriesOfRun(em: EntityManager, run: StagedRun, at: Date): Promise<Entry[]> {
  return [
    ...(await feeEntries(em, run, at)),
    ...(await chargeEntries(em, run, at)),
    ...(await payoutEntries(em, run, at)),
  ];
}

/** The fee of a chargeback left the provider's account when it was settled: only what differs from it is left. */
async function feeEntries(em: EntityManager, { runId, provider }: StagedRun, at: Date): Promise<Entry[]> {
  const { rows } = await sql<Moved>`
    select currency, sum(fee_minor - coalesce(booked_minor, 0))::bigint as "amountMinor"
    from matched where not is_converted and currency = our_currency and currency = last_currency
    group by currency order by currency`.execute(rowsOf(em));
  const fees = chartOfAccounts.providerFees(provider);
  const clearing = chartOfAccounts.providerClearing(provider);
  const reference = `reconciliation:${runId}`;
  return rows
    .filter(({ amountMinor }) => amountMinor !== 0n)
    .map(({ currency, amountMinor }) => ({
      idempotencyKey: `${reference}/fees/${currency}`,
      kind: 'PROVIDER_FEES',
      reference,
      effectiveAt: at,
      postings: [
        { account: fees, amountMinor, currency, reference },
        { account: clearing, amountMinor: -amountMinor, currency, reference },
      ],
    }));
}

/** What the provider charges by lines of its own, such as a monthly fee: no sale bears it, so it is the platform's. */
async function chargeEntries(em: EntityManager, { runId, provider }: StagedRun, at: Date): Promise<Entry[]> {
  const { rows } = await sql<Moved>`
    select coalesce(settlement_currency, currency) as currency, sum(net_minor)::bigint as "amountMinor"
    from incoming where kind = 'FEE' and state <> 'REPEATED' group by 1 order by 1`.execute(rowsOf(em));
  const reference = `reconciliation:${runId}`;
  return rows
    .filter(({ amountMinor }) => amountMinor !== 0n)
    .map(({ currency, amountMinor }) => ({
      idempotencyKey: `${reference}/charges/${currency}`,
      kind: 'PROVIDER_CHARGES',
      reference,
      effectiveAt: at,
      postings: [
        { account: chartOfAccounts.providerClearing(provider), amountMinor, currency, reference },
        { account: chartOfAccounts.platformReconciliation, amountMinor: -amountMinor, currency, reference },
      ],
    }));
}

/** Payouts that are what their lines come to, as far as the layout lets that be checked. */
async function payoutEntries(em: EntityManager, { runId, provider }: StagedRun, at: Date): Promise<Entry[]> {
  const { rows } = await sql<Moved & { lineNumber: number; batch: string | null; occurredAt: Date | null }>`
    select line_number as "lineNumber", coalesce(settlement_currency, currency) as currency, -net_minor as "amountMinor",
           batch, occurred_at as "occurredAt"
    from incoming
    where kind = 'PAYOUT' and state <> 'REPEATED' and net_minor <> 0
      and not exists (select from findings where class = 'PAYOUT_TOTAL_DIFFERS' and reference = incoming.batch)
      and not exists (select from findings where class = 'PAYOUT_TOTAL_DIFFERS' and line_number = incoming.line_number)
    order by line_number`.execute(rowsOf(em));
  return rows.map(({ lineNumber, currency, amountMinor, batch, occurredAt }) => {
    const reference = `provider-payout:${provider}:${batch ?? `${runId}/${lineNumber}`}`;
    return {
      idempotencyKey: `reconciliation:${runId}/payout/${lineNumber}`,
      kind: 'PROVIDER_PAYOUT',
      reference,
      effectiveAt: occurredAt ?? at,
      postings: [
        { account: chartOfAccounts.platformBank, amountMinor, currency, reference },
        { account: chartOfAccounts.providerClearing(provider), amountMinor: -amountMinor, currency, reference },
      ],
    };
  });
}
