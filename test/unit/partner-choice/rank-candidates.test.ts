import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ChoiceCriterion } from '../../../src/partner-choice/criterion-figures.ts';
import type { PartnerFigures } from '../../../src/partner-choice/partner-figures.ts';
import { rankCandidates } from '../../../src/partner-choice/rank-candidates.ts';

const UNKNOWN: PartnerFigures = {
  people: null,
  views: null,
  interactions: null,
  domainSimilarity: null,
  targetShare: null,
  buyers: null,
  sales: null,
  revenues: null,
  conversion: null,
};
const EQUAL = new Map<ChoiceCriterion, number>([
  ['AUDIENCE_FIT', 1],
  ['BRAND_INFLUENCE', 1],
  ['MARKET_PERFORMANCE', 1],
  ['INTERACTION_RATE', 1],
]);
const PLAIN = { weights: EQUAL, missing: 'IMPUTE', isTargeted: false } as const;

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const figures: fc.Arbitrary<PartnerFigures> = fc.oneof(
  fc.constant(UNKNOWN),
  fc.record({
    people: fc.integer({ min: 10, max: 1_000_000 }),
    views: maybe(fc.nat(10_000)),
    interactions: fc.nat(10_000),
    domainSimilarity: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    targetShare: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
    buyers: fc.constant(10),
    sales: fc.integer({ min: 10, max: 1_000 }),
    revenues: fc.array(fc.record({ currency: fc.constantFrom('CNY', 'USD'), minor: fc.bigInt(0n, 10n ** 12n) }), {
      maxLength: 1,
    }),
    conversion: maybe(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
);

const named = (all: readonly PartnerFigures[]) => all.map((one, at) => ({ partnerId: `partner ${at}`, figures: one }));

describe('the ranking of candidates', () => {
  it('places everybody once, with parts that sum to the closeness, whatever is missing', () => {
    const choices = fc.record({
      weights: fc.constantFrom('ENTROPY' as const, EQUAL),
      missing: fc.constantFrom('IMPUTE' as const, 'LEAVE_OUT' as const),
      isTargeted: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(figures, { maxLength: 12 }), choices, (all, choice) => {
        const candidates = named(all);
        const { ranked, leftOut, criteria } = rankCandidates(candidates, choice);
        const placed = [...ranked, ...leftOut].map(({ partnerId }) => partnerId);
        expect(placed.toSorted()).toEqual(candidates.map(({ partnerId }) => partnerId).toSorted());
        for (const { closeness, confidence, scores } of ranked) {
          expect(scores.reduce((sum, { gained }) => sum + gained, 0)).toBeCloseTo(closeness, 9);
          expect(scores.reduce((sum, { lost }) => sum + lost, 0)).toBeCloseTo(1 - closeness, 9);
          expect(confidence).toBeGreaterThanOrEqual(0);
          expect(confidence).toBeLessThanOrEqual(1);
          for (const { missing, treatment } of scores) expect(missing === null).toBe(treatment === null);
        }
        if (ranked.length > 0) expect(criteria.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('ranks nobody of whom nothing is known, and does not fail for it', () => {
    const { ranked, leftOut, criteria } = rankCandidates(named([UNKNOWN, UNKNOWN]), PLAIN);
    expect(ranked).toEqual([]);
    expect(leftOut.map(({ reason }) => reason)).toEqual(['NOTHING_KNOWN', 'NOTHING_KNOWN']);
    expect(criteria.every(({ flag }) => flag === 'UNKNOWN')).toBe(true);
    expect(rankCandidates([], PLAIN).ranked).toEqual([]);
  });

  it('counts for confidence the weight asked for, also what lies on a criterion known of nobody', () => {
    const one = { ...UNKNOWN, people: 50 };
    const weights = new Map<ChoiceCriterion, number>([
      ['BRAND_INFLUENCE', 3],
      ['SOCIAL_IMPACT', 1],
    ]);
    const { ranked, criteria } = rankCandidates(named([one]), { ...PLAIN, weights });
    expect(ranked[0]).toMatchObject({ confidence: 0.75, closeness: 0.5 });
    expect(criteria[1]).toMatchObject({ askedWeight: 0.75, weight: 1, flag: 'CONSTANT' });
  });

  it('draws the rate of few views further to that of all than the rate of many', () => {
    const rates = rankCandidates(
      named([
        { ...UNKNOWN, people: 10, views: 10, interactions: 10 },
        { ...UNKNOWN, people: 900, views: 9_990, interactions: 990 },
      ]),
      PLAIN,
    ).ranked.map(({ partnerId, scores }) => [partnerId, scores[3]?.figure]);
    // Of all 10,000 views a tenth.
    expect(Object.fromEntries(rates)).toEqual({ 'partner 0': 20 / 110, 'partner 1': 1_000 / 10_090 });
  });
});
