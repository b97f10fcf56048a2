import fc from 'fast-check';
import type { TermProposal, TermWindow } from '../../src/contracts/index.ts';
import type { TermWords } from '../../src/contracts/term-row.ts';

/** What random clauses speak of. */
export interface ContractPlace {
  readonly pressId: string;
  readonly contentId: string;
  readonly campaignId: string;
}

const anyPercent = fc.integer({ min: 0, max: 4_000 }).map((hundredths) => (hundredths / 100).toFixed(2));
const anyWindow = fc.constantFrom<TermWindow>('MONTH', 'QUARTER', 'CONTRACT');
const anyAmount = fc.bigInt({ min: 1n, max: 30_000n });
const anyCap = fc.option(
  fc.record({
    capMinor: anyAmount,
    capWindow: fc.constantFrom('SALE' as const, 'MONTH' as const, 'CONTRACT' as const),
  }),
  { nil: undefined },
);

/** Rates that go up from zero on. */
const anyTiers = fc.uniqueArray(fc.integer({ min: 1, max: 60_000 }), { minLength: 1, maxLength: 3 }).chain((from) => {
  const thresholds = [0, ...from.sort((a, b) => a - b)];
  return fc
    .array(anyPercent, { minLength: thresholds.length, maxLength: thresholds.length })
    .map((percents) => percents.map((percent, at) => ({ from: String(thresholds[at]), percent })));
});

type Rate = Pick<TermProposal, 'kind' | 'basis' | 'percent' | 'tiers' | 'window' | 'capMinor' | 'capWindow'>;

const anyRate: fc.Arbitrary<Rate> = fc
  .record({
    basis: fc.constantFrom('SALE' as const, 'REST' as const),
    percent: anyPercent,
    tiers: fc.option(fc.record({ tiers: anyTiers, window: anyWindow }), { nil: undefined }),
    cap: anyCap,
  })
  .map(({ basis, percent, tiers, cap }): Rate => {
    const rate: Rate = tiers ? { kind: 'TIERED', basis, ...tiers } : { kind: 'PERCENTAGE', basis, percent };
    return cap ? { ...rate, ...cap } : rate;
  });

const anyPlatformRate = anyRate;
const anyFlat = fc.record({ amountMinor: anyAmount, cap: anyCap });
const anyAdvance = fc.record({ percent: anyPercent, amountMinor: fc.bigInt({ min: 1n, max: 80_000n }) });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

/** Clauses of every kind, in steps: costs, a flat amount, rates with scopes, a pool, what is left, and an advance. */
export function anyTerms({ pressId, contentId, campaignId }: ContractPlace): fc.Arbitrary<TermProposal[]> {
  const press = { beneficiary: 'PARTNER' as const, partnerId: pressId };
  return fc
    .record({
      deductsTax: fc.boolean(),
      deductsFee: fc.boolean(),
      funder: maybe(fc.constantFrom('PLATFORM' as const, 'CONTENT_OWNER' as const)),
      flat: maybe(anyFlat),
      platform: anyPlatformRate,
      press: anyRate,
      scoped: maybe(fc.record({ rate: anyRate, scope: fc.constantFrom({ contentId }, { campaignId }) })),
      pool: maybe(anyRate),
      owner: anyRate,
      advance: maybe(anyAdvance),
    })
    .map((it) => {
      const terms: (Partial<TermWords> & Pick<TermWords, 'clause' | 'step' | 'kind'>)[] = [];
      if (it.deductsTax) terms.push({ clause: '1.1', step: 1, kind: 'DEDUCTION', cost: 'TAX' });
      if (it.deductsFee) terms.push({ clause: '1.2', step: 1, kind: 'DEDUCTION', cost: 'PROVIDER_FEE' });
      if (it.funder)
        terms.push({ clause: '1.3', step: 1, kind: 'DEDUCTION', cost: 'DISCOUNT', beneficiary: it.funder });
      if (it.flat) {
        const { cap, amountMinor } = it.flat;
        terms.push({ clause: '2.1', step: 2, kind: 'FLAT', amountMinor, ...press, ...cap });
      }
      terms.push({ clause: '3.1', step: 3, beneficiary: 'PLATFORM', ...worded(it.platform) });
      terms.push({ clause: '3.2', step: 3, ...press, ...worded(it.press) });
      if (it.scoped) terms.push({ clause: '3.3', step: 3, ...press, ...worded(it.scoped.rate), ...it.scoped.scope });
      if (it.pool) terms.push({ clause: '4.1', step: 4, beneficiary: 'CAMPAIGN_POOL', ...worded(it.pool) });
      terms.push({ clause: '5.1', step: 5, beneficiary: 'CONTENT_OWNER', ...worded(it.owner) });
      if (it.advance)
        terms.push({ clause: '6.1', step: 6, kind: 'ADVANCE', beneficiary: 'CONTENT_OWNER', ...it.advance });
      return terms.map((term): TermProposal => ({ ...term, description: `Clause ${term.clause}.` }));
    });
}

function worded(rate: Rate): Partial<TermWords> & Pick<TermWords, 'kind'> {
  return Object.fromEntries(Object.entries(rate).filter(([, value]) => value !== undefined)) as never;
}
