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
  const atMonths = (soldAt: string, customerSince = '2026-01-31T10:00:00Z', timeZone = 'UTC') =>
    applicableTerms([row({ maxMonths: 1 })], {
      contentId: 'content',
      domainCode: 'arts',
      module: 'COURSE',
      campaignId: null,
      channel: null,
      currency: 'CNY',
      customerSince: new Date(customerSince),
      soldAt: new Date(soldAt),
      timeZone,
    }).length;

  it('applies until as many months after the first sale, the last day of a short month included', () => {
    expect(atMonths('2026-01-31T10:00:00Z')).toBe(1);
    expect(atMonths('2026-02-28T09:59:59.999Z')).toBe(1);
    expect(atMonths('2026-02-28T10:00:00Z')).toBe(0);
  });

  it.each([
    // 1 March, 04:00 in Shanghai, is still February in UTC: until 1 April there, not until 28 March.
    ['2026-02-28T20:00:00Z', 'Asia/Shanghai', '2026-03-31T20:00:00Z'],
    // 31 January, 20:00 in Los Angeles, is February in UTC: until 28 February there, not until 1 March.
    ['2026-02-01T04:00:00Z', 'America/Los_Angeles', '2026-03-01T04:00:00Z'],
    // Noon in Berlin before and after clocks go forward on 29 March: an hour less than in UTC.
    ['2026-03-01T11:00:00Z', 'Europe/Berlin', '2026-04-01T10:00:00Z'],
    // 8 February, 02:30 in New York: a month later there is no such time, and the clock then shows 03:30.
    ['2026-02-08T07:30:00Z', 'America/New_York', '2026-03-08T07:30:00Z'],
  ])('counts months from %s by the clock of %s, up to %s', (customerSince, timeZone, end) => {
    const before = new Date(Date.parse(end) - 1).toISOString();
    expect(atMonths(before, customerSince, timeZone)).toBe(1);
    expect(atMonths(end, customerSince, timeZone)).toBe(0);
  });
});
