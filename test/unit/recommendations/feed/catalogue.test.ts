import { describe, expect, it } from 'vitest';
import { admission, Catalogue } from '../../../../src/recommendations/feed/catalogue.ts';
import { anEntry, DAY_MS, NOW_MS } from '../../../support/feed-wish.ts';

describe('the catalogue', () => {
  it('keeps the number of a content when it changes, and leaves the one before as it was', () => {
    const before = new Catalogue().with([anEntry('a'), anEntry('b')]);
    const after = before.with([anEntry('c'), anEntry('a', { title: 'New', isListed: false })]);
    expect([after.size, after.numberOf('a'), after.numberOf('b'), after.numberOf('c')]).toEqual([3, 0, 1, 2]);
    expect(after.at(0)).toMatchObject({ id: 'a', title: 'New' });
    expect([before.size, before.numberOf('c'), before.at(0).title]).toEqual([2, undefined, 'Title of a']);
    expect([...before.newestFirst()]).toEqual([1, 0]);
    expect([...after.newestFirst()]).toEqual([2, 1]);
  });

  it('is itself when nothing changed', () => {
    const catalogue = new Catalogue([anEntry('a')]);
    expect(catalogue.with([])).toBe(catalogue);
  });

  it('lists what is on the shelf, the latest first, and of one moment the last known first', () => {
    const at = (days: number) => ({ publishedAtMs: NOW_MS - days * DAY_MS });
    const catalogue = new Catalogue([
      anEntry('old', at(9)),
      anEntry('new', at(0)),
      anEntry('gone', { ...at(1), isListed: false }),
      anEntry('middle', at(3)),
      anEntry('middle too', at(3)),
    ]);
    expect([...catalogue.newestFirst()].map((number) => catalogue.at(number).id)).toEqual([
      'new',
      'middle too',
      'middle',
      'old',
    ]);
  });

  it('knows no content that it does not have', () => {
    const catalogue = new Catalogue([anEntry('a')]);
    expect(catalogue.numberOf('b')).toBeUndefined();
    expect(() => catalogue.at(1)).toThrow(RangeError);
    expect(() => catalogue.at(-1)).toThrow(RangeError);
  });
});

describe('what may stand in a feed', () => {
  const rules = { filter: {}, age: 12, blockedPartners: new Set(['blocked']) };

  const isAdmissible = admission(rules);

  it('is listed, of no blocked partner, and for no older people', () => {
    expect(isAdmissible(anEntry('a'))).toBe(true);
    expect(isAdmissible(anEntry('a', { isListed: false }))).toBe(false);
    expect(isAdmissible(anEntry('a', { partnerId: 'blocked' }))).toBe(false);
    expect(isAdmissible(anEntry('a', { minAge: 12 }))).toBe(true);
    expect(isAdmissible(anEntry('a', { minAge: 13 }))).toBe(false);
  });

  it('meets every list of a filter by one of its values', () => {
    const entry = anEntry('a', { kind: 'BOOK', language: 'zh-CN', domainCode: 'finance', module: 'COURSE' });
    const within = (filter: object) => admission({ ...rules, filter })(entry);
    expect(within({ kinds: ['COURSE', 'BOOK'], domains: ['finance', 'law'], languages: ['zh'] })).toBe(true);
    expect(within({ kinds: [], languages: ['zh-CN'], contentIds: ['a'], modules: ['COURSE'] })).toBe(true);
    for (const filter of [{ kinds: ['COURSE'] }, { domains: ['law'] }, { languages: ['en'] }, { contentIds: ['b'] }]) {
      expect(within({ ...filter, modules: ['COURSE'] })).toBe(false);
    }
  });
});
