import { describe, expect, it } from 'vitest';
import type { TermProposal } from '../../../src/contracts/index.ts';
import { applicableTerms, counterKeysOf, type TermRow, waterfallOf } from '../../../src/contracts/index.ts';
import { wordsOf } from '../../../src/contracts/term-row.ts';

const sale = { ownerPartnerId: 'owner', at: new Date('2026-09-30T16:30:00Z'), timeZone: 'Asia/Shanghai' };
const tiers = [
  { from: '0', percent: '10' },
  { from: '9007199254740993', percent: '20' },
];

function row(term: Partial<TermProposal>): TermRow {
  const words = { clause: '3.1', step: 1, kind: 'PERCENTAGE', description: '', basis: 'SALE', percent: '10' } as const;
  return { ...wordsOf({ ...words, beneficiary: 'CONTENT_OWNER', ...term }), id: 'term', versionId: 'v', position: 0 };
}

describe('what a clause counts', () => {
  it.each<[string, Partial<TermProposal>, string[]]>([
    ['nothing', {}, []],
    ['nothing under a cap on each sale', { capMinor: 5n, capWindow: 'SALE' }, []],
    ['a capped month', { capMinor: 5n, capWindow: 'MONTH' }, ['TAKEN owner 2026-10']],
    ['a capped quarter', { capMinor: 5n, capWindow: 'QUARTER' }, ['TAKEN owner 2026-Q4']],
    ['a capped contract', { capMinor: 5n, capWindow: 'CONTRACT', beneficiary: 'PLATFORM' }, ['TAKEN PLATFORM ALL']],
    [
      'a capped pool',
      { capMinor: 5n, capWindow: 'MONTH', beneficiary: 'CAMPAIGN_POOL' },
      ['TAKEN CAMPAIGN_POOL 2026-10'],
    ],
    ['tiers by the month', { kind: 'TIERED', percent: null, tiers, window: 'MONTH' }, ['COUNTED owner 2026-10']],
    [
      'capped tiers, each in its window',
      { kind: 'TIERED', percent: null, tiers, window: 'CONTRACT', capMinor: 5n, capWindow: 'QUARTER' },
      ['COUNTED owner ALL', 'TAKEN owner 2026-Q4'],
    ],
    [
      'what an advance has got back',
      { kind: 'ADVANCE', basis: null, amountMinor: 5n, beneficiary: 'PARTNER', partnerId: 'press' },
      ['TAKEN press ALL'],
    ],
  ])('is %s', (_, term, expected) => {
    const keys = counterKeysOf(row(term), sale);
    expect(keys.map(({ kind, subject, window }) => `${kind} ${subject} ${window}`)).toEqual(expected);
    expect(keys.every(({ clause }) => clause === '3.1')).toBe(true);
  });

  it('falls into the month of the contract’s time zone', () => {
    const capped = row({ capMinor: 5n, capWindow: 'MONTH' });
    expect(counterKeysOf(capped, { ...sale, timeZone: 'UTC' })[0]?.window).toBe('2026-09');
  });
});

describe('clauses as the kernel reads them', () => {
  it('say what caps, tiers and advances still have to go', () => {
    const counters = new Map([['term', { countedMinor: 300n, takenMinor: 40n }]]);
    const read = (term: Partial<TermProposal>) => waterfallOf([row(term)], { ownerPartnerId: 'owner', counters })[0];
    expect(read({ capMinor: 100n, capWindow: 'MONTH' })).toMatchObject({ cap: { leftMinor: 60n } });
    expect(read({ capMinor: 30n, capWindow: 'MONTH' })).toMatchObject({ cap: { leftMinor: 0n } });
    expect(read({ capMinor: 30n, capWindow: 'SALE' })).toMatchObject({ cap: { leftMinor: 30n } });
    expect(read({})).not.toHaveProperty('cap');
    expect(read({ kind: 'TIERED', tiers, window: 'MONTH' })).toMatchObject({
      cumulativeMinor: 300n,
      tiers: [{ fromMinor: 0n }, { fromMinor: 9_007_199_254_740_993n, percent: '20' }],
    });
    const press = { beneficiary: 'PARTNER', partnerId: 'press' } as const;
    expect(read({ kind: 'ADVANCE', amountMinor: 100n, ...press })).toMatchObject({ outstandingMinor: 60n });
    expect(read({ kind: 'ADVANCE', amountMinor: 10n, ...press })).toMatchObject({ outstandingMinor: 0n });
    expect(read({ kind: 'DEDUCTION', cost: 'DISCOUNT', beneficiary: 'CONTENT_OWNER' })).toMatchObject({
      cost: 'DISCOUNT',
      fundedBy: { kind: 'PARTNER', partnerId: 'owner' },
    });
  });
});

describe('a clause with a duration', () => {
  const atMonths = (soldAt: string) =>
    applicableTerms([row({ maxMonths: 1 })], {
      contentId: 'content',
      domainCode: 'arts',
      module: 'COURSE',
      campaignId: null,
      channel: null,
      currency: 'CNY',
      customerSince: new Date('2026-01-31T10:00:00Z'),
      soldAt: new Date(soldAt),
    }).length;

  it('applies until as many months after the first sale, the last day of a short month included', () => {
    expect(atMonths('2026-01-31T10:00:00Z')).toBe(1);
    expect(atMonths('2026-02-28T09:59:59.999Z')).toBe(1);
    expect(atMonths('2026-02-28T10:00:00Z')).toBe(0);
  });
});
