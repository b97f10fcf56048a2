import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FEATURE_COUNT, FEATURE_UNITS } from '../../../../src/recommendations/feed/features.ts';
import { toCursor, toPlace } from '../../../../src/recommendations/feed/feed-cursor.ts';
import { featuresAt, filterKey } from '../../../../src/recommendations/feed/listed-place.ts';

describe('the one way of writing a filter', () => {
  it('does not depend on the order of fields and values, on repetitions, or on fields that say nothing', () => {
    const one = filterKey({ kinds: ['COURSE', 'BOOK', 'COURSE'], domains: [], languages: ['zh', 'en'] });
    const other = filterKey({ languages: ['en', 'zh', 'zh'], modules: [], kinds: ['BOOK', 'COURSE'] });
    expect(JSON.stringify(one)).toBe(JSON.stringify(other));
    expect(JSON.stringify(one)).toBe('{"kinds":["BOOK","COURSE"],"languages":["en","zh"]}');
    expect(filterKey({})).toEqual({});
  });

  it('tells wishes apart that are not the same', () => {
    const domains = fc.uniqueArray(fc.constantFrom('law', 'finance', 'nature', 'arts'));
    const property = fc.property(domains, domains, (one, other) => {
      const isSame = one.length === other.length && one.every((domain) => other.includes(domain));
      const keys = [filterKey({ domains: one }), filterKey({ domains: other })].map((key) => JSON.stringify(key));
      expect(keys[0] === keys[1]).toBe(isSame);
    });
    fc.assert(property, { seed: 20_261_122 });
  });

  it('is its own', () => {
    const key = filterKey({ modules: ['COURSE'], domains: ['law', 'arts'] });
    expect(JSON.stringify(filterKey(key))).toBe(JSON.stringify(key));
  });
});

it('the features of a place are those at its position', () => {
  const flat = Array.from({ length: 3 * FEATURE_COUNT }, (_, at) => at);
  const kept = flat.map((value) => value * FEATURE_UNITS);
  expect(featuresAt(kept, 1)).toEqual(flat.slice(FEATURE_COUNT, 2 * FEATURE_COUNT));
});

it('a place is what its cursor says', () => {
  const place = { feedId: '0190b5a0-0000-7000-8000-000000000001', position: 41 };
  expect(toPlace(toCursor(place))).toEqual(place);
});
