import {
  easeRecommender,
  itemKnnRecommender,
  popularityRecommender,
  pureSvdRecommender,
} from '../../src/math/recommenders/index.ts';
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
