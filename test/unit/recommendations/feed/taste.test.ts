import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelView } from '../../../../src/recommendations/feed/model-view.ts';
import { contributionsTo, greatestContributionTo, tasteOf } from '../../../../src/recommendations/feed/taste.ts';
import { aCatalogue, aModel, DAY_MS, deeds, type Likeness, NOW_MS } from '../../../support/feed-wish.ts';

const IDS = ['c0', 'c1', 'c2', 'c3'];
const four = aCatalogue([{}, {}, {}, {}]);

describe('a taste', () => {
  it('adds up likenesses by the shares of what the person did, as computed by hand', () => {
    const alike: Likeness[] = [
      ['c0', 'c2', 0.5],
      ['c0', 'c1', 0.1],
      ['c1', 'c2', 0.25],
    ];
    const view = new ModelView(aModel({ contentIds: IDS, alike }), four);
    const taste = tasteOf([deeds('c0', { kind: 'LIKE' }), deeds('c1', { kind: 'VIEW' })], view);
    // LIKE weighs 3 and VIEW 1: log 4 and log 2, so two thirds and one.
    expect(taste.liked).toEqual([
      { number: 0, deed: 'LIKE', share: expect.closeTo(2 / 3, 12) },
      { number: 1, deed: 'VIEW', share: expect.closeTo(1 / 3, 12) },
    ]);
    expect(taste.byPeople[2]).toBeCloseTo((2 / 3) * 0.5 + (1 / 3) * 0.25, 12);
    expect(taste.byPeople[1]).toBeCloseTo((2 / 3) * 0.1, 12);
    expect([taste.byPeople[0], taste.byPeople[3], taste.most.byText]).toEqual([0, 0, 1]);
    expect(taste.most.byPeople).toBe(taste.byPeople[2]);
  });

  it('weighs what was long ago less than what is of late, whatever the clock says now', () => {
    const view = new ModelView(null, four);
    const sharesFrom = (newestMs: number) =>
      tasteOf(
        [deeds('c0', { occurredAtMs: newestMs }), deeds('c1', { kind: 'LIKE', occurredAtMs: newestMs - 180 * DAY_MS })],
        view,
      ).liked.map(({ share }) => share);
    // Half of 3 is left after a half-life of 180 days.
    const expected = Math.log(4) / (Math.log(4) + Math.log(2.5));
    expect(sharesFrom(NOW_MS)[0]).toBeCloseTo(expected, 12);
    expect(sharesFrom(NOW_MS - 900 * DAY_MS)[0]).toBeCloseTo(expected, 12);
  });

  it('takes nothing from what the person disliked, or from contents that the catalogue does not have', () => {
    const view = new ModelView(aModel({ contentIds: IDS, alike: [['c0', 'c1', 0.9]] }), four);
    const history = [
      deeds('c0', { kind: 'RATE', value: 1 }),
      deeds('elsewhere', {}),
      deeds('c2', {}, { kind: 'DISMISS' }),
    ];
    const taste = tasteOf(history, view);
    expect(taste.liked).toEqual([]);
    expect([...taste.byPeople]).toEqual([0, 0, 0, 0]);
    expect(taste.most).toEqual({ byPeople: 1, byText: 1 });
  });

  it('names the strongest thing that the person did with a content, and a whole progress as finished', () => {
    const view = new ModelView(null, four);
    const history = [
      deeds('c0', { kind: 'VIEW' }, { kind: 'PROGRESS', value: 1 }, { kind: 'VIEW' }),
      deeds('c1', { kind: 'PROGRESS', value: 0.4 }, { kind: 'RATE', value: 5 }),
      deeds('c2', { kind: 'PROGRESS', value: 0.99 }),
    ];
    expect(tasteOf(history, view).liked.map(({ deed }) => deed)).toEqual(['FINISH', 'RATE', 'PROGRESS']);
  });

  it('knows what is new by what is told of it, both ways', () => {
    const catalogue = aCatalogue([{}, {}, { textNeighbours: [{ contentId: 'c0', similarity: 0.8 }] }]);
    const view = new ModelView(aModel({ contentIds: ['c0', 'c1'] }), catalogue);
    const likesOld = tasteOf([deeds('c0', {})], view);
    expect([...likesOld.byText]).toEqual([0, 0, expect.closeTo(0.8, 12)]);
    const parts = contributionsTo(2, { liked: likesOld.liked, view, by: 'TEXT' });
    expect(parts).toMatchObject([{ number: 0, part: expect.closeTo(0.8, 12) }]);
    const likesNew = tasteOf([deeds('c2', {})], view);
    expect([...likesNew.byText]).toEqual([expect.closeTo(0.8, 12), 0, 0]);
  });

  it('is nothing without a model', () => {
    const taste = tasteOf([deeds('c0', {})], new ModelView(null, four));
    expect([...taste.byPeople, ...taste.byText]).toEqual(new Array(8).fill(0));
  });
});

it('what each content of the person brings adds up to the taste', () => {
  const number = fc.nat(5);
  const similarity = fc.double({ min: 0.01, max: 1, noNaN: true });
  const likenesses = fc.uniqueArray(fc.tuple(number, number, similarity), {
    selector: ([from, to]) => `${from}:${to}`,
    maxLength: 20,
  });
  const history = fc.uniqueArray(fc.tuple(number, fc.constantFrom('VIEW', 'LIKE', 'SHARE', 'DISMISS')), {
    selector: ([content]) => content,
    maxLength: 6,
  });
  const catalogue = aCatalogue(
    Array.from({ length: 6 }, (_, at) => (at === 5 ? { textNeighbours: [{ contentId: 'c1', similarity: 0.5 }] } : {})),
  );
  const property = fc.property(likenesses, likenesses, history, (people, texts, deedsOf) => {
    const named = (rows: typeof people): Likeness[] =>
      rows.flatMap(([from, to, value]): Likeness[] =>
        from === to || from === 5 || to === 5 ? [] : [[`c${from}`, `c${to}`, value]],
      );
    const contentIds = ['c0', 'c1', 'c2', 'c3', 'c4'];
    const model = aModel({ contentIds, alike: named(people), alikeByText: named(texts) });
    const view = new ModelView(model, catalogue);
    const taste = tasteOf(
      deedsOf.map(([content, kind]) => deeds(`c${content}`, { kind })),
      view,
    );
    if (taste.liked.length > 0) expect(taste.liked.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    for (let content = 0; content < 6; content++) {
      for (const [by, sums] of [['PEOPLE', taste.byPeople] as const, ['TEXT', taste.byText] as const]) {
        const contributions = contributionsTo(content, { liked: taste.liked, view, by });
        const parts = contributions.map(({ part }) => part);
        const greatest = greatestContributionTo(content, { liked: taste.liked, view, by });
        expect(greatest?.number).toBe(contributions[0]?.number);
        expect(parts).toEqual(parts.toSorted((one, other) => other - one));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(sums[content] ?? Number.NaN, 12);
      }
    }
  });
  fc.assert(property, { numRuns: 200, seed: 20_261_122 });
});
