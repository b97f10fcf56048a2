import { cosineSimilarity, walkSimilarity } from '../../src/math/similarity/index.ts';
import { describeSimilarityMeasure } from './similarity-measure.contract.ts';

const courses = [
  [1, 1, 1, 0],
  [1, 1, 0, 0],
  [0, 1, 1, 0],
  [0, 0, 0, 1],
];

const symmetric = { least: -9, symmetric: true };

describeSimilarityMeasure(
  'cosine without shrinkage',
  { ...symmetric, make: (neighbourCount) => cosineSimilarity({ shrink: 0, neighbourCount }) },
  [
    {
      title: 'four courses by who chose them',
      rows: courses,
      expected: [
        [
          [1, 2 / Math.sqrt(6)],
          [2, 2 / Math.sqrt(6)],
        ],
        [
          [0, 2 / Math.sqrt(6)],
          [2, 1 / 2],
        ],
        [
          [0, 2 / Math.sqrt(6)],
          [1, 1 / 2],
        ],
        [],
      ],
    },
    {
      title: 'weights of which some speak against',
      rows: [
        [3, 4],
        [4, 3],
        [-3, 4],
      ],
      expected: [
        [
          [1, 24 / 25],
          [2, 7 / 25],
        ],
        [[0, 24 / 25]],
        [[0, 7 / 25]],
      ],
    },
    { title: 'parallel rows', rows: [[0.1], [0.3]], expected: [[[1, 1]], [[0, 1]]] },
  ],
);

describeSimilarityMeasure(
  'cosine with shrinkage',
  { ...symmetric, make: (neighbourCount) => cosineSimilarity({ shrink: 2, neighbourCount }) },
  [
    {
      title: 'four courses by who chose them, drawn to zero',
      rows: courses,
      expected: [
        [
          [1, 2 / (Math.sqrt(6) + 2)],
          [2, 2 / (Math.sqrt(6) + 2)],
        ],
        [
          [0, 2 / (Math.sqrt(6) + 2)],
          [2, 1 / 4],
        ],
        [
          [0, 2 / (Math.sqrt(6) + 2)],
          [1, 1 / 4],
        ],
        [],
      ],
    },
  ],
);

// Courses 0 to 3 were chosen by 3, 2, 2 and 1 learners, who chose 2, 3, 2 and 1.
describeSimilarityMeasure(
  'walk',
  {
    least: 0,
    symmetric: false,
    make: (neighbourCount) => walkSimilarity({ alpha: 1, beta: 1, neighbourCount }),
  },
  [
    {
      title: 'four courses by where a walk from them ends, over how often these were chosen',
      rows: courses,
      expected: [
        [
          [1, (1 / 2 + 1 / 3) / 3 / 2],
          [2, (1 / 3 + 1 / 2) / 3 / 2],
        ],
        [
          [0, (1 / 2 + 1 / 3) / 2 / 3],
          [2, 1 / 3 / 2 / 2],
        ],
        [
          [0, (1 / 3 + 1 / 2) / 2 / 3],
          [1, 1 / 3 / 2 / 2],
        ],
        [],
      ],
    },
    {
      title: 'weights, which the last step goes by and the first does not',
      rows: [
        [1, 1],
        [3, 0],
      ],
      expected: [[[1, 3 / 4 / 2]], [[0, 1 / 4 / 2]]],
    },
  ],
);
