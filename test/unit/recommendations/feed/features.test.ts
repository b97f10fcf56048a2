import { expect, it } from 'vitest';
import { FEATURES, type FeatureName, featureRow } from '../../../../src/recommendations/feed/features.ts';

it('a row has the values in the order of their names', () => {
  const values = Object.fromEntries(FEATURES.map((name, at) => [name, at / 100])) as Record<FeatureName, number>;
  expect(featureRow(values)).toEqual(FEATURES.map((_, at) => at / 100));
});
