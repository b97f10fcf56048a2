import { itemKnnRecommender, popularityRecommender } from '../../src/math/recommenders/index.ts';
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
