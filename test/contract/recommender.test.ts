import {
  blendRecommender,
  easeRecommender,
  fmRecommender,
  ialsRecommender,
  itemKnnRecommender,
  p3alphaRecommender,
  popularityRecommender,
  pureSvdRecommender,
  type Recommender,
  rp3betaRecommender,
  userKnnRecommender,
} from '../../src/math/recommenders/index.ts';
import { contentRecommender } from '../../src/math/text/index.ts';
import { matrixOf } from '../support/sparse-matrices.ts';
import { describeRecommender } from './recommender.contract.ts';

/** Columns 0 to 3 are chosen by 3, 2, 2 and 1 learners; the last one shares no learner with the others. */
const learners = [
  [1, 1, 0, 0],
  [1, 1, 1, 0],
  [1, 0, 1, 0],
  [0, 0, 0, 1],
];

describeRecommender('popularity', popularityRecommender(), [
  { title: 'a stranger by what all chose', train: learners, history: [], expected: [3, 2, 2, 1] },
  { title: 'a known learner like a stranger', train: learners, history: [[0, 1]], expected: [3, 2, 2, 1] },
  {
    title: 'items by their weights, not by their number',
    train: [
      [0.5, 0],
      [0.5, 4],
    ],
    history: [],
    expected: [1, 4],
  },
]);

describeRecommender('item-knn', itemKnnRecommender({ shrink: 0, neighbourCount: 100 }), [
  {
    title: 'a learner with one item by the cosines to it',
    train: learners,
    history: [[0, 1]],
    expected: [0, 2 / Math.sqrt(6), 2 / Math.sqrt(6), 0],
  },
  {
    title: 'a learner with two items by the sum, each with its weight',
    train: learners,
    history: [
      [1, 2],
      [0, 1],
    ],
    expected: [4 / Math.sqrt(6), 2 / Math.sqrt(6), 2 / Math.sqrt(6) + 2 / 2, 0],
  },
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  {
    title: 'a learner whose only item leads nowhere by popularity',
    train: learners,
    history: [[3, 1]],
    expected: [3, 2, 2, 1],
  },
]);

describeRecommender('item-knn with shrinkage', itemKnnRecommender({ shrink: 2, neighbourCount: 100 }), [
  {
    title: 'a learner with one item by cosines drawn to zero',
    train: learners,
    history: [[1, 1]],
    expected: [2 / (Math.sqrt(6) + 2), 0, 1 / 4, 0],
  },
]);

// With a penalty of 1, the inverse of the penalised Gram matrix of the first three items is
// [[8, -4, -4], [-4, 8, 0], [-4, 0, 8]] / 16: items 1 and 2 say nothing of each other once item 0 is known.
describeRecommender('ease', easeRecommender({ l2: 1 }), [
  {
    title: 'a learner with one item by its row',
    train: learners,
    history: [[0, 1]],
    expected: [0, 1 / 2, 1 / 2, 0],
  },
  {
    title: 'a learner with two items by the sum of their rows, each with its weight',
    train: learners,
    history: [
      [1, 2],
      [0, 1],
    ],
    expected: [1, 1 / 2, 1 / 2, 0],
  },
  {
    title: 'unlike in the two directions, since each item is explained by its own regression',
    train: [
      [1, 1],
      [1, 0],
    ],
    history: [
      [0, 1],
      [1, 1],
    ],
    expected: [1 / 2, 1 / 3],
  },
  {
    // The inverse is [[4, -2, -2], [-2, 5, 1], [-2, 1, 5]] / 8.
    title: 'below zero what is avoided by those who chose the item, once the rest is known',
    train: [
      [1, 1, 0],
      [1, 0, 1],
    ],
    history: [[1, 1]],
    expected: [1 / 2, 0, -1 / 5],
  },
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  {
    title: 'a learner whose only item leads nowhere by popularity',
    train: learners,
    history: [[3, 1]],
    expected: [3, 2, 2, 1],
  },
]);

// With half of the interactions lost, the penalised Gram matrix is [[5, 1], [1, 3]] with the inverse [[3, -1], [-1, 5]] / 14.
describeRecommender('ease with dropout', easeRecommender({ l2: 1, dropout: 0.5 }), [
  {
    title: 'a learner with one item less by a much chosen item than by a rare one',
    train: [
      [1, 1],
      [1, 0],
    ],
    history: [
      [0, 1],
      [1, 2],
    ],
    expected: [2 / 3, 1 / 5],
  },
]);

describeRecommender('ease of a power of popularity', easeRecommender({ l2: 1, popularityPower: 0.5 }), [
  {
    title: 'a learner lower by an item the more it is chosen',
    train: [
      [1, 1],
      [1, 0],
    ],
    history: [
      [0, 1],
      [1, 1],
    ],
    expected: [1 / 2 / Math.sqrt(2), 1 / 3],
  },
  {
    title: 'the same by learners, where they are fewer than the items',
    train: [
      [1, 1, 0],
      [1, 0, 0],
    ],
    history: [
      [0, 1],
      [1, 1],
    ],
    expected: [1 / 2 / Math.sqrt(2), 1 / 3, 0],
  },
]);

// More items than learners: the inverse is found by learners.
describeRecommender('ease by learners', easeRecommender({ l2: 1 }), [
  {
    title: 'a learner with one item by what others chose with it',
    train: [[1, 1, 0]],
    history: [[0, 1]],
    expected: [0, 1 / 2, 0],
  },
  {
    title: 'a learner whose only item leads nowhere by popularity',
    train: [
      [1, 1, 0, 0],
      [0, 0, 1, 0],
    ],
    history: [[2, 1]],
    expected: [1, 1, 1, 0],
  },
]);

// Learners 1 and 2 have the strongest taste, (1, 1, 0) / sqrt 2 with the singular value 2; learner 3 has one apart.
describeRecommender('puresvd', pureSvdRecommender({ factors: 8 }), [
  {
    title: 'a learner with one item by its share in what is chosen together',
    train: [
      [1, 1, 0],
      [1, 1, 0],
      [0, 0, 1],
    ],
    history: [[0, 2]],
    expected: [1, 1, 0],
  },
  {
    title: 'a learner of an item that nobody chose by popularity',
    train: [[1, 1, 0]],
    history: [[2, 1]],
    expected: [1, 1, 0],
  },
]);

// One learner and one item with equal penalties settle at equal factors x with c (1 - x^2) = l2, where c = 1 + alpha and
// l2 = c / 2: x^2 = 1 / 2, and the score is x c x / (c x^2 + l2).
describeRecommender('ials', ialsRecommender({ factors: 8, epochs: 8, alpha: 4, regularisation: 0.5 }), [
  { title: 'the only learner of the only item', train: [[1]], history: [[0, 1]], expected: [1 / 2] },
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  {
    title: 'a learner of an item that nobody chose by popularity',
    train: [[1, 1, 0]],
    history: [[2, 1]],
    expected: [1, 1, 0],
  },
]);

// Items as documents: 4 of them. Each learner chose n of them and weighs log(1 + 4 / (1 + n)).
const perLearner = [2, 3, 2, 1].map((chosen) => Math.log(1 + 4 / (1 + chosen)) ** 2) as [
  number,
  number,
  number,
  number,
];
const [two, three] = perLearner;

describeRecommender('item-knn by tf-idf', itemKnnRecommender({ shrink: 0, neighbourCount: 100, weighting: 'tf-idf' }), [
  {
    title: 'a learner with one item by cosines in which those who chose much say less, and the root of the weight',
    train: learners,
    history: [[1, 4]],
    expected: [(2 * (two + three)) / Math.sqrt((two + three + two) * (two + three)), 0, (2 * three) / (two + three), 0],
  },
]);

describeRecommender('item-knn by bm25', itemKnnRecommender({ shrink: 0, neighbourCount: 100, weighting: 'bm25' }), [
  {
    // Items are 3, 2, 2 and 1 long, 2 on average: the factor of the length of an item drops out of its cosines, and
    // stays in the history.
    title: 'a learner with two items by cosines, of which a much-chosen item adds less',
    train: learners,
    history: [
      [0, 1],
      [1, 1],
    ],
    expected: [
      (two + three) / Math.sqrt((two + three + two) * (two + three)),
      ((2.2 / (1.2 * (0.25 + 0.75 * 1.5) + 1)) * (two + three)) / Math.sqrt((two + three + two) * (two + three)),
      ((2.2 / (1.2 * (0.25 + 0.75 * 1.5) + 1)) * (two + three)) / Math.sqrt((two + three + two) * (two + three)) +
        three / (two + three),
      0,
    ],
  },
]);

const unweighted = { shrink: 0, neighbourCount: 100, weighting: 'none' } as const;

describeRecommender('user-knn', userKnnRecommender(unweighted), [
  {
    title: 'a learner with one item by the cosines to those who chose it',
    train: learners,
    history: [[0, 1]],
    expected: [
      2 / Math.sqrt(2) + 1 / Math.sqrt(3),
      1 / Math.sqrt(2) + 1 / Math.sqrt(3),
      1 / Math.sqrt(2) + 1 / Math.sqrt(3),
      0,
    ],
  },
  {
    title: 'a learner with two items of different weight',
    train: learners,
    history: [
      [2, 3],
      [1, 4],
    ],
    // The cosines are 4 / (5 sqrt 2), 7 / (5 sqrt 3) and 3 / (5 sqrt 2).
    expected: [
      7 / (5 * Math.sqrt(2)) + 7 / (5 * Math.sqrt(3)),
      4 / (5 * Math.sqrt(2)) + 7 / (5 * Math.sqrt(3)),
      3 / (5 * Math.sqrt(2)) + 7 / (5 * Math.sqrt(3)),
      0,
    ],
  },
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  {
    title: 'a learner with an item that nobody chose by popularity',
    train: [
      [1, 0, 0],
      [1, 1, 0],
    ],
    history: [[2, 1]],
    expected: [2, 1, 0],
  },
]);

describeRecommender('user-knn with shrinkage', userKnnRecommender({ ...unweighted, shrink: 2 }), [
  {
    title: 'a learner with one item by cosines drawn to zero',
    train: learners,
    history: [[3, 1]],
    expected: [0, 0, 0, 1 / 3],
  },
]);

describeRecommender('user-knn with room for two', userKnnRecommender({ ...unweighted, neighbourCount: 2 }), [
  {
    title: 'a learner by the nearest one, and by those who share the second place',
    train: [
      [1, 0, 0, 0],
      [1, 1, 0, 0],
      [1, 0, 1, 0],
      [1, 0, 0, 1],
    ],
    history: [[0, 1]],
    expected: [1 + 1 / Math.sqrt(2), 1 / (3 * Math.sqrt(2)), 1 / (3 * Math.sqrt(2)), 1 / (3 * Math.sqrt(2))],
  },
]);

// Items 0 to 3 were chosen by 3, 2, 2 and 1 of four learners.
const perItem = [3, 2, 2, 1].map((chosen) => Math.log(1 + 4 / (1 + chosen))) as [number, number, number, number];
const [often, twice] = perItem;

describeRecommender('user-knn by tf-idf', userKnnRecommender({ ...unweighted, weighting: 'tf-idf' }), [
  {
    title: 'a learner by neighbours who vote more for what few chose',
    train: learners,
    history: [[0, 9]],
    expected: [
      (2 * often ** 2) / Math.hypot(often, twice) + often ** 2 / Math.hypot(often, twice, twice),
      (often * twice) / Math.hypot(often, twice) + (often * twice) / Math.hypot(often, twice, twice),
      (often * twice) / Math.hypot(often, twice) + (often * twice) / Math.hypot(often, twice, twice),
      0,
    ],
  },
]);

describeRecommender(
  'p3alpha with alpha 1',
  p3alphaRecommender({ neighbourCount: 100, alpha: 1, normaliseRows: false }),
  [
    {
      // From item 0 to its three learners with 1/3 each, from them to their items with 1/2, 1/3 and 1/2.
      title: 'a learner with one item by the probability to walk from it to each other',
      train: learners,
      history: [[0, 1]],
      expected: [0, (1 / 2 + 1 / 3) / 3, (1 / 3 + 1 / 2) / 3, 0],
    },
    {
      title: 'a learner with two items by the sum, each with its weight',
      train: learners,
      history: [
        [1, 2],
        [0, 1],
      ],
      expected: [2 * (5 / 12), (1 / 2 + 1 / 3) / 3, (1 / 3 + 1 / 2) / 3 + 2 / 6, 0],
    },
    {
      title: 'the last step by the weights of the learner on the way, the first by none',
      train: [
        [1, 3],
        [5, 0],
      ],
      history: [[0, 1]],
      expected: [0, 3 / 8],
    },
    { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  ],
);

describeRecommender(
  'p3alpha with alpha 2',
  p3alphaRecommender({ neighbourCount: 100, alpha: 2, normaliseRows: false }),
  [
    {
      title: 'a learner with one item by the squares of the steps',
      train: learners,
      history: [[0, 1]],
      expected: [0, (1 / 4 + 1 / 9) / 9, (1 / 9 + 1 / 4) / 9, 0],
    },
  ],
);

describeRecommender(
  'p3alpha with rows that sum to one',
  p3alphaRecommender({ neighbourCount: 100, alpha: 1, normaliseRows: true }),
  [
    {
      title: 'a learner with two items, each with the same say',
      train: learners,
      history: [
        [0, 1],
        [1, 1],
      ],
      // Item 1 leads to item 0 with 5/12 and to item 2 with 1/6.
      expected: [5 / 7, 1 / 2, 1 / 2 + 2 / 7, 0],
    },
  ],
);

describeRecommender('rp3beta', rp3betaRecommender({ neighbourCount: 100, alpha: 1, beta: 1 }), [
  {
    title: 'a learner with one item by the walk over the popularity of where it ends',
    train: learners,
    history: [[1, 1]],
    expected: [5 / 12 / 3, 0, 1 / 6 / 2, 0],
  },
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
]);

/** As many vectors as there are items: each has something of its own and something that all have. */
const byContent: Recommender = {
  name: 'content',
  fit(train) {
    const { columnCount } = train;
    const rows = Array.from({ length: columnCount }, (_, item) =>
      Array.from({ length: columnCount + 1 }, (_column, k) => Number(k === item || k === columnCount)),
    );
    return contentRecommender(matrixOf(rows), { ridge: 1, shrink: 0 }).fit(train);
  },
};

describeRecommender('content', byContent, [
  { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
  {
    // Two known contents: K + I = [[3, 1], [1, 3]], so each tells the other by 1/3 of what speaks for it.
    title: 'a content by what speaks for those that are told alike',
    train: [[1, 1]],
    history: [[0, 1]],
    expected: [1 / 3, 0],
  },
  {
    // The third content is new: it is told like both, T = (K + I)^-1 (1, 1) = (1/4, 1/4).
    title: 'a new content by all that are told like it',
    train: [[1, 1, 0]],
    history: [[0, 1]],
    expected: [1 / 3, 0, 1 / 4],
  },
]);

const blended = [popularityRecommender(), itemKnnRecommender({ shrink: 0, neighbourCount: 100 })];

describeRecommender('blend of given weights', blendRecommender(blended, { weights: [1, 3] }), [
  {
    title: 'a stranger by popularity',
    train: [
      [1, 1, 0],
      [1, 0, 0],
    ],
    history: [],
    expected: standardised([2, 1, 0], 4),
  },
  {
    // Beside item 0 stand popularities 2, 2 and 1, and cosines of 2 / sqrt 6 twice and 0: both are the same when standardised.
    title: 'a learner with one item by what both say, each less its mean and by its deviation over the other items',
    train: learners,
    history: [[0, 1]],
    expected: [(3 - 5 / 3) / Math.sqrt(2 / 9) - 3 * Math.SQRT2, 4 / Math.SQRT2, 4 / Math.SQRT2, -4 * Math.SQRT2],
  },
]);

describeRecommender(
  'blend that learns its weights',
  blendRecommender(blended),
  [
    {
      title: 'a stranger by popularity',
      train: [
        [1, 1, 0],
        [1, 0, 0],
      ],
      history: [],
      expected: standardised([2, 1, 0], 1),
    },
  ],
  { draws: true, runs: 60 },
);

/** Both components say the same of a stranger: the weights add up to `weight`. */
function standardised(scores: readonly number[], weight: number): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  return scores.map((score) => (weight * (score - mean)) / deviation);
}

describeRecommender(
  'fm',
  fmRecommender({ factors: 2, epochs: 3 }),
  [
    { title: 'a stranger by popularity', train: learners, history: [], expected: [3, 2, 2, 1] },
    {
      title: 'a learner whose only item was never chosen beside another by popularity',
      train: learners,
      history: [[3, 1]],
      expected: [3, 2, 2, 1],
    },
  ],
  { draws: true, runs: 60 },
);
