import { describe, expect, it } from 'vitest';
import type { AllocationShare } from '../../../../src/math/allocation/index.ts';
import {
  advance,
  amounts,
  credit,
  discount,
  FEE,
  flat,
  PLATFORM,
  POOL,
  partner,
  sale,
  sentences,
  split,
  TAX,
  term,
  tiered,
} from './terms.ts';

describe('a discount', () => {
  /** 100.00 on the list, 20.00 off, 80.00 paid. */
  const reduced = sale(8_000n, { discountMinor: 2_000n });
  const school = term('school', '70', { basis: 'SALE' });

  it('that the platform funds leaves the others what the list price would give them', () => {
    const shares = split([discount(PLATFORM), school], { sale: reduced });
    expect(amounts(shares)).toEqual(['PLATFORM -2000', 'school 7000', 'PLATFORM 3000']);
    expect(sentences(shares)[0]).toBe('Discount of 20.00 off the list price, which the platform funds (clause 2.3).');
    expect(shares[0]).toMatchObject({ termId: 'discount', basisMinor: 2_000n });
  });

  it('that a partner funds is charged to that partner', () => {
    const shares = split([discount(partner('press')), school], { sale: reduced });
    expect(amounts(shares)).toEqual(['press -2000', 'school 7000', 'PLATFORM 3000']);
    expect(sentences(shares)[0]).toBe('Discount of 20.00 off the list price, which the partner funds (clause 2.3).');
  });

  it('that the owner funds lowers what the owner alone has in the end', () => {
    expect(amounts(split([discount(partner('school')), school], { sale: reduced }))).toEqual([
      'school -2000',
      'school 7000',
      'PLATFORM 3000',
    ]);
  });

  it('that nobody funds lowers what everybody shares', () => {
    expect(amounts(split([school], { sale: reduced }))).toEqual(['school 5600', 'PLATFORM 2400']);
  });

  it('of everything still pays the others, at the cost of the funder', () => {
    const gift = sale(0n, { discountMinor: 10_000n });
    expect(amounts(split([discount(PLATFORM), school], { sale: gift }))).toEqual([
      'PLATFORM -10000',
      'school 7000',
      'PLATFORM 3000',
    ]);
  });

  it('is in the rest from the beginning, whatever step says who funds it', () => {
    const paid = sale(8_000n, { discountMinor: 2_000n, taxMinor: 600n, providerFeeMinor: 120n });
    const half = term('school', '50');
    const first = split([FEE, TAX, discount(PLATFORM), half], { sale: paid });
    expect(amounts(first)).toEqual([
      'PAYMENT_PROVIDER 120',
      'TAX_AUTHORITY 600',
      'PLATFORM -2000',
      'school 4640',
      'PLATFORM 4640',
    ]);
    expect(first.map(({ basisMinor }) => basisMinor)).toEqual([10_000n, 9_880n, 2_000n, 9_280n, 4_640n]);
    const last = split([FEE, TAX, half, { ...discount(PLATFORM), step: 8 }], { sale: paid });
    expect(amounts(last)).toEqual([
      'PAYMENT_PROVIDER 120',
      'TAX_AUTHORITY 600',
      'school 4640',
      'PLATFORM -2000',
      'PLATFORM 4640',
    ]);
  });

  it('is a share of zero in a sale at the list price', () => {
    expect(amounts(split([discount(partner('press')), school]))).toEqual(['press 0', 'school 7000', 'PLATFORM 3000']);
  });

  it('moves the counter of tiers by the list price when somebody funds it, and by what was paid when nobody does', () => {
    const tiers = tiered('school', [[0n, '10']]);
    const counted = (shares: readonly AllocationShare[]) => shares.map(({ countedMinor }) => countedMinor);
    expect(counted(split([discount(PLATFORM), tiers], { sale: reduced }))).toEqual([0n, 10_000n, 0n]);
    expect(counted(split([tiers], { sale: reduced }))).toEqual([8_000n, 0n]);
  });
});

describe('an advance', () => {
  const school = term('school', '70');

  it('is paid back out of what the partner earns, and both sides cite the clause', () => {
    const shares = split([school, advance('school', '40', 10_000n)]);
    expect(amounts(shares)).toEqual(['school 7000', 'school -2800', 'ADVANCE 2800', 'PLATFORM 3000']);
    expect(shares[2]).toMatchObject({
      termId: 'advance of school',
      step: 9,
      clause: '5.1',
      party: { kind: 'ADVANCE', partnerId: 'school' },
      basisMinor: 7_000n,
    });
    expect(sentences(shares).slice(1, 3)).toEqual([
      'Paid back on the advance: 40% of the 70.00 earned, at most the 100.00 outstanding (clause 5.1).',
      'Paid back on the advance: 40% of the 70.00 earned, at most the 100.00 outstanding (clause 5.1).',
    ]);
  });

  it('takes no more than what is outstanding', () => {
    expect(amounts(split([school, advance('school', '40', 1_000n)]))).toEqual([
      'school 7000',
      'school -1000',
      'ADVANCE 1000',
      'PLATFORM 3000',
    ]);
  });

  it('is rounded down, so that the partner keeps the odd unit', () => {
    // 33.3333 % of 70.00 is 23.33331.
    expect(amounts(split([school, advance('school', '33.3333', 10_000n)]))[2]).toBe('ADVANCE 2333');
  });

  it.each([
    ['nothing is outstanding', advance('school', '100', 0n)],
    ['its percentage is zero', advance('school', '0', 10_000n)],
    ['the partner earned nothing', advance('gym', '100', 10_000n)],
  ])('leaves no share when %s', (_, term) => {
    expect(amounts(split([school, term]))).toEqual(['school 7000', 'PLATFORM 3000']);
  });

  it('counts all that the partner earned, by its own terms and by touchpoints', () => {
    const terms = [advance('gym', '50', 10_000n), term('gym', '10'), term('pool', '30', { beneficiary: POOL })];
    const credits = [credit('t1', 'gym', [2n, 3n]), credit('t2', 'press', [1n, 3n])];
    // 10.00 and two thirds of 30.00.
    expect(amounts(split(terms, { credits }))).toEqual([
      'gym 1000',
      'gym 2000',
      'press 1000',
      'gym -1500',
      'ADVANCE 1500',
      'PLATFORM 6000',
    ]);
  });

  it('counts what the partner earned, not what it paid for a discount', () => {
    const reduced = sale(8_000n, { discountMinor: 2_000n });
    const terms = [discount(partner('school')), school, advance('school', '50', 10_000n)];
    expect(amounts(split(terms, { sale: reduced }))).toEqual([
      'school -2000',
      'school 7000',
      'school -3500',
      'ADVANCE 3500',
      'PLATFORM 3000',
    ]);
  });

  it('is paid back before a second one of the same partner, which has what the first left', () => {
    const first = { ...advance('school', '50', 1_000n), id: 'first', step: 3 };
    const second = { ...advance('school', '50', 10_000n), id: 'second', step: 4 };
    // 10.00 of 70.00, then half of 60.00.
    expect(amounts(split([second, school, first]))).toEqual([
      'school 7000',
      'school -1000',
      'ADVANCE 1000',
      'school -3000',
      'ADVANCE 3000',
      'PLATFORM 3000',
    ]);
  });
});

describe('a waterfall of every kind', () => {
  // 200.00 on the list, 20.00 off, 180.00 paid with 10.80 of tax in it. Fee 1.80 and tax leave 187.40 of the list price.
  // The platform's 20 % of 200.00 are held to 30.00 and leave 157.40. Of that the author has 5.00 flat, the school 60 %
  // up to 100.00 counted, where 50.00 are counted already, and 70 % above: 30.00 + 75.18; the pool has 20 % = 31.48, of
  // which a third is 10.493. 15.74 are left. Half of the school's 105.18 would go back on its advance; 40.00 are left of it.
  const shares = split(
    [
      FEE,
      TAX,
      discount(partner('press')),
      term('platform', '20', { basis: 'SALE', beneficiary: PLATFORM, cap: { leftMinor: 3_000n } }),
      flat('author', 500n, { step: 3 }),
      tiered(
        'school',
        [
          [0n, '60'],
          [10_000n, '70'],
        ],
        { step: 3, basis: 'REST', cumulativeMinor: 5_000n },
      ),
      term('pool', '20', { step: 3, beneficiary: POOL }),
      advance('school', '50', 4_000n),
    ],
    {
      sale: sale(18_000n, { taxMinor: 1_080n, providerFeeMinor: 180n, discountMinor: 2_000n }),
      credits: [credit('t1', 'gym', [1n, 3n]), credit('t2', null, [2n, 3n])],
    },
  );

  it('gives everybody what was worked out by hand', () => {
    expect(amounts(shares)).toEqual([
      'PAYMENT_PROVIDER 180',
      'TAX_AUTHORITY 1080',
      'press -2000',
      'PLATFORM 3000',
      'author 500',
      'school 10518',
      'gym 1049',
      'PLATFORM 2099',
      'school -4000',
      'ADVANCE 4000',
      'PLATFORM 1574',
    ]);
  });

  it('says why, line by line', () => {
    expect(sentences(shares)).toEqual([
      'Payment provider fee, taken from 200.00 at step 1 (clause 2.1).',
      'Tax, taken from 198.20 at step 1 (clause 2.2).',
      'Discount of 20.00 off the list price, which the partner funds (clause 2.3).',
      '20% of 200.00, the whole sale, held to the 30.00 that the cap still allowed (clause 3.1).',
      '5.00 a sale, from 157.40, the rest at step 3 (clause 3.2).',
      '60% of 50.00 and 70% of 107.40 above 100.00, by tiers of 157.40, the rest at step 3, after 50.00 of earlier sales (clause 3.3).',
      'Credit of 1/3 in the campaign pool of 31.48, which is 20% of 157.40, the rest at step 3 (clause 3.1).',
      'Credit of 2/3 in the campaign pool of 31.48, which is 20% of 157.40, the rest at step 3 (clause 3.1).',
      'Paid back on the advance: 50% of the 105.18 earned, at most the 40.00 outstanding (clause 5.1).',
      'Paid back on the advance: 50% of the 105.18 earned, at most the 40.00 outstanding (clause 5.1).',
      'What the last step left over goes to the platform.',
    ]);
  });
});
