import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AllocationShare,
  parsePercentage,
  ratio,
  type SplitInput,
  splitSale,
  sumRatios,
} from '../../../../src/math/allocation/index.ts';
import { anySplit, sumOf } from './any-split.ts';

const RUNS = 2_000;

const amountOf = (shares: readonly AllocationShare[]) => sumOf(shares.map(({ amountMinor }) => amountMinor));

/** Runs a check on the shares of any sale under any waterfall. */
function forAnySplit(check: (shares: AllocationShare[], input: SplitInput) => void): void {
  fc.assert(
    fc.property(anySplit, (input) => {
      check(splitSale(input), input);
    }),
    { numRuns: RUNS },
  );
}

/** The shares of each term that claims something, with the claim. */
function claimsOf(shares: readonly AllocationShare[]) {
  const byTerm = Map.groupBy(shares, ({ termId }) => termId);
  return [...byTerm.values()].flatMap((ofTerm) => {
    const derivation = ofTerm[0]?.derivation;
    if (derivation?.kind !== 'CLAIM' && derivation?.kind !== 'POOL_CREDIT' && derivation?.kind !== 'POOL_UNCREDITED') {
      return [];
    }
    return [{ ofTerm, claim: derivation.of, paidMinor: amountOf(ofTerm) }];
  });
}

/** What a claim comes to before rounding and cuts, computed from its derivation alone. */
function exactOf(claim: ReturnType<typeof claimsOf>[number]['claim']) {
  if (claim.heldToMinor !== null) return ratio(claim.heldToMinor);
  const { rate, basisMinor } = claim;
  if (rate.kind === 'FLAT') return ratio(rate.amountMinor);
  if (rate.kind === 'PERCENTAGE') return parsePercentage(rate.percent).mul(basisMinor);
  return sumRatios(rate.bands.map(({ percent, widthMinor }) => parsePercentage(percent).mul(widthMinor)));
}

describe('splitSale, for any waterfall and any sale', () => {
  it('sums to what the buyer paid exactly', () => {
    forAnySplit((shares, { sale }) => expect(amountOf(shares)).toBe(sale.grossMinor));
  });

  it('pays no term more than its cap still allows, whatever the rule', () => {
    forAnySplit((shares, { terms }) => {
      for (const term of terms) {
        if (!('cap' in term) || !term.cap) continue;
        expect(amountOf(shares.filter(({ termId }) => termId === term.id)) <= term.cap.leftMinor).toBe(true);
      }
    });
  });

  it('pays flat amounts and capped claims to the unit, unless the step was cut', () => {
    forAnySplit((shares) => {
      for (const { claim, paidMinor } of claimsOf(shares)) {
        const fixed = claim.heldToMinor ?? (claim.rate.kind === 'FLAT' ? claim.rate.amountMinor : null);
        if (fixed !== null) expect(claim.isCut ? paidMinor <= fixed : paidMinor === fixed).toBe(true);
      }
    });
  });

  it('pays every claim its exact value but for less than a unit, or a unit more under a rule that adds to whole claims', () => {
    forAnySplit((shares) => {
      for (const { claim, paidMinor } of claimsOf(shares)) {
        const excess = ratio(paidMinor).sub(exactOf(claim));
        expect(excess.lte(1n)).toBe(true);
        expect(claim.isCut || excess.gt(-1n)).toBe(true);
      }
    });
  });

  it('takes each claim of the sale, a funded discount in it, or of what the steps before left', () => {
    forAnySplit((shares, { sale, terms }) => {
      const isFunded = terms.some((term) => term.kind === 'DEDUCTION' && term.cost === 'DISCOUNT');
      const saleMinor = sale.grossMinor + (isFunded ? sale.discountMinor : 0n);
      const shortfalls = shares.filter(
        ({ derivation }) => derivation.kind === 'BORNE_BY_PLATFORM' && derivation.reason === 'SALE_TOO_SMALL',
      );
      for (const { claim, ofTerm } of claimsOf(shares)) {
        const step = ofTerm[0]?.step ?? 0;
        const before = shares.filter((share) => {
          const takes = share.derivation.kind !== 'FUNDED_DISCOUNT' && share.derivation.kind !== 'RECOUPMENT';
          return takes && share.step !== null && share.step < step;
        });
        const costsLast = terms.some((term) => term.kind === 'DEDUCTION' && term.step > step);
        const restMinor = saleMinor - amountOf(before) - (costsLast ? 0n : amountOf(shortfalls));
        const isOfSale = claim.rate.kind !== 'FLAT' && claim.rate.basis === 'SALE';
        expect(claim.basisMinor).toBe(isOfSale ? saleMinor : restMinor);
      }
    });
  });

  it('says of a claim that it was held or cut exactly where it was', () => {
    forAnySplit((shares, { terms }) => {
      const leftOf = new Map(terms.map((term) => [term.id, 'cap' in term ? term.cap?.leftMinor : undefined]));
      const claims = claimsOf(shares);
      for (const { claim, ofTerm } of claims) {
        const left = leftOf.get(ofTerm[0]?.termId ?? '');
        const isHeld = left !== undefined && exactOf({ ...claim, heldToMinor: null }).gte(left);
        expect(claim.heldToMinor).toBe(isHeld ? left : null);
      }
      for (const ofStep of Map.groupBy(claims, ({ ofTerm }) => ofTerm[0]?.step).values()) {
        expect(new Set(ofStep.map(({ claim }) => claim.isCut)).size).toBe(1);
      }
    });
  });

  it('counts the basis of tiers once a term, and nothing else', () => {
    forAnySplit((shares, { terms }) => {
      for (const { id, kind } of terms) {
        const ofTerm = shares.filter(({ termId }) => termId === id);
        const claim = claimsOf(ofTerm)[0]?.claim;
        expect(sumOf(ofTerm.map(({ countedMinor }) => countedMinor))).toBe(kind === 'TIERED' ? claim?.basisMinor : 0n);
      }
      expect(shares.every(({ termId, countedMinor }) => termId !== null || countedMinor === 0n)).toBe(true);
    });
  });

  it('takes from the platform for costs, from a funder for the discount, and from a partner for its advance alone', () => {
    forAnySplit((shares) => {
      for (const { party, amountMinor, derivation } of shares) {
        const isCharge = derivation.kind === 'FUNDED_DISCOUNT' || derivation.kind === 'RECOUPMENT';
        const isBorne = party.kind === 'PLATFORM' && derivation.kind === 'BORNE_BY_PLATFORM';
        expect(amountMinor >= 0n || isCharge || isBorne).toBe(true);
      }
    });
  });

  it('pays tax and fee in full, whatever the contract says', () => {
    forAnySplit((shares, { sale }) => {
      const paidTo = (kind: string) => amountOf(shares.filter(({ party }) => party.kind === kind));
      expect(paidTo('TAX_AUTHORITY')).toBe(sale.taxMinor);
      expect(paidTo('PAYMENT_PROVIDER')).toBe(sale.providerFeeMinor);
    });
  });

  it('charges a discount to its funder in full, and to nobody where no term says who funds it', () => {
    forAnySplit((shares, { sale, terms }) => {
      const term = terms.find((it) => it.kind === 'DEDUCTION' && it.cost === 'DISCOUNT');
      const charged = shares.filter(({ derivation }) => derivation.kind === 'FUNDED_DISCOUNT');
      expect(charged.map(({ termId, amountMinor }) => [termId, amountMinor])).toEqual(
        term ? [[term.id, -sale.discountMinor]] : [],
      );
    });
  });

  it('pays advances back from what the partner earned, as far as agreed and never beyond what is outstanding', () => {
    forAnySplit((shares, { terms }) => {
      const recouped = new Map<string, bigint>();
      for (const term of terms.toSorted((x, y) => x.step - y.step)) {
        if (term.kind !== 'ADVANCE') continue;
        const { partnerId } = term.beneficiary;
        const gains = shares.filter(
          ({ party, amountMinor }) => party.kind === 'PARTNER' && party.partnerId === partnerId && amountMinor > 0n,
        );
        const earned = amountOf(gains) - (recouped.get(partnerId) ?? 0n);
        const asked = parsePercentage(term.percent).mul(earned).floor().n;
        const isPaidBack = asked > term.outstandingMinor;
        const due = isPaidBack ? term.outstandingMinor : asked;
        const sides = shares.filter(({ termId }) => termId === term.id);
        expect(sides.map(({ party, amountMinor }) => [party.kind, amountMinor])).toEqual(
          due === 0n
            ? []
            : [
                ['PARTNER', -due],
                ['ADVANCE', due],
              ],
        );
        recouped.set(partnerId, (recouped.get(partnerId) ?? 0n) + due);
      }
    });
  });

  it('cites every term of the contract, an advance only where it recoups something, and no other', () => {
    forAnySplit((shares, { terms }) => {
      const cited = new Set(shares.flatMap(({ termId }) => termId ?? []));
      const silent = terms.filter(({ id, kind }) => kind === 'ADVANCE' && !cited.has(id));
      expect(cited.union(new Set(silent.map(({ id }) => id)))).toEqual(new Set(terms.map(({ id }) => id)));
    });
  });

  it('gives the same shares whenever it is asked', () => {
    forAnySplit((shares, input) => expect(splitSale(input)).toEqual(shares));
  });
});
