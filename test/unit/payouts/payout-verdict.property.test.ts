import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PARTNER_STATES } from '../../../src/partners/index.ts';
import {
  explainWithheld,
  type PayoutConditions,
  payoutVerdict,
  WITHHELD_REASONS,
} from '../../../src/payouts/payout-verdict.ts';

const RUNS = { numRuns: 2_000 };
const amount = fc.bigInt({ min: -1_000n, max: 1_000n });
const sum = fc.bigInt({ min: 0n, max: 1_000n });
const conditions: fc.Arbitrary<PayoutConditions> = fc.record({
  currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
  payableMinor: amount,
  waitingMinor: sum,
  underWayMinor: sum,
  minimumMinor: sum,
  partnerState: fc.constantFrom(...PARTNER_STATES),
  hasDetails: fc.boolean(),
});

describe('what a batch does for a partner', () => {
  it('is to pay all that is payable, or nothing for a reason', () => {
    fc.assert(
      fc.property(conditions, (given) => {
        const { payoutMinor, carriedOverMinor, reason } = payoutVerdict(given);
        expect(payoutMinor + carriedOverMinor).toBe(given.payableMinor);
        expect(payoutMinor === 0n || carriedOverMinor === 0n).toBe(true);
        expect(payoutMinor > 0n).toBe(reason === null);
        if (reason) expect(explainWithheld(reason, given)).toMatch(/^.+\.$/);
      }),
      RUNS,
    );
  });

  it('is never to pay less than the minimum, a partner that is not active, or one without an account', () => {
    fc.assert(
      fc.property(conditions, (given) => {
        const { payoutMinor } = payoutVerdict(given);
        const mayPay = ['ACTIVE', 'APPROVED'].includes(given.partnerState) && given.hasDetails;
        const isPaid = mayPay && given.payableMinor > 0n && given.payableMinor >= given.minimumMinor;
        expect(payoutMinor).toBe(isPaid ? given.payableMinor : 0n);
      }),
      RUNS,
    );
  });

  it('has a sentence for every reason', () => {
    const given = { payableMinor: 5n, waitingMinor: 1n, underWayMinor: 2n, minimumMinor: 9n, hasDetails: true };
    const all = WITHHELD_REASONS.map((reason) =>
      explainWithheld(reason, { ...given, currency: 'EUR', partnerState: 'SUSPENDED' }),
    );
    expect(new Set(all).size).toBe(WITHHELD_REASONS.length);
  });
});
