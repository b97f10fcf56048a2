import type { ChargebackState } from './chargeback.entity.ts';
import type { RefundState } from './refund.entity.ts';

/** What of a payment moved after it was captured, or is about to. */
export interface Movements {
  readonly refunds: readonly {
    readonly state: RefundState;
    readonly amountMinor: bigint;
    readonly settledAt?: Date | null | undefined;
  }[];
  readonly chargebacks: readonly {
    readonly state: ChargebackState;
    readonly amountMinor: bigint;
    readonly openedAt?: Date | null | undefined;
    readonly closedAt?: Date | null | undefined;
  }[];
}

/** Where the money of a captured payment is. */
export interface PaymentStanding {
  /** What the buyer has back, at least for now: refunds, and chargebacks that are not won. At most the payment. */
  readonly returnedMinor: bigint;
  /** What may still be refunded: neither back, nor on its way, nor disputed. */
  readonly leftMinor: bigint;
  /** Whether more is back, or on its way, than was paid: a refund and a chargeback met. */
  readonly isOverdrawn: boolean;
  /** Whether a dispute waits for its end. */
  readonly isDisputed: boolean;
  /** When all of it was back for good, by refunds and lost chargebacks; null while some of it is ours. */
  readonly allBackAt: Date | null;
}

/**
 * A payment's standing as a function of what happened, whatever the order in which it was told. A chargeback of which
 * only the end is known does not count: no money has moved as far as anybody said.
 */
export function standingOf(amountMinor: bigint, { refunds, chargebacks }: Movements): PaymentStanding {
  const opened = chargebacks.filter(({ openedAt, state }) => openedAt && state !== 'WON');
  const takenMinor = sumOf(opened);
  const refundedMinor = sumOf(refunds.filter(({ state }) => state === 'SUCCEEDED'));
  const promisedMinor = sumOf(refunds.filter(({ state }) => state === 'REQUESTED'));
  const leftMinor = amountMinor - refundedMinor - promisedMinor - takenMinor;
  return {
    returnedMinor: least(amountMinor, refundedMinor + takenMinor),
    leftMinor: leftMinor > 0n ? leftMinor : 0n,
    isOverdrawn: leftMinor < 0n,
    isDisputed: opened.some(({ state }) => state === 'OPEN'),
    allBackAt: allBackAt(amountMinor, { refunds, chargebacks: opened }),
  };
}

function allBackAt(amountMinor: bigint, { refunds, chargebacks }: Movements): Date | null {
  const settled = refunds.flatMap(({ state, amountMinor: backMinor, settledAt }) =>
    state === 'SUCCEEDED' && settledAt ? [{ backMinor, at: settledAt }] : [],
  );
  const lost = chargebacks.flatMap(({ state, amountMinor: backMinor, closedAt }) =>
    state === 'LOST' && closedAt ? [{ backMinor, at: closedAt }] : [],
  );
  let backMinor = 0n;
  for (const movement of [...settled, ...lost].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    backMinor += movement.backMinor;
    if (backMinor >= amountMinor) return movement.at;
  }
  return null;
}

function sumOf(movements: readonly { amountMinor: bigint }[]): bigint {
  return movements.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}
