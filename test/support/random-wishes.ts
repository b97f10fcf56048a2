import fc from 'fast-check';
import { mayShow, type Wish } from '../../src/recommendations/feed/candidates.ts';
import { aCatalogue, aModel, aWish, DAY_MS, deeds, NOW_MS } from './feed-wish.ts';

const content = fc.record({
  partnerId: fc.constantFrom('p0', 'p1', 'p2'),
  domainCode: fc.constantFrom('law', 'arts'),
  kind: fc.constantFrom('COURSE' as const, 'BOOK' as const),
  language: fc.constantFrom('zh-CN', 'en'),
  minAge: fc.constantFrom(0, 0, 0, 14),
  isListed: fc.boolean(),
  daysOld: fc.nat(90),
  popularity: fc.constantFrom(0, 0, 1, 10),
  /** What the person has to do with it. */
  standing: fc.constantFrom('nothing', 'nothing', 'nothing', 'settled', 'seen of late', 'seen long ago', 'shown often'),
});

/** Whatever a catalogue, a model and a person can be, up to 30 contents. */
export const anyWish: fc.Arbitrary<Wish> = fc
  .record({
    contents: fc.array(content, { minLength: 1, maxLength: 30 }),
    likes: fc.uniqueArray(fc.nat(29), { maxLength: 3 }),
    alike: fc.array(fc.tuple(fc.nat(29), fc.nat(29)), { maxLength: 40 }),
    hasModel: fc.boolean(),
    birthYear: fc.constantFrom(null, 1990, 2015),
    filter: fc.constantFrom({}, { kinds: ['BOOK' as const] }, { languages: ['zh'], domains: ['law', 'arts'] }),
  })
  .map(({ contents, likes, alike, hasModel, birthYear, filter }) => {
    const idOf = (at: number) => `c${at % contents.length}`;
    const having = (standing: string) =>
      contents.flatMap((one, at) => (one.standing === standing ? [[`c${at}`, at] as const] : []));
    const popularity = Object.fromEntries(contents.map((one, at) => [`c${at}`, one.popularity]));
    const model = aModel({
      contentIds: contents.map((_, at) => `c${at}`),
      alike: alike.map(([from, to]) => [idOf(from), idOf(to), 0.5] as const).filter(([from, to]) => from !== to),
      popularity,
    });
    return aWish({
      catalogue: aCatalogue(contents.map((one) => ({ ...one, publishedAtMs: NOW_MS - one.daysOld * DAY_MS }))),
      model: hasModel ? model : null,
      filter,
      person: {
        birthYear,
        blockedPartners: new Set(['p2']),
        history: likes.map((at) => deeds(idOf(at), {})),
        settled: new Set(having('settled').map(([id]) => id)),
        seenAtMs: new Map([
          ...having('seen of late').map(([id]) => [id, NOW_MS - 6 * DAY_MS] as const),
          ...having('seen long ago').map(([id]) => [id, NOW_MS - 8 * DAY_MS] as const),
        ]),
        shown: new Map(having('shown often').map(([id]) => [id, 6] as const)),
      },
    });
  });

/** The numbers of what may be shown, looked at one by one. */
export function admissible(wish: Wish): number[] {
  const may = mayShow(wish, new Set());
  return Array.from({ length: wish.view.catalogue.size }, (_, number) => number).filter(may);
}
