import { sql } from 'kysely';
import { chartOfAccounts } from '../ledger/index.ts';
import { findPayables, type PayableParts } from '../partner-accounts/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import { conditionsOf } from './payable.service.ts';
import { findPayoutTerms } from './payout-terms.queries.ts';
import { explainWithheld, payoutVerdict, type WithheldReason } from './payout-verdict.ts';

/** Few enough that the bank's answers come back in one call. */
export const MAX_PAYOUTS = 1_000;

export interface PlannedPayout {
  readonly partnerId: string;
  readonly amountMinor: bigint;
  readonly detailsId: string;
}

export interface PlannedExclusion {
  readonly partnerId: string;
  readonly reason: WithheldReason;
  readonly explanation: string;
  readonly payableMinor: bigint;
}

export interface PayoutPlan {
  /** By partner, so that everybody who locks their accounts does so in one order. */
  readonly payouts: readonly PlannedPayout[];
  /** Partners who are owed nothing are left out without a word. */
  readonly exclusions: readonly PlannedExclusion[];
}

interface PlanTerms {
  readonly currency: string;
  /** What became available later is left for the next batch. */
  readonly cutOffAt: Date;
  /** The instant by whose contracts the minimums are. */
  readonly at: Date;
}

/**
 * Who can be paid what in a currency, by what is payable once their accounts are locked. A refund that comes between the
 * first look and the lock leaves its partner for the next batch: money that still waits for its month would otherwise
 * stand in for what went back.
 */
export async function planLocked(em: EntityManager, terms: PlanTerms): Promise<PayoutPlan> {
  const first = await planPayouts(em, terms);
  const firstMinor = new Map(first.payouts.map(({ partnerId, amountMinor }) => [partnerId, amountMinor]));
  await lockPayables(em, { partnerIds: [...firstMinor.keys()], currency: terms.currency });
  const { payouts, exclusions } = await planPayouts(em, terms);
  const stands = ({ partnerId, amountMinor }: PlannedPayout) =>
    amountMinor >= (firstMinor.get(partnerId) ?? amountMinor);
  // Who has earned in between was not locked, and waits for the next batch like everything after the first look.
  const locked = payouts.filter(({ partnerId }) => firstMinor.has(partnerId));
  const kept = locked.filter(stands);
  const paid = new Set(kept.map(({ partnerId }) => partnerId));
  const outrun = first.payouts.filter(({ partnerId }) => !paid.has(partnerId)).map(outrunBy);
  const outrunIds = new Set(outrun.map(({ partnerId }) => partnerId));
  return { payouts: kept, exclusions: [...exclusions.filter(({ partnerId }) => !outrunIds.has(partnerId)), ...outrun] };
}

/** Keeps others from promising what is on the accounts of partners until the transaction ends. */
async function lockPayables(
  em: EntityManager,
  { partnerIds, currency }: { partnerIds: readonly string[]; currency: string },
): Promise<void> {
  const codes = partnerIds.map((id) => chartOfAccounts.partnerPayable(id).code);
  await sql`
    select from ledger_accounts where code = any(${codes}::text[]) and currency = ${currency}
    order by id for no key update`.execute(rowsOf(em));
}

/** What a partner reads about a payout that a refund has overtaken. */
export function outrunBy({ partnerId, amountMinor }: PlannedPayout): PlannedExclusion {
  const explanation = 'Money went back while the batch was made: the next one takes what is left.';
  return { partnerId, reason: 'BALANCE_CHANGED', explanation, payableMinor: amountMinor };
}

/**
 * Who can be paid what in a currency. The largest sums come first, so that a full batch leaves out the smallest.
 */
async function planPayouts(em: EntityManager, { currency, cutOffAt, at }: PlanTerms): Promise<PayoutPlan> {
  const rows = rowsOf<object>(em);
  const parts = await findPayables(rows, { currency, at: cutOffAt });
  const partnerIds = parts.map(({ partnerId }) => partnerId);
  const terms = await findPayoutTerms(rows, { partnerIds, currency, at });
  const payouts: PlannedPayout[] = [];
  const exclusions: PlannedExclusion[] = [];
  for (const part of parts) {
    const { partnerId } = part;
    const own = present(terms.get(partnerId), 'the partner of an account');
    const { payoutMinor, reason } = payoutVerdict(conditionsOf(part, own));
    if (reason === 'NOTHING_OWED') continue;
    if (reason === null && payouts.length < MAX_PAYOUTS) {
      const detailsId = present(own.detailsId, 'the account of a partner that is paid');
      payouts.push({ partnerId, amountMinor: payoutMinor, detailsId });
    } else exclusions.push(exclusionOf(part, own, reason ?? 'BATCH_FULL'));
  }
  return { payouts: payouts.toSorted(byPartner), exclusions };
}

function exclusionOf(
  part: PayableParts,
  terms: Parameters<typeof conditionsOf>[1],
  reason: WithheldReason,
): PlannedExclusion {
  const { partnerId, payableMinor } = part;
  return { partnerId, reason, explanation: explainWithheld(reason, conditionsOf(part, terms)), payableMinor };
}

function byPartner(one: PlannedPayout, other: PlannedPayout): number {
  return one.partnerId < other.partnerId ? -1 : 1;
}
