import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf, type PlacedDraft, postingsOfShares } from '../../../src/allocations/allocation-entry.ts';
import { returnItem } from '../../../src/allocations/return-item.ts';
import { type ShareDraft, sameShares } from '../../../src/allocations/share-draft.ts';
import { type SplitRules, splitItem } from '../../../src/allocations/split-item.ts';
import { BENEFICIARIES, type TermRow } from '../../../src/contracts/index.ts';
import { wordsOf } from '../../../src/contracts/term-row.ts';
import { assertEntry } from '../../../src/ledger/entry.ts';
import { ROUNDING_RULES } from '../../../src/math/allocation/index.ts';
import type { AccountedEntry } from '../../../src/partner-accounts/index.ts';
import { present } from '../../../src/shared/invariant.ts';

const PARTNERS = ['owner', 'press', 'gym', 'bank'];

/** A step of one to three shares of at most 100 % in all. */
const anyShares = fc
  .array(
    fc.record({
      hundredths: fc.integer({ min: 0, max: 3_333 }),
      beneficiary: fc.constantFrom(...BENEFICIARIES),
      partner: fc.constantFrom(...PARTNERS),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((shares) =>
    shares.map(({ hundredths, beneficiary, partner }) => ({
      kind: 'PERCENTAGE' as const,
      basis: 'REST' as const,
      percent: (hundredths / 100).toFixed(2),
      beneficiary,
      partnerId: beneficiary === 'PARTNER' ? partner : null,
      cost: null,
    })),
  );

const feeFirst = { kind: 'DEDUCTION', basis: null, percent: null, beneficiary: null, partnerId: null } as const;

const anyRules: fc.Arbitrary<SplitRules> = fc
  .record({
    steps: fc.array(anyShares, { minLength: 1, maxLength: 4 }),
    deductsFee: fc.boolean(),
    rounding: fc.constantFrom(...ROUNDING_RULES),
    currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
  })
  .map(({ steps, deductsFee, rounding, currency }) => {
    const deductions = deductsFee ? [[{ ...feeFirst, cost: 'PROVIDER_FEE' as const }]] : [];
    const terms = [...deductions, ...steps].flatMap((shares, step) =>
      shares.map((share) => ({ ...share, step: step + 1 })),
    );
    const version = {
      rounding,
      currency,
      terms: terms.map(
        (term, position): TermRow => ({
          ...wordsOf({ ...term, clause: `${term.step}.${position}`, description: '' }),
          id: `term-${position}`,
          versionId: 'version',
          position,
        }),
      ),
    };
    return { version, currency };
  });

const anyCredits = fc.integer({ min: 0, max: 5 }).map((count) =>
  Array.from({ length: count }, (_, at) => ({
    touchpointId: `touchpoint-${at}`,
    partnerId: PARTNERS[at % PARTNERS.length] ?? '',
    campaignId: 'campaign',
    channel: 'EMAIL',
    credit: `1/${count}`,
  })),
);

const anySale = fc.record({
  rules: anyRules,
  credits: anyCredits,
  grossMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }),
  feeMinor: fc.bigInt({ min: 0n, max: 10n ** 6n }),
  refunds: fc.array(fc.integer({ min: 0, max: 1_000 }), { maxLength: 6 }),
});

type Sale = typeof anySale extends fc.Arbitrary<infer Value> ? Value : never;

function splitOf({ rules, credits, grossMinor, feeMinor }: Sale): PlacedDraft {
  const facts = {
    ownerPartnerId: 'owner',
    grossMinor: String(grossMinor),
    taxMinor: '0',
    providerFeeMinor: String(feeMinor),
    credits,
  };
  const source = { refundId: null, chargebackId: null, supersedesId: null };
  const sale = { kind: 'SALE', orderItemId: 'item', ...source, provider: 'sandbox' } as const;
  const when = { effectiveAt: new Date(0), availableAt: new Date(0), currency: rules.currency };
  const names = { id: 'allocation', period: '1970-01' };
  return { ...names, ...sale, ...when, amountMinor: grossMinor, shares: named(splitItem(facts, rules).shares) };
}

function entryFor(draft: PlacedDraft): AccountedEntry {
  return present(entryOf(draft), 'the entry of a sale or return that is something');
}

function named(shares: readonly ShareDraft[]): PlacedDraft['shares'] {
  return shares.map((share, at) => ({ ...share, id: `share-${at}` }));
}

describe('the entry of an allocation', () => {
  it('balances for any waterfall, amount, fee and credits, and posts each share that is something', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const draft = splitOf(sale);
        const entry = entryFor(draft);
        assertEntry(entry);
        const ids = entry.postings.map((_, at) => `posting-${at}`);
        const places = postingsOfShares(draft, ids);
        draft.shares.forEach((share, at) => {
          const posting = entry.postings[ids.indexOf(places[at] ?? '')];
          expect(posting?.amountMinor ?? 0n).toBe(-share.amountMinor);
          if (posting) expect(posting.reference).toMatch(new RegExp(`/share:${at}$`));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('is the same whenever it is made from the same facts', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const [first, second] = [splitOf(sale), splitOf(sale)];
        expect(sameShares(first.shares, second.shares)).toBe(true);
        expect(entryOf(first)).toEqual(entryOf(second));
      }),
      { numRuns: 200 },
    );
  });

  it('balances for every refund of any sequence, which all together undo the sale', () => {
    fc.assert(
      fc.property(anySale, (sale) => {
        const sold = splitOf(sale);
        const stops = [...sale.refunds, 1_000]
          .sort((a, b) => a - b)
          .map((part) => (sale.grossMinor * BigInt(part)) / 1_000n);
        const left = sold.shares.map(({ amountMinor }) => amountMinor);
        let before = 0n;
        for (const after of stops) {
          const facts = { refundedBeforeMinor: String(before), refundedAfterMinor: String(after) };
          const shares = returnItem(facts, {
            split: sold.shares,
            rounding: sale.rules.version.rounding,
            currency: sale.rules.currency,
          });
          if (after > before) {
            assertEntry(
              entryFor({
                ...sold,
                kind: 'REFUND',
                refundId: 'refund',
                amountMinor: before - after,
                shares: named(shares),
              }),
            );
          }
          shares.forEach(({ amountMinor }, at) => {
            left[at] = (left[at] ?? 0n) + amountMinor;
          });
          before = after;
        }
        expect(left.every((amount) => amount === 0n)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
