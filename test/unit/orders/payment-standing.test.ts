import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { standingOf } from '../../../src/orders/index.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 8, minute));
const refund = (amountMinor: bigint, minute: number) => {
  return { state: 'SUCCEEDED' as const, amountMinor, settledAt: at(minute) };
};
const dispute = (state: 'OPEN' | 'WON' | 'LOST', amountMinor: bigint, minute: number) => {
  return { state, amountMinor, openedAt: at(minute), closedAt: state === 'OPEN' ? null : at(minute + 5) };
};

describe('where the money of a payment is', () => {
  it('counts what went back, what is on its way and what is disputed, and says what is left', () => {
    const refunds = [refund(3_000n, 1), { state: 'REQUESTED' as const, amountMinor: 1_000n }];
    expect(standingOf(10_000n, { refunds, chargebacks: [] })).toEqual({
      returnedMinor: 3_000n,
      leftMinor: 6_000n,
      isOverdrawn: false,
      isDisputed: false,
      allBackAt: null,
    });
    const chargebacks = [dispute('OPEN', 2_000n, 2)];
    expect(standingOf(10_000n, { refunds, chargebacks })).toMatchObject({
      returnedMinor: 5_000n,
      leftMinor: 4_000n,
      isDisputed: true,
    });
  });

  it('is with the buyer for good from the movement on that completes it, lost disputes by when they were lost', () => {
    const refunds = [refund(4_000n, 1), refund(1_000n, 50)];
    const chargebacks = [dispute('LOST', 6_000n, 10)];
    const standing = standingOf(10_000n, { refunds, chargebacks });
    expect(standing).toMatchObject({ allBackAt: at(15), returnedMinor: 10_000n, leftMinor: 0n, isOverdrawn: true });
  });

  it('takes no notice of a dispute that is only known by its end, nor of one that was won', () => {
    const unopened = { state: 'LOST' as const, amountMinor: 10_000n, openedAt: null, closedAt: at(3) };
    const chargebacks = [unopened, dispute('WON', 10_000n, 1)];
    expect(standingOf(10_000n, { refunds: [], chargebacks })).toMatchObject({ returnedMinor: 0n, leftMinor: 10_000n });
  });

  it('never says more or less than there is, and does not depend on the order of what happened', () => {
    const amount = fc.bigInt({ min: 1n, max: 20_000n });
    const minute = fc.integer({ min: 0, max: 10_000 });
    const refunds = fc.array(
      fc.oneof(
        fc.tuple(amount, minute).map(([minor, when]) => refund(minor, when)),
        amount.map((amountMinor) => ({ state: 'REQUESTED' as const, amountMinor })),
        amount.map((amountMinor) => ({ state: 'FAILED' as const, amountMinor })),
      ),
      { maxLength: 6 },
    );
    const states = fc.constantFrom('OPEN' as const, 'WON' as const, 'LOST' as const);
    const chargebacks = fc.array(
      fc.tuple(states, amount, minute).map((facts) => dispute(...facts)),
      { maxLength: 4 },
    );
    const property = fc.property(amount, refunds, chargebacks, (paid, back, disputes) => {
      const standing = standingOf(paid, { refunds: back, chargebacks: disputes });
      expect(standing.returnedMinor >= 0n && standing.returnedMinor <= paid).toBe(true);
      expect(standing.leftMinor >= 0n && standing.leftMinor <= paid).toBe(true);
      if (standing.allBackAt) expect(standing).toMatchObject({ returnedMinor: paid, leftMinor: 0n });
      const reversed = { refunds: back.toReversed(), chargebacks: disputes.toReversed() };
      expect(standingOf(paid, reversed)).toEqual(standing);
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});
