import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CheckedTerm, checkTerms } from '../../../src/contracts/contract-terms.ts';
import { AmbiguousTermsError, applicableTerms, type TermProposal, waterfallOf } from '../../../src/contracts/index.ts';
import { NAMED_CONDITIONS, slotOf } from '../../../src/contracts/term-scope.ts';
import { splitSale } from '../../../src/math/allocation/index.ts';
import { InvalidInputError } from '../../../src/shared/domain-error.ts';

const RUNS = 3_000;
const CONDITIONS = [...NAMED_CONDITIONS, 'maxMonths'] as const;
const either = <Value>(...values: Value[]) => fc.option(fc.constantFrom(...values), { nil: null, freq: 2 });

const anyScope = fc
  .record({
    contentId: either('content-1', 'content-2'),
    domainCode: either('technology', 'travel'),
    module: either('COURSE', 'CAREER'),
    campaignId: either('campaign-1', 'campaign-2'),
    channel: either('EMAIL', 'SOCIAL'),
    currency: either('CNY', 'USD'),
    maxMonths: either(6, 12),
  })
  .map((scope) => (scope.contentId === null ? scope : { ...scope, domainCode: null, module: null }));

const anyTerm: fc.Arbitrary<Omit<TermProposal, 'clause'>> = fc
  .tuple(anyScope, fc.constantFrom('PLATFORM', 'CONTENT_OWNER'), fc.constantFrom('PERCENTAGE', 'FLAT', 'DEDUCTION'))
  .map(([scope, beneficiary, kind]) => {
    const term = { ...scope, description: 'A clause.' };
    if (kind === 'DEDUCTION') return { ...term, kind: 'DEDUCTION', step: 1, cost: 'PROVIDER_FEE' };
    const share = { ...term, beneficiary, step: 2 } as const;
    if (kind === 'FLAT') return { ...share, kind: 'FLAT', amountMinor: 5n, currency: scope.currency ?? 'CNY' };
    return { ...share, kind: 'PERCENTAGE', basis: 'SALE', percent: '10' };
  });

/** Scopes of one sort meet often, so that few random sets are accepted: fewer conditions make more of them. */
const anyTerms = fc
  .tuple(fc.array(anyTerm, { minLength: 1, maxLength: 8 }), fc.subarray([...CONDITIONS]))
  .map(([terms, kept]) =>
    terms.map((term, at): TermProposal => {
      const left = CONDITIONS.filter((condition) => !kept.includes(condition));
      const open = left.filter((condition) => condition !== 'currency' || term.kind !== 'FLAT');
      return { ...term, ...Object.fromEntries(open.map((condition) => [condition, null])), clause: `${at + 1}` };
    }),
  );

const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n));

const anySale = fc
  .record({
    contentId: fc.constantFrom('content-1', 'content-2', 'content-3'),
    domainCode: fc.constantFrom('technology', 'travel', 'arts'),
    module: fc.constantFrom('COURSE', 'CAREER'),
    campaignId: either('campaign-1', 'campaign-2', 'campaign-3'),
    channel: either('EMAIL', 'SOCIAL'),
    currency: fc.constantFrom('CNY', 'USD'),
    age: fc.constantFrom(0, 100, 181, 182, 300, 365, 366, 367, 900),
  })
  .map(({ age, ...sale }) => ({ ...sale, customerSince: day(0), soldAt: day(age), timeZone: 'UTC' }));

function accepted(terms: readonly TermProposal[]): CheckedTerm[] | null {
  try {
    return checkTerms(terms, { partyIds: [], currencies: ['CNY', 'USD'] });
  } catch (error) {
    if (error instanceof AmbiguousTermsError || error instanceof InvalidInputError) return null;
    throw error;
  }
}

describe('clauses that the checks accept', () => {
  it('never leave two of a slot for a sale, and always split it to the last unit', () => {
    let count = 0;
    fc.assert(
      fc.property(anyTerms, fc.array(anySale, { minLength: 5, maxLength: 5 }), (terms, sales) => {
        const checked = accepted(terms);
        if (!checked) return;
        count += checked.length > 1 ? 1 : 0;
        for (const sale of sales) {
          const applicable = applicableTerms(checked, sale);
          const slots = applicable.map(slotOf);
          expect(new Set(slots).size).toBe(slots.length);
          const named = applicable.map((term) => ({ ...term, id: term.clause }));
          const waterfall = waterfallOf(named, { ownerPartnerId: 'owner', counters: new Map() });
          const facts = { grossMinor: 1_000n, taxMinor: 0n, providerFeeMinor: 7n, discountMinor: 0n };
          const shares = splitSale({ sale: facts, terms: waterfall, credits: [], rounding: 'LISTED_ORDER' });
          expect(shares.reduce((sum, { amountMinor }) => sum + amountMinor, 0n)).toBe(1_000n);
        }
      }),
      { numRuns: RUNS },
    );
    // A property that random sets hardly ever reach would prove nothing.
    expect(count).toBeGreaterThan(RUNS / 20);
  });

  it('are found whatever their order, and only where the sale meets them', () => {
    fc.assert(
      fc.property(anyTerms, anySale, (terms, sale) => {
        const checked = accepted(terms);
        if (!checked) return;
        const found = applicableTerms(checked, sale).map(({ clause }) => clause);
        const reversed = applicableTerms(checked.toReversed(), sale).map(({ clause }) => clause);
        expect(reversed.toReversed()).toEqual(found);
        for (const { contentId, campaignId, channel } of applicableTerms(checked, sale)) {
          expect([null, sale.contentId]).toContain(contentId);
          expect([null, sale.campaignId]).toContain(campaignId);
          expect([null, sale.channel]).toContain(channel);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('lose a clause for a sale only to a rival that applies to it', () => {
    fc.assert(
      fc.property(anyTerms, anySale, (terms, sale) => {
        const checked = accepted(terms);
        if (!checked) return;
        const applicable = applicableTerms(checked, sale);
        for (const term of checked) {
          if (applicableTerms([term], sale).length === 0 || applicable.includes(term)) continue;
          expect(applicable.map(slotOf)).toContain(slotOf(term));
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
