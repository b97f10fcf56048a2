import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AllocationShare,
  allocateRefund,
  type Beneficiary,
  parsePercentage,
  type Ratio,
  ROUNDING_RULES,
  ratio,
  type SaleFacts,
  type SplitInput,
  splitSale,
  type TouchpointCredit,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';

const RUNS = 2_000;
const sum = (units: readonly bigint[]) => units.reduce((total, unit) => total + unit, 0n);

const anyBeneficiary = fc.oneof(
  fc.constant<Beneficiary>({ kind: 'PLATFORM' }),
  fc.constant<Beneficiary>({ kind: 'CAMPAIGN_POOL' }),
  fc.constantFrom('a', 'b', 'c').map((partnerId): Beneficiary => ({ kind: 'PARTNER', partnerId })),
);

/** Up to four steps of up to three shares, within 100 percent of the sale even when all of them are taken of it. */
const anyShareTerms = fc.array(
  fc.array(
    fc.record({
      percent: fc.integer({ min: 0, max: 83_333 }).map((thousandths) => (thousandths / 10_000).toFixed(4)),
      basis: fc.constantFrom('SALE' as const, 'REST' as const),
      beneficiary: anyBeneficiary,
    }),
    { maxLength: 3 },
  ),
  { maxLength: 4 },
);

const anyTerms = fc
  .record({ steps: anyShareTerms, costs: fc.subarray(['TAX', 'PROVIDER_FEE'] as const), isCostFirst: fc.boolean() })
  .map(({ steps, costs, isCostFirst }): WaterfallTerm[] => {
    const costStep = isCostFirst ? 1 : 9;
    const deductions = costs.map(
      (cost): WaterfallTerm => ({ kind: 'DEDUCTION', id: cost, step: costStep, clause: '1', cost }),
    );
    const shares = steps.flatMap((terms, step) =>
      terms.map((term, place): WaterfallTerm => {
        return { kind: 'PERCENTAGE', id: `${step}.${place}`, step: step + 2, clause: '2', ...term };
      }),
    );
    return [...deductions, ...shares];
  });

const anyCredits = fc
  .array(fc.record({ weight: fc.bigInt({ min: 0n, max: 9n }), partnerId: fc.constantFrom('a', 'b', null) }), {
    maxLength: 5,
  })
  .map((touches): TouchpointCredit[] => {
    const total = sum(touches.map(({ weight }) => weight));
    if (total === 0n) return [];
    return touches.map(({ weight, partnerId }, index) => {
      return { touchpointId: `t${index}`, partnerId, credit: ratio(weight, total) };
    });
  });

/** Mostly sales that carry their costs, some that do not. */
const anySale = fc.record<SaleFacts>({
  grossMinor: fc.oneof(fc.bigInt({ min: 0n, max: 50n }), fc.bigInt({ min: 0n, max: 10n ** 9n })),
  taxMinor: fc.bigInt({ min: 0n, max: 40n }),
  providerFeeMinor: fc.bigInt({ min: 0n, max: 40n }),
});

const anyInput: fc.Arbitrary<SplitInput> = fc.record({
  sale: anySale,
  terms: anyTerms,
  credits: anyCredits,
  rounding: fc.constantFrom(...ROUNDING_RULES),
});

const amountsOf = (shares: readonly AllocationShare[]) => shares.map(({ amountMinor }) => amountMinor);

describe('splitSale, for any waterfall and any sale', () => {
  it('sums to the sale exactly', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        expect(sum(amountsOf(splitSale(input)))).toBe(input.sale.grossMinor);
      }),
      { numRuns: RUNS },
    );
  });

  it('takes nothing from anybody but the platform', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const { party, amountMinor } of splitSale(input)) {
          expect(amountMinor >= 0n || party.kind === 'PLATFORM').toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('pays tax and fee in full, whatever the contract says', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const shares = splitSale(input);
        const paidTo = (kind: string) => sum(amountsOf(shares.filter(({ party }) => party.kind === kind)));
        expect(paidTo('TAX_AUTHORITY')).toBe(input.sale.taxMinor);
        expect(paidTo('PAYMENT_PROVIDER')).toBe(input.sale.providerFeeMinor);
      }),
      { numRuns: RUNS },
    );
  });

  it('pays every term at most a unit more than its percentage, and less than a unit too little unless it was cut', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        for (const [shares, exact, isCut] of percentagesPaid(splitSale(input))) {
          const excess = ratio(sum(amountsOf(shares))).sub(exact);
          expect(excess.lte(1n)).toBe(true);
          expect(isCut || excess.gt(-1n)).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('cites every term of the contract, and only those', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const cited = splitSale(input).flatMap(({ termId }) => termId ?? []);
        expect(new Set(cited)).toEqual(new Set(input.terms.map(({ id }) => id)));
      }),
      { numRuns: RUNS },
    );
  });

  it('is undone to the unit by any sequence of partial refunds', () => {
    const anyParts = fc.array(fc.bigInt({ min: 0n, max: 1_000n }), { maxLength: 6 });
    fc.assert(
      fc.property(anyInput, anyParts, (input, parts) => {
        fc.pre(input.sale.grossMinor > 0n);
        const sharesMinor = amountsOf(splitSale(input));
        const cumulatives = parts
          .map((part) => (input.sale.grossMinor * part) / 1_000n)
          .toSorted((a, b) => Number(a - b));
        let returnedMinor = sharesMinor.map(() => 0n);
        for (const cumulativeMinor of [...cumulatives, input.sale.grossMinor]) {
          const due = allocateRefund({ sharesMinor, returnedMinor, cumulativeMinor, rounding: input.rounding });
          returnedMinor = returnedMinor.map((before, index) => before + (due[index] ?? 0n));
          expect(sum(returnedMinor)).toBe(cumulativeMinor);
        }
        expect(returnedMinor).toEqual(sharesMinor);
      }),
      { numRuns: RUNS },
    );
  });
});

/** The shares of each percentage term, with the exact amount that its percentage comes to. */
function percentagesPaid(shares: readonly AllocationShare[]): [AllocationShare[], Ratio, boolean][] {
  const byTerm = Map.groupBy(shares, ({ termId }) => termId);
  return [...byTerm.values()].flatMap((ofTerm): [AllocationShare[], Ratio, boolean][] => {
    const derivation = ofTerm[0]?.derivation;
    if (!derivation || !('of' in derivation)) return [];
    const { percent, basisMinor, isCut } = derivation.of;
    return [[ofTerm, parsePercentage(percent).mul(basisMinor), isCut]];
  });
}
