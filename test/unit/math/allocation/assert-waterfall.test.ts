import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  assertWaterfall,
  type Beneficiary,
  type DeductionTerm,
  type SaleCost,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';
import { advance, deduction, discount, flat, PLATFORM, partner, term as share, tiered } from './terms.ts';

const scale = (length: number): [bigint, string][] => Array.from({ length }, (_, index) => [BigInt(index) * 100n, '5']);

describe('assertWaterfall', () => {
  it.each<[what: string, terms: WaterfallTerm[]]>([
    ['no terms', []],
    ['percentages of one step that sum to 100 exactly', [share('a', '33.3333'), share('b', '66.6667')]],
    ['100 percent of the rest in each of two steps', [share('a', '100'), share('b', '100', { step: 3 })]],
    ['a percentage of zero', [share('a', '0')]],
    ['two deductions in one step', [deduction('a'), deduction('b', { cost: 'TAX' })]],
    ['a deduction after a share', [share('a', '10'), deduction('b', { step: 3 })]],
    ['a discount beside the other costs', [deduction('a'), deduction('b', { cost: 'TAX' }), discount(PLATFORM)]],
    ['flat amounts of any size beside 100 percent', [share('a', '100'), flat('b', 10n ** 18n)]],
    ['a scale of 20 tiers that reaches 100 percent', [tiered('a', [...scale(19), [10_000n, '100']])]],
    [
      'tiers that fall',
      [
        tiered('a', [
          [0n, '50'],
          [1n, '0'],
        ]),
      ],
    ],
    ['a cap that is used up', [share('a', '5', { cap: { leftMinor: 0n } })]],
    [
      'advances of two partners, in the step of anything',
      [deduction('a'), { ...advance('x', '100', 0n), step: 1 }, advance('y', '5', 1n)],
    ],
  ])('accepts %s', (_, terms) => {
    expect(() => assertWaterfall(terms)).not.toThrow();
  });

  it.each<[what: string, terms: WaterfallTerm[], path: string]>([
    ['a negative percentage', [share('a', '-5')], 'terms.0.percent'],
    ['a percentage above 100', [share('a', '100.01')], 'terms.0.percent'],
    ['percentages of one step over 100', [share('a', '60'), share('b', '40.000001')], 'terms.1.percent'],
    ['the same over both bases', [share('a', '60'), share('b', '41', { basis: 'SALE' })], 'terms.1.percent'],
    [
      'percentages of the sale over 100 in all',
      [share('a', '60', { basis: 'SALE' }), share('b', '41', { basis: 'SALE', step: 3 })],
      'terms.1.percent',
    ],
    ['two terms with one id', [deduction('a'), share('a', '5')], 'terms.1.id'],
    ['a term without an id', [share('', '5')], 'terms.0.id'],
    ['a step of zero', [share('a', '5', { step: 0 })], 'terms.0.step'],
    ['half a step', [share('a', '5', { step: 1.5 })], 'terms.0.step'],
    ['a cost that is deducted twice', [deduction('a'), deduction('b', { step: 3 })], 'terms.1.cost'],
    ['a cost that no sale has', [deduction('a', { cost: 'BRIBE' as SaleCost })], 'terms.0.cost'],
    ['a step of deductions and shares', [deduction('a', { step: 2 }), share('b', '5')], 'terms'],
    ['a step of deductions and flat amounts', [deduction('a', { step: 2 }), flat('b', 5n)], 'terms'],
    ['a discount without a funder', [deduction('a', { cost: 'DISCOUNT' })], 'terms.0.fundedBy'],
    [
      'a discount that the campaign pool funds',
      [discount({ kind: 'CAMPAIGN_POOL' } as Beneficiary as NonNullable<DeductionTerm['fundedBy']>)],
      'terms.0.fundedBy',
    ],
    ['a funder of the tax', [deduction('a', { cost: 'TAX', fundedBy: partner('x') })], 'terms.0.fundedBy'],
    ['a discount that two fund', [discount(PLATFORM), { ...discount(partner('x')), id: 'b' }], 'terms.1.cost'],
    ['a flat amount of zero', [flat('a', 0n)], 'terms.0.amountMinor'],
    ['a negative flat amount', [share('a', '5'), flat('b', -1n)], 'terms.1.amountMinor'],
    ['a negative cap', [share('a', '5', { cap: { leftMinor: -1n } })], 'terms.0.cap.leftMinor'],
    ['a negative cap of a flat amount', [flat('a', 5n, { cap: { leftMinor: -1n } })], 'terms.0.cap.leftMinor'],
    ['no tiers', [tiered('a', [])], 'terms.0.tiers'],
    ['more than 20 tiers', [tiered('a', scale(21))], 'terms.0.tiers'],
    ['tiers that begin above zero', [tiered('a', [[1n, '5']])], 'terms.0.tiers.0.fromMinor'],
    ['a threshold twice', [tiered('a', [...scale(2), [100n, '6']])], 'terms.0.tiers.2.fromMinor'],
    [
      'thresholds that fall',
      [
        tiered('a', [
          [0n, '5'],
          [200n, '6'],
          [100n, '7'],
        ]),
      ],
      'terms.0.tiers.2.fromMinor',
    ],
    [
      'a tier above 100',
      [
        share('a', '0'),
        share('b', '0'),
        tiered('c', [
          [0n, '5'],
          [1n, '101'],
        ]),
      ],
      'terms.2.tiers.1.percent',
    ],
    ['a tier that is no number', [tiered('a', [[0n, 'x']])], 'terms.0.tiers.0.percent'],
    ['tiers that count from below zero', [tiered('a', scale(1), { cumulativeMinor: -1n })], 'terms.0.cumulativeMinor'],
    [
      'a step whose highest tier goes over 100',
      [
        share('a', '50'),
        tiered('b', [
          [0n, '10'],
          [1n, '51'],
          [2n, '20'],
        ]),
      ],
      'terms.1.tiers.1.percent',
    ],
    [
      'tiers of the sale that go over 100 over all steps',
      [share('a', '60', { basis: 'SALE' }), tiered('b', [[0n, '41']], { step: 3 })],
      'terms.1.tiers.0.percent',
    ],
    ['an advance that recoups over 100 percent', [advance('x', '100.1', 5n)], 'terms.0.percent'],
    ['an advance of which less than nothing is outstanding', [advance('x', '5', -1n)], 'terms.0.outstandingMinor'],
    [
      'two advances of one partner',
      [advance('x', '5', 5n), { ...advance('x', '9', 7n), id: 'b', step: 12 }],
      'terms.1.beneficiary',
    ],
    ['half a step of an advance', [{ ...advance('x', '5', 5n), step: 0.5 }], 'terms.0.step'],
  ])('refuses %s, and says where', (_, terms, path) => {
    expect(() => assertWaterfall(terms)).toThrow(AllocationInputError);
    expect(() => assertWaterfall(terms)).toThrow(expect.objectContaining({ path }));
  });
});
