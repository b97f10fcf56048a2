import {
  ATTRIBUTION_MODEL_NAMES,
  ATTRIBUTION_MODELS,
  type AttributionModelName,
  CHANNEL_MODELS,
  DEFAULT_SETTINGS,
  markovModel,
} from '../../src/math/attribution/index.ts';
import { type AttributionFixture, describeAttributionModel } from './attribution-model.contract.ts';
import { type ChannelFixture, describeChannelModel } from './attribution-model-channels.contract.ts';

const PATHS = [
  { channels: ['direct'], conversions: 2 },
  { channels: ['search', 'email'], conversions: 3 },
  { channels: ['search', 'social', 'email'], conversions: 5 },
];

/** In the first, of 4 conversions 2 need a and b, which are one window of order 2, 2 need c, and 1 needs d. */
const ORDER_TWO: ChannelFixture[] = [
  {
    paths: [
      { channels: ['c'], conversions: 2, value: 2, nulls: 0 },
      { channels: ['a', 'b'], conversions: 1, value: 4, nulls: 0 },
      { channels: ['a', 'b', 'd'], conversions: 1, value: 2, nulls: 0 },
    ],
    expected: { a: [4 * (2 / 7), 8 * (2 / 7)], b: [8 / 7, 16 / 7], c: [8 / 7, 16 / 7], d: [4 / 7, 8 / 7] },
    effects: { a: 0.5, b: 0.5, c: 0.5, d: 0.25 },
  },
  {
    // The windows (a, b), (b, c) and (d, b), (b, a): b alone does not tell the two apart, but its windows do.
    paths: [
      { channels: ['a', 'b', 'c'], conversions: 3, value: 3, nulls: 0 },
      { channels: ['d', 'b', 'a'], conversions: 0, value: 0, nulls: 5 },
    ],
    expected: { a: [1, 1], b: [1, 1], c: [1, 1], d: [0, 0] },
    effects: { a: 1, b: 1, c: 1, d: 0 },
  },
];

/** Repeats count, and the four places of a longer journey are told apart. */
const LOOP = [{ channels: ['search', 'social', 'search', 'email'], conversions: 3 }];

const EXPECTED: Record<AttributionModelName, { paths: Record<string, string>; loop: Record<string, string> }> = {
  FIRST_TOUCH: {
    paths: { direct: '2', search: '8', social: '0', email: '0' },
    loop: { search: '3', social: '0', email: '0' },
  },
  LAST_TOUCH: {
    paths: { direct: '2', search: '0', social: '0', email: '8' },
    loop: { search: '0', social: '0', email: '3' },
  },
  // 3/2 + 5/3 for the two ends of the longer paths.
  LINEAR: {
    paths: { direct: '2', search: '19/6', social: '5/3', email: '19/6' },
    loop: { search: '3/2', social: '3/4', email: '3/4' },
  },
  // 3 * .5 + 5 * .4 for the two ends; 5 * .2 between. In the loop 3 * (.4 + .1), 3 * .1, 3 * .4.
  POSITION: {
    paths: { direct: '2', search: '7/2', social: '1', email: '7/2' },
    loop: { search: '3/2', social: '3/10', email: '6/5' },
  },
  // Touches a second apart, each 1.146e-6 less than the next (ln 2 / 604,800): of two, 499999713 and 500000287 billionths; of
  // three, 333332951, 333333333 and 333333716; of four, 249999570, 249999857, 250000143 and 250000430.
  TIME_DECAY: {
    paths: {
      direct: '2',
      search: '1583331947/500000000',
      social: '333333333/200000000',
      email: '3166669441/1000000000',
    },
    loop: { search: '1499999139/1000000000', social: '749999571/1000000000', email: '75000129/100000000' },
  },
  // Effects .2 of direct, .8 of search and of email, .5 of social; the longest path gives 8/21, 5/21, 8/21, in billionths. In
  // the loop half of the ways go around social: 1, 1/2, 1.
  MARKOV: {
    paths: { direct: '2', search: '680952381/200000000', social: '119047619/100000000', email: '680952381/200000000' },
    loop: { search: '6/5', social: '3/5', email: '6/5' },
  },
  // 3/2 + 5/3 for the two ends of the longer paths. The loop has three channels, and search two touches.
  SHAPLEY: {
    paths: { direct: '2', search: '19/6', social: '5/3', email: '19/6' },
    loop: { search: '1', social: '1', email: '1' },
  },
};

for (const name of ATTRIBUTION_MODEL_NAMES) {
  const fixtures: AttributionFixture[] = [
    { title: 'ten conversions over three paths', paths: PATHS, expected: EXPECTED[name].paths },
    { title: 'a path that comes back to a channel', paths: LOOP, expected: EXPECTED[name].loop },
  ];
  describeAttributionModel(name, ATTRIBUTION_MODELS[name], fixtures);
}

const CHANNEL_PATHS = PATHS.map(({ channels, conversions }) => ({
  channels,
  conversions,
  value: 10 * conversions,
  nulls: 0,
}));

/** Reference vectors: {a 4; a>b 6} and, with those that did not convert, {a>b 3 of 4; a>c 1 of 2}. */
const TWO = [
  { channels: ['a'], conversions: 4, value: 8, nulls: 0 },
  { channels: ['a', 'b'], conversions: 6, value: 2, nulls: 0 },
];
const FORK = [
  { channels: ['a', 'b'], conversions: 3, value: 7, nulls: 1 },
  { channels: ['a', 'c'], conversions: 1, value: 1, nulls: 1 },
];

const CHANNEL_EXPECTED: Record<AttributionModelName, ChannelFixture[]> = {
  FIRST_TOUCH: [
    { paths: CHANNEL_PATHS, expected: { direct: [2, 20], search: [8, 80], social: [0, 0], email: [0, 0] } },
    { paths: FORK, expected: { a: [4, 8], b: [0, 0], c: [0, 0] } },
  ],
  LAST_TOUCH: [
    { paths: CHANNEL_PATHS, expected: { direct: [2, 20], search: [0, 0], social: [0, 0], email: [8, 80] } },
    { paths: FORK, expected: { a: [0, 0], b: [3, 7], c: [1, 1] } },
  ],
  LINEAR: [
    {
      paths: CHANNEL_PATHS,
      expected: { direct: [2, 20], search: [19 / 6, 190 / 6], social: [5 / 3, 50 / 3], email: [19 / 6, 190 / 6] },
    },
  ],
  POSITION: [
    { paths: CHANNEL_PATHS, expected: { direct: [2, 20], search: [3.5, 35], social: [1, 10], email: [3.5, 35] } },
  ],
  // Each touch a half-life after the one before: 1/3 and 2/3, and 1/7, 2/7, 4/7.
  TIME_DECAY: [
    {
      paths: CHANNEL_PATHS,
      expected: {
        direct: [2, 20],
        search: [1 + 5 / 7, 10 + 50 / 7],
        social: [10 / 7, 100 / 7],
        email: [2 + 20 / 7, 20 + 200 / 7],
      },
    },
  ],
  MARKOV: [
    // P(conversion) is 2/3; without b it is 1/6, without c 1/2.
    { paths: FORK, expected: { a: [2, 4], b: [1.5, 3], c: [0.5, 1] }, effects: { a: 1, b: 3 / 4, c: 1 / 4 } },
    // Effects sum to 2.3: .2 + .8 + .5 + .8.
    {
      paths: CHANNEL_PATHS,
      expected: {
        direct: [20 / 23, 200 / 23],
        search: [80 / 23, 800 / 23],
        social: [50 / 23, 500 / 23],
        email: [80 / 23, 800 / 23],
      },
      effects: { direct: 0.2, search: 0.8, social: 0.5, email: 0.8 },
    },
  ],
  SHAPLEY: [
    { paths: TWO, expected: { a: [7, 9], b: [3, 1] } },
    {
      paths: [{ channels: ['a', 'b', 'a', 'c'], conversions: 6, value: 9, nulls: 2 }],
      expected: { a: [2, 3], b: [2, 3], c: [2, 3] },
    },
  ],
};

for (const name of ATTRIBUTION_MODEL_NAMES) {
  const model = CHANNEL_MODELS[name](DEFAULT_SETTINGS);
  describeChannelModel(name, model, {
    fixtures: CHANNEL_EXPECTED[name],
    // Removal effects share the total out, journeys one by one: the sums need not be the same.
    perTouch: name === 'MARKOV' ? null : ATTRIBUTION_MODELS[name],
  });
}

for (const order of [2, 3, 7]) {
  describeChannelModel(`MARKOV of order ${order}`, CHANNEL_MODELS.MARKOV({ ...DEFAULT_SETTINGS, order }), {
    fixtures: order === 2 ? ORDER_TWO : [],
    perTouch: null,
  });
  describeAttributionModel(`MARKOV of order ${order}`, markovModel({ order }), []);
}
