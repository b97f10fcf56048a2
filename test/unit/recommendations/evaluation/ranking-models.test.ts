import { describe, expect, it } from 'vitest';
import { configureModel, RANKING_MODELS } from '../../../../src/recommendations/evaluation/index.ts';

describe('the models that can be measured', () => {
  it.each(RANKING_MODELS)('%s has a default for every setting', (name) => {
    expect(configureModel(name, {}).recommender.name).toBe(name);
  });

  it('state all settings, given or not', () => {
    expect(configureModel('item-knn', { shrink: 50 }).params).toMatchObject({ shrink: 50, neighbourCount: 200 });
    expect(configureModel('ease', {}).params).toEqual({ l2: 500, maxSize: 10_000 });
    expect(configureModel('popularity', {}).params).toEqual({});
  });

  it.each([
    ['a setting that the model does not have', 'popularity', { shrink: 1 }, 'shrink'],
    ['a value out of bounds', 'item-knn', { shrink: -1 }, 'params.shrink'],
    ['a penalty of zero', 'ease', { l2: 0 }, 'params.l2'],
    ['a value of another type', 'item-knn', { neighbourCount: '5' }, 'params.neighbourCount'],
    ['a list', 'item-knn', [50], 'params'],
  ] as const)('refuse %s', (_, name, params, mention) => {
    expect(() => configureModel(name, params)).toThrow(mention);
  });
});
