import { describe, expect, it } from 'vitest';
import {
  type Candidate,
  type Criterion,
  entropyWeights,
  rankPartners,
} from '../../../../src/math/partner-ranking/index.ts';
import { seededDraws } from '../../../../src/math/random/seeded-draws.ts';

/**
 * The choice of a fighter aircraft, the worked example of Hwang and Yoon, "Multiple attribute decision making", Springer
 * 1981, for TOPSIS (section 3.2): speed, range, payload, cost, reliability, manoeuvrability.
 */
const AIRCRAFT: Criterion[] = [
  { name: 'speed', direction: 'BENEFIT' },
  { name: 'range', direction: 'BENEFIT' },
  { name: 'payload', direction: 'BENEFIT' },
  { name: 'cost', direction: 'COST' },
  { name: 'reliability', direction: 'BENEFIT' },
  { name: 'manoeuvrability', direction: 'BENEFIT' },
];
const FIGURES: Candidate[] = [
  { id: 'A1', figures: [2.0, 1500, 20_000, 5.5, 5, 9] },
  { id: 'A2', figures: [2.5, 2700, 18_000, 6.5, 3, 5] },
  { id: 'A3', figures: [1.8, 2000, 21_000, 4.5, 7, 7] },
  { id: 'A4', figures: [2.2, 1800, 20_000, 5.0, 5, 5] },
];
const WEIGHTS = [0.2, 0.1, 0.1, 0.1, 0.2, 0.3];
const BY_WEIGHTS = { weights: WEIGHTS, missing: 'IMPUTE' } as const;

const TWO: Criterion[] = [
  { name: 'fit', direction: 'BENEFIT' },
  { name: 'price', direction: 'COST' },
];

describe('ranking by TOPSIS', () => {
  it('comes to the published closeness', () => {
    const { ranked } = rankPartners(AIRCRAFT, FIGURES, BY_WEIGHTS);
    // The book works with figures rounded to four digits on its way.
    const published = { A1: 0.643, A3: 0.613, A4: 0.312, A2: 0.268 };
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual(
      Object.keys(published).map((id, place) => [id, place + 1]),
    );
    for (const [place, closeness] of Object.values(published).entries()) {
      expect(Math.abs((ranked[place]?.closeness ?? 0) - closeness)).toBeLessThan(0.001);
    }
  });

  it('explains each closeness by parts that add up to it, and to what is missing', () => {
    for (const { closeness, parts } of rankPartners(AIRCRAFT, FIGURES, BY_WEIGHTS).ranked) {
      expect(parts.reduce((sum, { gained }) => sum + gained, 0)).toBeCloseTo(closeness, 12);
      expect(parts.reduce((sum, { lost }) => sum + lost, 0)).toBeCloseTo(1 - closeness, 12);
    }
  });

  it('depends neither on the order of partners nor on units, nor on the sum of the weights', () => {
    const { uniform } = seededDraws(2);
    const candidates = Array.from({ length: 12 }, (_, c) => ({
      id: `partner-${c}`,
      figures: AIRCRAFT.map(() => (uniform() < 0.15 ? null : 100 * uniform())),
    }));
    const changed = candidates.toReversed().map(({ id, figures }) => ({
      id,
      figures: figures.map((figure, c) => (figure === null ? null : figure * 10 ** (c - 2))),
    }));
    const before = rankPartners(AIRCRAFT, candidates, BY_WEIGHTS).ranked;
    const after = rankPartners(AIRCRAFT, changed, {
      ...BY_WEIGHTS,
      weights: WEIGHTS.map((weight) => 7 * weight),
    }).ranked;
    expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    for (const [place, { closeness }] of before.entries()) expect(after[place]?.closeness).toBeCloseTo(closeness, 10);
  });

  it('puts who is best in everything at 1, who is worst at 0, and never punishes a better figure', () => {
    const candidates = [
      { id: 'best', figures: [9, 1] },
      { id: 'middle', figures: [5, 3] },
      { id: 'worst', figures: [1, 7] },
    ];
    const options = { weights: [1, 1], missing: 'IMPUTE' } as const;
    const { ranked } = rankPartners(TWO, candidates, options);
    expect(ranked.map(({ id, closeness }) => [id, id === 'middle' || closeness])).toEqual([
      ['best', 1],
      ['middle', true],
      ['worst', 0],
    ]);
    const better = candidates.map((one) => (one.id === 'middle' ? { ...one, figures: [5, 2] } : one));
    const closenessOf = (all: Candidate[]) => rankPartners(TWO, all, options).ranked[1]?.closeness ?? 0;
    expect(closenessOf(better)).toBeGreaterThan(closenessOf(candidates));
  });

  it('gives equals one rank, and counts them all for the next', () => {
    const candidates = [
      { id: 'a', figures: [5, 5] },
      { id: 'b', figures: [9, 1] },
      { id: 'c', figures: [5, 5] },
      { id: 'd', figures: [1, 9] },
    ];
    const { ranked } = rankPartners(TWO, candidates, { weights: [1, 1], missing: 'IMPUTE' });
    expect(ranked.map(({ id, rank }) => [id, rank])).toEqual([
      ['b', 1],
      ['a', 2],
      ['c', 2],
      ['d', 4],
    ]);
  });

  it('puts all at a half where nothing tells them apart, and says which criteria are constant', () => {
    const candidates = ['a', 'b'].map((id) => ({ id, figures: [3, 0] }));
    const { ranked, criteria } = rankPartners(TWO, candidates, { weights: 'ENTROPY', missing: 'IMPUTE' });
    expect(ranked.map(({ rank, closeness }) => [rank, closeness])).toEqual([
      [1, 0.5],
      [1, 0.5],
    ]);
    expect(ranked[0]?.parts.reduce((sum, { gained }) => sum + gained, 0)).toBeCloseTo(0.5, 12);
    expect(criteria.map(({ flag, weight }) => [flag, weight])).toEqual([
      ['CONSTANT', 0.5],
      ['CONSTANT', 0.5],
    ]);
  });
});

describe('figures that are missing', () => {
  const candidates = [
    { id: 'a', figures: [4, 10] },
    { id: 'b', figures: [null, 20] },
    { id: 'c', figures: [8, 30] },
    { id: 'd', figures: [10, null] },
  ];

  it('are the median of those known, which is said, with the share of weight that is known', () => {
    const { ranked } = rankPartners(TWO, candidates, { weights: [3, 1], missing: 'IMPUTE' });
    const [b, d] = ['b', 'd'].map((id) => ranked.find((partner) => partner.id === id));
    expect(b).toMatchObject({
      confidence: 0.25,
      parts: [
        { figure: 8, isImputed: true },
        { figure: 20, isImputed: false },
      ],
    });
    expect(d).toMatchObject({
      confidence: 0.75,
      parts: [{ figure: 10 }, { criterion: 'price', figure: 20, isImputed: true }],
    });
    const filled = candidates.map(({ id, figures }) => ({ id, figures: [figures[0] ?? 8, figures[1] ?? 20] }));
    const same = rankPartners(TWO, filled, { weights: [3, 1], missing: 'IMPUTE' }).ranked;
    expect(ranked.map(({ id, closeness }) => [id, closeness])).toEqual(
      same.map(({ id, closeness }) => [id, closeness]),
    );
  });

  it('leave a partner out where that is asked for, and the reason is given', () => {
    const { ranked, leftOut } = rankPartners(TWO, candidates, { weights: [1, 1], missing: 'LEAVE_OUT' });
    expect(ranked.map(({ id }) => id).toSorted()).toEqual(['a', 'c']);
    expect(leftOut).toEqual([
      { id: 'b', missing: ['fit'] },
      { id: 'd', missing: ['price'] },
    ]);
  });

  it('of everybody drop the criterion, whose weight goes to the others', () => {
    const unknown = candidates.map(({ id, figures }) => ({ id, figures: [figures[0] ?? 1, null] }));
    const { criteria, ranked } = rankPartners(TWO, unknown, { weights: [1, 3], missing: 'IMPUTE' });
    expect(criteria).toMatchObject([
      { weight: 1, flag: null, knownCount: 4 },
      { weight: 0, flag: 'UNKNOWN', knownCount: 0 },
    ]);
    expect(ranked[0]?.parts).toHaveLength(1);
    expect(() => rankPartners(TWO, unknown, { weights: [0, 3], missing: 'IMPUTE' })).toThrow(
      'nothing is known of anybody in price',
    );
  });
});

describe('entropy weights', () => {
  it('are those computed by hand', () => {
    // Of shares 1/4 and 3/4 the entropy is -(ln(1/4)/4 + 3 ln(3/4)/4) / ln 2 = .811278; of 1/10 and 9/10 it is .468996.
    const weights = entropyWeights([
      [1, 3],
      [2, 18],
      [5, 5],
    ]);
    const [a, b] = [1 - 0.8112781244591328, 1 - 0.4689955935892812];
    expect(weights[0]).toBeCloseTo(a / (a + b), 12);
    expect(weights[1]).toBeCloseTo(b / (a + b), 12);
    expect(weights[2]).toBe(0);
  });

  it('leave nothing out of 0: a figure of 0 adds no entropy', () => {
    expect(
      entropyWeights([
        [0, 4],
        [1, 3],
      ])[0],
    ).toBeCloseTo(1 / (1 + 1 - 0.8112781244591328), 12);
  });
});

describe('what is refused', () => {
  it.each([
    [
      'a negative figure',
      [{ id: 'a', figures: [-1, 1] }],
      [1, 1],
      'fit of partner a must be a finite number of at least 0',
    ],
    ['too few figures', [{ id: 'a', figures: [1] }], [1, 1], 'partner a must have 2 figures, not 1'],
    [
      'a partner twice',
      [
        { id: 'a', figures: [1, 1] },
        { id: 'a', figures: [1, 1] },
      ],
      [1, 1],
      'partner a stands there twice',
    ],
    ['a negative weight', [], [1, -1], 'the weight of price'],
    ['weights of 0', [], [0, 0], 'a weight must be above 0'],
    ['too few weights', [], [1], 'there must be 2 weights, not 1'],
  ])('%s', (_what, candidates, weights, reason) => {
    expect(() => rankPartners(TWO, candidates, { weights, missing: 'IMPUTE' })).toThrow(reason);
  });
});
