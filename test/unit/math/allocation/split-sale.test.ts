import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  type AllocationShare,
  splitSale,
  type TouchpointCredit,
} from '../../../../src/math/allocation/index.ts';
import { amounts, credit, FEE, PLATFORM, POOL, sale, sentences, split, TAX, term } from './terms.ts';

describe('splitSale', () => {
  // 100.00 paid; 1.20 fee leaves 98.80; the platform takes 20 % of the sale and leaves 78.80; of that the school has 70 %
  // = 55.16 and the campaign pool 30 % = 23.64, of which two thirds are 15.76 and one third 7.88.
  const worked = (): AllocationShare[] =>
    splitSale({
      sale: sale(10_000n, { providerFeeMinor: 120n }),
      terms: [
        FEE,
        term('platform', '20', { basis: 'SALE', clause: '3.1', beneficiary: PLATFORM }),
        term('school', '70', { step: 3, clause: '3.2' }),
        term('pool', '30', { step: 3, clause: '3.3', beneficiary: POOL }),
      ],
      credits: [
        credit('click-1', 'publisher', [2n, 3n]),
        credit('click-2', null, [1n, 3n]),
        credit('seen', 'gym', [0n, 1n]),
      ],
      rounding: 'LARGEST_REMAINDER',
    });

  it('runs fee, platform, owner and campaign pool in the order of the steps', () => {
    expect(amounts(worked())).toEqual([
      'PAYMENT_PROVIDER 120',
      'PLATFORM 2000',
      'school 5516',
      'publisher 1576',
      'PLATFORM 788',
    ]);
  });

  it('cites the term, step, clause, touchpoint and basis of every share', () => {
    expect(worked()[3]).toEqual({
      termId: 'pool',
      step: 3,
      clause: '3.3',
      party: { kind: 'PARTNER', partnerId: 'publisher' },
      touchpointId: 'click-1',
      amountMinor: 1576n,
      basisMinor: 2364n,
      countedMinor: 0n,
      derivation: {
        kind: 'POOL_CREDIT',
        credit: '2/3',
        of: {
          rate: { kind: 'PERCENTAGE', percent: '30', basis: 'REST' },
          basisMinor: 7880n,
          heldToMinor: null,
          isCut: false,
        },
      },
    });
  });

  it('explains every share in one sentence', () => {
    expect(sentences(worked())).toEqual([
      'Payment provider fee, taken from 100.00 at step 1 (clause 2.1).',
      '20% of 100.00, the whole sale (clause 3.1).',
      '70% of 78.80, the rest at step 3 (clause 3.2).',
      'Credit of 2/3 in the campaign pool of 23.64, which is 30% of 78.80, the rest at step 3 (clause 3.3).',
      'Credit of 1/3 in the campaign pool of 23.64, which is 30% of 78.80, the rest at step 3 (clause 3.3).',
    ]);
  });

  it('leaves the pool with the platform when no touchpoint led to the sale, and says so', () => {
    const [pool] = split([term('pool', '30', { beneficiary: POOL }), term('school', '70')]);
    expect(pool).toMatchObject({ termId: 'pool', party: { kind: 'PLATFORM' }, amountMinor: 3000n, touchpointId: null });
    expect(pool && sentences([pool])[0]).toBe(
      'Campaign pool, 30% of 100.00, the rest at step 2: no touchpoint earned it, so the platform keeps it (clause 3.1).',
    );
  });

  it('gives the platform what the last step leaves over', () => {
    const shares = split([term('school', '70'), term('author', '10', { step: 5 })]);
    expect(amounts(shares)).toEqual(['school 7000', 'author 300', 'PLATFORM 2700']);
    expect(shares[2]).toMatchObject({ termId: null, step: null, clause: null, derivation: { kind: 'RESIDUE' } });
    expect(sentences(shares)[2]).toBe('What the last step left over goes to the platform.');
  });

  it('gives the whole sale to the platform when there are no terms', () => {
    expect(amounts(split([]))).toEqual(['PLATFORM 10000']);
  });

  it('shares the same rest among all terms of a step, and rounds them together', () => {
    expect(
      amounts(split([term('a', '33.3333'), term('b', '33.3333'), term('c', '33.3334')], { sale: sale(100n) })),
    ).toEqual(['a 33', 'b 33', 'c 34']);
  });

  it('counts what a step leaves over as the last party of its rounding', () => {
    // Exactly 33.5 and 66.5 of 100: the tie goes to the term, under LARGEST_SHARE to the leftover.
    const terms = [term('a', '33.5')];
    expect(amounts(split(terms, { sale: sale(100n) }))).toEqual(['a 34', 'PLATFORM 66']);
    expect(amounts(split(terms, { sale: sale(100n), rounding: 'LARGEST_SHARE' }))).toEqual(['a 33', 'PLATFORM 67']);
  });

  it('follows the rounding rule of the contract in steps and in the pool', () => {
    const terms = [term('a', '80'), term('b', '8'), term('pool', '12', { beneficiary: POOL })];
    const credits = [credit('t1', 'x', [1n, 10n]), credit('t2', 'y', [9n, 10n])];
    expect(amounts(split(terms, { sale: sale(15n), credits }))).toEqual(['a 12', 'b 1', 'x 0', 'y 2']);
    expect(amounts(split(terms, { sale: sale(15n), credits, rounding: 'LISTED_ORDER' }))).toEqual([
      'a 13',
      'b 1',
      'x 1',
      'y 0',
    ]);
  });

  it('pays tax and fee first in the order listed, each from what the other left', () => {
    const paid = sale(10_000n, { taxMinor: 600n, providerFeeMinor: 120n });
    const shares = split([TAX, FEE, term('school', '50')], { sale: paid });
    expect(amounts(shares)).toEqual(['TAX_AUTHORITY 600', 'PAYMENT_PROVIDER 120', 'school 4640', 'PLATFORM 4640']);
    expect(shares.map(({ basisMinor }) => basisMinor)).toEqual([10_000n, 9_400n, 9_280n, 4_640n]);
  });

  it('lets the platform bear a fee that exceeds the sale', () => {
    const paid = sale(10n, { providerFeeMinor: 30n });
    const shares = split([FEE, term('school', '70')], { sale: paid });
    expect(amounts(shares)).toEqual(['PAYMENT_PROVIDER 30', 'PLATFORM -20', 'school 0']);
    expect(sentences(shares)[1]).toBe(
      'Payment provider fee of 0.30 exceeds what was left: the platform bears the difference.',
    );
  });

  it('lets the platform bear all of a second cost when the first used up the sale', () => {
    const paid = sale(10n, { taxMinor: 40n, providerFeeMinor: 30n });
    expect(amounts(split([FEE, TAX], { sale: paid }))).toEqual([
      'PAYMENT_PROVIDER 30',
      'PLATFORM -20',
      'TAX_AUTHORITY 40',
      'PLATFORM -40',
    ]);
  });

  it('lets the platform bear a cost that no term deducts, without touching the partners', () => {
    const paid = sale(10_000n, { providerFeeMinor: 120n });
    const shares = split([term('school', '100')], { sale: paid });
    expect(amounts(shares)).toEqual(['school 10000', 'PAYMENT_PROVIDER 120', 'PLATFORM -120']);
    expect(sentences(shares)[2]).toBe('Payment provider fee of 1.20, which no term deducts: the platform bears it.');
  });

  it('cuts the claims of a step in proportion when the rest cannot pay them', () => {
    // 90 % and 10 % of 100.00 are claimed, but tax leaves 80.00: 72.00 and 8.00.
    const paid = sale(10_000n, { taxMinor: 2_000n });
    const shares = split([TAX, term('school', '90', { basis: 'SALE' }), term('author', '10', { basis: 'SALE' })], {
      sale: paid,
    });
    expect(amounts(shares)).toEqual(['TAX_AUTHORITY 2000', 'school 7200', 'author 800']);
    expect(sentences(shares)[1]).toBe(
      '90% of 100.00, the whole sale, cut in proportion because the claims of the step exceeded the rest (clause 3.1).',
    );
  });

  it('gives every term a share of zero of a free sale', () => {
    expect(amounts(split([FEE, term('school', '70')], { sale: sale(0n) }))).toEqual(['PAYMENT_PROVIDER 0', 'school 0']);
  });

  it('orders steps by their number, not by where they are listed', () => {
    const late = term('late', '50', { step: 9 });
    const early = term('early', '50', { step: 4 });
    expect(amounts(split([late, early], { sale: sale(100n) }))).toEqual(['early 50', 'late 25', 'PLATFORM 25']);
  });

  it.each(['grossMinor', 'taxMinor', 'providerFeeMinor', 'discountMinor'])('refuses a negative %s', (figure) => {
    const attempt = () => split([], { sale: sale(1n, { [figure]: -1n }) });
    expect(attempt).toThrow(AllocationInputError);
    expect(attempt).toThrow(expect.objectContaining({ path: `sale.${figure}` }));
  });

  it.each<[what: string, credits: TouchpointCredit[], path: string]>([
    ['credits that sum to less than one', [credit('t', 'a', [1n, 2n])], 'credits'],
    ['credits that sum to more than one', [credit('t', 'a', [1n, 1n]), credit('u', 'a', [1n, 9n])], 'credits'],
    ['a negative credit', [credit('t', 'a', [3n, 2n]), credit('u', 'a', [-1n, 2n])], 'credits.1.credit'],
    ['a touchpoint twice', [credit('t', 'a', [1n, 2n]), credit('t', 'b', [1n, 2n])], 'credits.1.touchpointId'],
  ])('refuses %s', (_, credits, path) => {
    const attempt = () => split([], { credits });
    expect(attempt).toThrow(AllocationInputError);
    expect(attempt).toThrow(expect.objectContaining({ path }));
  });
});
