import { describe, expect, it } from 'vitest';
import {
  AllocationInputError,
  assertWaterfall,
  type DeductionTerm,
  type PercentageTerm,
  type SaleCost,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';

function deduction(id: string, more: Partial<DeductionTerm> = {}): DeductionTerm {
  return { kind: 'DEDUCTION', id, step: 1, clause: '2', cost: 'PROVIDER_FEE', ...more };
}

function share(id: string, percent: string, more: Partial<PercentageTerm> = {}): PercentageTerm {
  return {
    kind: 'PERCENTAGE',
    id,
    step: 2,
    clause: '3',
    percent,
    basis: 'REST',
    beneficiary: { kind: 'PLATFORM' },
    ...more,
  };
}

describe('assertWaterfall', () => {
  it.each<[what: string, terms: WaterfallTerm[]]>([
    ['no terms', []],
    ['percentages of one step that sum to 100 exactly', [share('a', '33.3333'), share('b', '66.6667')]],
    ['100 percent of the rest in each of two steps', [share('a', '100'), share('b', '100', { step: 3 })]],
    ['a percentage of zero', [share('a', '0')]],
    ['two deductions in one step', [deduction('a'), deduction('b', { cost: 'TAX' })]],
    ['a deduction after a share', [share('a', '10'), deduction('b', { step: 3 })]],
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
  ])('refuses %s, and says where', (_, terms, path) => {
    expect(() => assertWaterfall(terms)).toThrow(AllocationInputError);
    expect(() => assertWaterfall(terms)).toThrow(expect.objectContaining({ path }));
  });
});
