import fc from 'fast-check';
import {
  type AdvanceTerm,
  type Beneficiary,
  type DeductionTerm,
  ROUNDING_RULES,
  ratio,
  type ShareTerm,
  type SplitInput,
  type TouchpointCredit,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';

const MILLION = 1_000_000n;
const PARTNERS = ['a', 'b', 'c'] as const;

/** Sales of a few units, of a currency with none, two and three decimals, and the largest that a column holds. */
const SCALES = [50n, 3_000n, 10n ** 6n, 10n ** 9n, 2n ** 62n] as const;

/** Turns a part of a million into an amount that means something beside the sale. */
type Sized<T> = (scale: bigint) => T;

const anyPart = fc.bigInt({ min: 0n, max: MILLION });
const scaled = (part: bigint, scale: bigint) => (scale * part) / MILLION;

/** Any percentage up to the limit, of few and of many decimals. */
function anyPercent(limit: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer({ min: 0, max: limit }).map(String),
    fc.integer({ min: 0, max: limit * 10_000 }).map((parts) => (parts / 10_000).toFixed(4)),
  );
}

const anyPartner = fc.constantFrom(...PARTNERS).map((partnerId) => ({ kind: 'PARTNER' as const, partnerId }));

const anyBeneficiary: fc.Arbitrary<Beneficiary> = fc.oneof(
  fc.constant({ kind: 'PLATFORM' as const }),
  fc.constant({ kind: 'CAMPAIGN_POOL' as const }),
  { weight: 3, arbitrary: anyPartner },
);

const anyBasis = fc.constantFrom('SALE' as const, 'REST' as const);

/** From nothing left to nearly the sale. */
const anyCap = fc.option(anyPart, { nil: undefined, freq: 2 });

/** What all terms of a step have, save their place. */
type Unplaced<T> = T extends unknown ? Omit<T, 'id' | 'step' | 'clause'> : never;

const anyScale: fc.Arbitrary<Sized<{ fromMinor: bigint; percent: string }[]>> = fc
  .array(fc.record({ width: anyPart, percent: anyPercent(40) }), { minLength: 1, maxLength: 5 })
  .map((tiers) => (scale) => {
    let fromMinor = 0n;
    return tiers.map(({ width, percent }, index) => {
      if (index > 0) fromMinor += 1n + scaled(width, scale);
      return { fromMinor, percent };
    });
  });

const anyShareTerm: fc.Arbitrary<Sized<Unplaced<ShareTerm>>> = fc
  .record({
    kind: fc.constantFrom('PERCENTAGE' as const, 'FLAT' as const, 'TIERED' as const),
    beneficiary: anyBeneficiary,
    capPart: anyCap,
    basis: anyBasis,
    percent: anyPercent(45),
    flatPart: anyPart,
    tiersOf: anyScale,
    countedPart: anyPart,
  })
  .map(({ kind, beneficiary, capPart, basis, percent, flatPart, tiersOf, countedPart }) => (scale) => {
    const cap = capPart === undefined ? {} : { cap: { leftMinor: scaled(capPart, scale) / 4n } };
    const header = { beneficiary, ...cap };
    if (kind === 'PERCENTAGE') return { ...header, kind, percent, basis };
    if (kind === 'FLAT') return { ...header, kind, amountMinor: scaled(flatPart, scale) / 4n + 1n };
    return { ...header, kind, basis, tiers: tiersOf(scale), cumulativeMinor: 2n * scaled(countedPart, scale) };
  });

const anyAdvance: fc.Arbitrary<Sized<Unplaced<AdvanceTerm>>> = fc
  .record({ beneficiary: anyPartner, percent: anyPercent(100), outstandingPart: anyPart })
  .map(({ beneficiary, percent, outstandingPart }) => (scale) => {
    return { kind: 'ADVANCE', beneficiary, percent, outstandingMinor: scaled(outstandingPart, scale) };
  });

const anyDeductions: fc.Arbitrary<Unplaced<DeductionTerm>[]> = fc
  .record({
    costs: fc.subarray(['TAX', 'PROVIDER_FEE', 'DISCOUNT'] as const),
    funder: fc.oneof(fc.constant({ kind: 'PLATFORM' as const }), anyPartner),
  })
  .map(({ costs, funder }) =>
    costs.map((cost) => ({ kind: 'DEDUCTION', cost, ...(cost === 'DISCOUNT' ? { fundedBy: funder } : {}) })),
  );

/** Any terms of all kinds: costs first or last, up to four steps of up to three shares, up to three advances. */
const anyTerms: fc.Arbitrary<Sized<WaterfallTerm[]>> = fc
  .record({
    deductions: anyDeductions,
    isCostFirst: fc.boolean(),
    steps: fc.array(fc.array(anyShareTerm, { maxLength: 3 }), { maxLength: 4 }),
    advances: fc.array(anyAdvance, { maxLength: 3 }),
  })
  .map(({ deductions, isCostFirst, steps, advances }) => (scale) => {
    const costs = deductions.map(
      (term): WaterfallTerm => ({ ...term, id: term.cost, step: isCostFirst ? 1 : 9, clause: '1' }),
    );
    const shares = steps.flatMap((terms, step) =>
      terms.map(
        (term, place): WaterfallTerm => ({ ...term(scale), id: `${step}.${place}`, step: step + 2, clause: '2' }),
      ),
    );
    const recoups = advances.map(
      (term, index): WaterfallTerm => ({ ...term(scale), id: `advance ${index}`, step: 10 - index, clause: '3' }),
    );
    return [...costs, ...shares, ...recoups];
  });

const anyCredits = fc
  .array(fc.record({ weight: fc.bigInt({ min: 0n, max: 9n }), partnerId: fc.constantFrom('a', 'b', null) }), {
    maxLength: 5,
  })
  .map((touches): TouchpointCredit[] => {
    const total = touches.reduce((sum, { weight }) => sum + weight, 0n);
    if (total === 0n) return [];
    return touches.map(({ weight, partnerId }, index) => {
      return { touchpointId: `t${index}`, partnerId, credit: ratio(weight, total) };
    });
  });

/** Mostly sales that carry their costs, some that do not, some free. */
const anySale = fc
  .record({
    gross: fc.oneof({ weight: 9, arbitrary: anyPart }, fc.constant(0n)),
    odd: fc.bigInt({ min: 0n, max: 99n }),
    tax: fc.bigInt({ min: 0n, max: MILLION / 3n }),
    fee: fc.bigInt({ min: 0n, max: MILLION / 9n }),
    discount: fc.oneof(fc.constant(0n), anyPart),
  })
  .map(({ gross, odd, tax, fee, discount }) => (scale: bigint) => ({
    grossMinor: gross === 0n ? 0n : scaled(gross, scale) + odd,
    taxMinor: scaled(tax, scale),
    providerFeeMinor: scaled(fee, scale),
    discountMinor: scaled(discount, scale),
  }));

/** Any sale under any waterfall. The terms may claim more than there is, which `assertWaterfall` would refuse. */
export const anySplit: fc.Arbitrary<SplitInput> = fc
  .record({
    scale: fc.constantFrom(...SCALES),
    sale: anySale,
    terms: anyTerms,
    credits: anyCredits,
    rounding: fc.constantFrom(...ROUNDING_RULES),
  })
  .map(({ scale, sale, terms, credits, rounding }) => ({
    sale: sale(scale),
    terms: terms(scale),
    credits,
    rounding,
  }));

export function sumOf(units: readonly bigint[]): bigint {
  return units.reduce((total, unit) => total + unit, 0n);
}
