import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AllocationShare,
  parsePercentage,
  type SplitInput,
  splitSale,
  sumRatios,
  type Tier,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';
import { anySplit, sumOf } from './any-split.ts';

const RUNS = 1_000;

const amountsOf = (shares: readonly AllocationShare[]) =>
  shares.map(({ termId, party, touchpointId, amountMinor }) => ({ termId, party, touchpointId, amountMinor }));

function forAnySplit(check: (input: SplitInput, shares: AllocationShare[]) => void): void {
  fc.assert(
    fc.property(anySplit, (input) => {
      check(input, splitSale(input));
    }),
    { numRuns: RUNS },
  );
}

const isShareTerm = (term: WaterfallTerm) =>
  term.kind === 'PERCENTAGE' || term.kind === 'FLAT' || term.kind === 'TIERED';

describe('a split stays the same', () => {
  it('when steps get other numbers in the same order', () => {
    forAnySplit((input, shares) => {
      const terms = input.terms.map((term) => ({ ...term, step: term.step * 7 + 3 }));
      expect(amountsOf(splitSale({ ...input, terms }))).toEqual(amountsOf(shares));
    });
  });

  it('when steps are listed in another order', () => {
    forAnySplit((input, shares) => {
      const terms = input.terms.toSorted((a, b) => b.step - a.step);
      expect(amountsOf(splitSale({ ...input, terms }))).toEqual(amountsOf(shares));
    });
  });

  it('when a term gets a cap that it does not reach', () => {
    forAnySplit((input, shares) => {
      const cap = { leftMinor: 2n ** 66n };
      const terms = input.terms.map((term) => (isShareTerm(term) && !term.cap ? { ...term, cap } : term));
      expect(amountsOf(splitSale({ ...input, terms }))).toEqual(amountsOf(shares));
    });
  });

  it('when a percentage is written as tiers that all have it, whatever has been counted', () => {
    forAnySplit((input, shares) => {
      const terms = input.terms.map((term): WaterfallTerm => {
        if (term.kind !== 'PERCENTAGE') return term;
        const tiers = [0n, 7n, 1_000n].map((fromMinor) => ({ fromMinor, percent: term.percent }));
        return { ...term, kind: 'TIERED', tiers, cumulativeMinor: 500n };
      });
      expect(amountsOf(splitSale({ ...input, terms }))).toEqual(amountsOf(shares));
    });
  });

  it('when an advance is paid back already', () => {
    forAnySplit((input) => {
      const terms = input.terms.map((term) => (term.kind === 'ADVANCE' ? { ...term, outstandingMinor: 0n } : term));
      const without = input.terms.filter(({ kind }) => kind !== 'ADVANCE');
      expect(amountsOf(splitSale({ ...input, terms }))).toEqual(amountsOf(splitSale({ ...input, terms: without })));
    });
  });

  it('for everybody but the funder when a funded discount lowers the price', () => {
    forAnySplit((input) => {
      const { sale, terms } = input;
      fc.pre(terms.some((term) => term.kind === 'DEDUCTION' && term.cost === 'DISCOUNT'));
      const listPrice = { ...sale, grossMinor: sale.grossMinor + sale.discountMinor, discountMinor: 0n };
      const isOther = ({ derivation }: AllocationShare) => derivation.kind !== 'FUNDED_DISCOUNT';
      expect(amountsOf(splitSale(input).filter(isOther))).toEqual(
        amountsOf(splitSale({ ...input, sale: listPrice }).filter(isOther)),
      );
    });
  });

  it('for everybody when a discount that nobody funds is only known', () => {
    forAnySplit((input) => {
      const terms = input.terms.filter((term) => term.kind !== 'DEDUCTION' || term.cost !== 'DISCOUNT');
      const unknown = { ...input.sale, discountMinor: 0n };
      expect(splitSale({ ...input, terms })).toEqual(splitSale({ ...input, terms, sale: unknown }));
    });
  });
});

const anyTiers = fc
  .array(fc.record({ width: fc.bigInt({ min: 1n, max: 10n ** 7n }), percent: fc.integer({ min: 0, max: 100 }) }), {
    minLength: 1,
    maxLength: 20,
  })
  .map((tiers): Tier[] => {
    let fromMinor = 0n;
    return tiers.map(({ width, percent }, index) => {
      if (index > 0) fromMinor += width;
      return { fromMinor, percent: String(percent) };
    });
  });

const anyAmount = fc.oneof(
  fc.bigInt({ min: 0n, max: 5_000n }),
  fc.bigInt({ min: 0n, max: 10n ** 8n }),
  fc.bigInt({ min: 0n, max: 2n ** 62n }),
);

/** The exact claim of tiers on one sale, from its derivation, and what it counted. */
function tieredSale(tiers: readonly Tier[], cumulativeMinor: bigint, grossMinor: bigint) {
  const [share] = splitSale({
    sale: { grossMinor, taxMinor: 0n, providerFeeMinor: 0n, discountMinor: 0n },
    terms: [
      {
        kind: 'TIERED',
        id: 'tiers',
        step: 1,
        clause: '1',
        basis: 'SALE',
        tiers,
        cumulativeMinor,
        beneficiary: { kind: 'PARTNER', partnerId: 'a' },
      },
    ],
    credits: [],
    rounding: 'LARGEST_REMAINDER',
  });
  if (share?.derivation.kind !== 'CLAIM' || share.derivation.of.rate.kind !== 'TIERED') throw new Error('No tiers.');
  const { bands } = share.derivation.of.rate;
  return {
    bands,
    countedMinor: share.countedMinor,
    claim: sumRatios(bands.map(({ percent, widthMinor }) => parsePercentage(percent).mul(widthMinor))),
  };
}

/** The claim that the definition of marginal tiers gives: what is due of all that was counted, after less before. */
function dueOf(tiers: readonly Tier[], countedMinor: bigint) {
  return sumRatios(
    tiers.map(({ fromMinor, percent }, index) => {
      const toMinor = tiers[index + 1]?.fromMinor ?? countedMinor;
      const top = toMinor > countedMinor ? countedMinor : toMinor;
      return parsePercentage(percent).mul(top > fromMinor ? top - fromMinor : 0n);
    }),
  );
}

describe('marginal tiers', () => {
  it('claim the same of one sale as of two that follow each other', () => {
    fc.assert(
      fc.property(anyTiers, anyAmount, anyAmount, anyAmount, (tiers, counted, first, second) => {
        const together = tieredSale(tiers, counted, first + second);
        const one = tieredSale(tiers, counted, first);
        const two = tieredSale(tiers, counted + one.countedMinor, second);
        expect(one.claim.add(two.claim).equals(together.claim)).toBe(true);
        expect(one.countedMinor + two.countedMinor).toBe(together.countedMinor);
      }),
      { numRuns: 2 * RUNS },
    );
  });

  it('claim what is due of all that was counted, less what was due before', () => {
    fc.assert(
      fc.property(anyTiers, anyAmount, anyAmount, (tiers, counted, sold) => {
        const { claim, bands } = tieredSale(tiers, counted, sold);
        expect(claim.equals(dueOf(tiers, counted + sold).sub(dueOf(tiers, counted)))).toBe(true);
        expect(sumOf(bands.map(({ widthMinor }) => widthMinor))).toBe(sold);
        expect(bands.every(({ widthMinor }) => widthMinor > 0n)).toBe(true);
      }),
      { numRuns: 2 * RUNS },
    );
  });
});
