import { describe, expect, it } from 'vitest';
import { cosine, figuresOf } from '../../../src/partner-choice/partner-figures.ts';

const AUDIENCE = {
  place: 0,
  people: 10,
  engagedPeople: 10,
  views: 30,
  interactions: 3,
  judgedPeople: 10,
  targetPeople: 4,
  domainMix: { technology: 6, fitness: 8 },
};
const GOAL = { mix: new Map([['technology', 1]]), isTargeted: true };
const sale = (currency: string | null, buyers: number, revenueMinor: bigint | null) => ({
  place: 0,
  currency,
  buyers,
  sales: buyers,
  revenueMinor,
});

describe('the figures of a partner', () => {
  it('are told of ten people and not of nine', () => {
    const sales = [sale(null, 10, null), sale('CNY', 10, 500n)];
    expect(figuresOf({ audience: AUDIENCE, sales }, GOAL)).toEqual({
      people: 10,
      views: 30,
      interactions: 3,
      domainSimilarity: 0.6,
      targetShare: 0.4,
      buyers: 10,
      sales: 10,
      revenues: [{ currency: 'CNY', minor: 500n }],
      conversion: 1,
    });
    const nine = { ...AUDIENCE, people: 9, engagedPeople: 9, judgedPeople: 9 };
    const few = figuresOf({ audience: nine, sales: [sale(null, 9, null), sale('CNY', 9, 500n)] }, GOAL);
    expect(Object.values(few)).toEqual(Object.values(few).map(() => null));
  });

  it('leave out the currency of few buyers, and what people do where most only bought', () => {
    const sales = [sale(null, 19, null), sale('CNY', 10, 500n), sale('USD', 9, 700n)];
    const told = figuresOf({ audience: { ...AUDIENCE, people: 19, engagedPeople: 1 }, sales }, GOAL);
    expect(told).toMatchObject({ buyers: 19, revenues: [{ currency: 'CNY', minor: 500n }] });
    expect(told).toMatchObject({ views: null, interactions: null, domainSimilarity: null });
  });

  it('say that nobody bought only where ten people might have', () => {
    expect(figuresOf({ audience: AUDIENCE, sales: [] }, GOAL)).toMatchObject({
      buyers: 0,
      conversion: 0,
      revenues: [],
    });
    const nine = { ...AUDIENCE, people: 9 };
    expect(figuresOf({ audience: nine, sales: [] }, GOAL)).toMatchObject({ buyers: null, conversion: null });
  });
});

describe('the cosine of two mixes', () => {
  it('is 1 for the same proportions, 0 for nothing in common, and 0 for an empty one', () => {
    const mix = new Map([
      ['technology', 0.75],
      ['fitness', 0.25],
    ]);
    expect(cosine(mix, { technology: 30, fitness: 10 })).toBeCloseTo(1, 12);
    expect(cosine(mix, { travel: 5 })).toBe(0);
    expect(cosine(mix, {})).toBe(0);
    expect(cosine(mix, { fitness: 2 })).toBeCloseTo(1 / Math.sqrt(10), 12);
  });
});
