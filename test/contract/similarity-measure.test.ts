import { cosineSimilarity } from '../../src/math/similarity/index.ts';
import { describeSimilarityMeasure } from './similarity-measure.contract.ts';

const courses = [
  [1, 1, 1, 0],
  [1, 1, 0, 0],
  [0, 1, 1, 0],
  [0, 0, 0, 1],
];

describeSimilarityMeasure(
  'cosine without shrinkage',
  (neighbourCount) => cosineSimilarity({ shrink: 0, neighbourCount }),
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
  (neighbourCount) => cosineSimilarity({ shrink: 2, neighbourCount }),
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
