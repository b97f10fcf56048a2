import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deletionVariants, editDistance } from '../../../../src/math/text/index.ts';

describe('the edit distance', () => {
  it.each([
    ['python', 'python', 0],
    ['pyhton', 'python', 1],
    ['pythn', 'python', 1],
    ['pythoon', 'python', 1],
    ['pithon', 'python', 1],
    ['machne lerning', 'machine learning', 2],
    ['计算机网洛', '计算机网络', 1],
    ['', 'ab', 2],
    ['😀a', 'a😀', 1],
    ['kitten', 'sitting', 3],
  ])('of %j and %j is %i', (one, other, distance) => {
    expect(editDistance(one, other, 5)).toBe(distance);
    expect(editDistance(other, one, 5)).toBe(distance);
  });

  it('is cut off one above the bound', () => {
    expect(editDistance('kitten', 'sitting', 1)).toBe(2);
    expect(editDistance('a', 'abcdef', 2)).toBe(3);
  });

  it('says the same under every bound that it is within', () => {
    fc.assert(
      fc.property(word, word, fc.nat(4), (one, other, most) => {
        expect(editDistance(one, other, most)).toBe(Math.min(editDistance(one, other, 50), most + 1));
      }),
    );
  });
});

describe('the deletion variants of two words', () => {
  it('have one in common when the words are within so many edits', () => {
    fc.assert(
      fc.property(word, word, fc.integer({ min: 0, max: 2 }), (one, other, most) => {
        fc.pre(editDistance(one, other, most) <= most);
        const shared = new Set(deletionVariants(one, most)).intersection(new Set(deletionVariants(other, most)));
        expect(shared.size).toBeGreaterThan(0);
      }),
      { numRuns: 2_000 },
    );
  });

  it('are the first eight characters with up to so many left out', () => {
    expect(deletionVariants('abc', 1)).toEqual(['abc', 'bc', 'ac', 'ab']);
    expect(deletionVariants('abcdefghij', 0)).toEqual(['abcdefgh']);
    expect(deletionVariants('abcdefgh', 2)).toHaveLength(1 + 8 + 28);
  });
});

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 12 });
