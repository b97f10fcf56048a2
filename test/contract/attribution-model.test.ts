import {
  ATTRIBUTION_MODEL_NAMES,
  ATTRIBUTION_MODELS,
  type AttributionModelName,
} from '../../src/math/attribution/index.ts';
import { type AttributionFixture, describeAttributionModel } from './attribution-model.contract.ts';

const PATHS = [
  { channels: ['direct'], conversions: 2 },
  { channels: ['search', 'email'], conversions: 3 },
  { channels: ['search', 'social', 'email'], conversions: 5 },
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
};

for (const name of ATTRIBUTION_MODEL_NAMES) {
  const fixtures: AttributionFixture[] = [
    { title: 'ten conversions over three paths', paths: PATHS, expected: EXPECTED[name].paths },
    { title: 'a path that comes back to a channel', paths: LOOP, expected: EXPECTED[name].loop },
  ];
  describeAttributionModel(name, ATTRIBUTION_MODELS[name], fixtures);
}
