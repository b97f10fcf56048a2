import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ContentKind, Module } from '../../../src/content/index.ts';
import { aContent } from '../../support/contents.ts';
import { fan, feedOf, wholeFeedOf } from '../../support/feed.ts';
import { blockPartner } from '../../support/feed-choices.ts';
import { recordInteractions } from '../../support/interactions.ts';
import { aPartner } from '../../support/partners.ts';
import { aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const DOMAINS = ['law', 'arts', 'nature'];
const KINDS: ContentKind[] = ['COURSE', 'BOOK'];
const MODULES: Module[] = ['COURSE', 'COMMERCE'];
const LANGUAGES = ['zh-CN', 'zh', 'en-GB', 'en'];
const PARTNERS = 4;
const YEAR = 2026;

const content = fc.record({
  partner: fc.nat(PARTNERS - 1),
  domainCode: fc.constantFrom(...DOMAINS),
  kind: fc.constantFrom(...KINDS),
  module: fc.constantFrom(...MODULES),
  language: fc.constantFrom(...LANGUAGES),
  minAge: fc.constantFrom(0, 0, 0, 0, 14, 18),
  daysOld: fc.nat(100),
  /** Why it may not be sold, if so. */
  trouble: fc.constantFrom(null, null, null, null, null, 'withdrawn', 'unlicensed', 'abroad', 'expired', 'suspended'),
});
type Drawn = typeof content extends fc.Arbitrary<infer One> ? One : never;
type Listed = Drawn & { readonly id: string; readonly partnerId: string };

const LICENCES = {
  unlicensed: [],
  abroad: [{ territory: ['FR', 'DE'] }],
  expired: [{ validUntil: new Date('2026-01-01T00:00:00Z') }],
};

async function putOnShelf(app: TestApp, drawn: readonly Drawn[]): Promise<Listed[]> {
  const partners: string[] = [];
  for (let at = 0; at < PARTNERS; at++) partners.push((await aPartner(app)).id);
  const listed: Listed[] = [];
  for (const { partner, trouble, daysOld, ...options } of drawn) {
    const isSuspended = trouble === 'suspended';
    const partnerId = isSuspended ? (await aPartner(app, { state: 'SUSPENDED' })).id : (partners[partner] ?? '');
    const licences = trouble && trouble in LICENCES ? { licences: LICENCES[trouble as keyof typeof LICENCES] } : {};
    const publishedAt = new Date(app.clock.now().getTime() - daysOld * 86_400_000);
    const state = trouble === 'withdrawn' ? 'WITHDRAWN' : 'PUBLISHED';
    const { id } = await aContent(app, { ...options, ...licences, partnerId, publishedAt, state });
    listed.push({ partner, trouble, daysOld, ...options, id, partnerId });
  }
  return listed;
}

const some = <Value>(...values: Value[]) => fc.option(fc.subarray(values, { minLength: 1 }), { nil: undefined });
const asked = fc.record({
  filter: fc.record({
    domains: some(...DOMAINS, 'nowhere'),
    kinds: some(...KINDS),
    modules: some(...MODULES),
    languages: some(...LANGUAGES),
  }),
  first: fc.integer({ min: 1, max: 25 }),
  birthYear: fc.constantFrom(undefined, YEAR - 30, YEAR - 16, YEAR - 8),
  blocked: fc.constantFrom(null, 0, 1),
  deeds: fc.uniqueArray(fc.record({ at: fc.nat(59), kind: fc.constantFrom('DISMISS' as const, 'LIKE' as const) }), {
    selector: ({ at }) => at,
    maxLength: 6,
  }),
});

it('gives with any filter exactly what may be shown, page by page, and always as many as are asked for', async () => {
  await using app = await startTestApp({ now: new Date(`${YEAR}-11-01T08:00:00Z`), config: { feedExploration: 0.3 } });
  const [drawn = []] = fc.sample(fc.array(content, { minLength: 60, maxLength: 60 }), { numRuns: 1, seed: 20_261_122 });
  const shelf = await putOnShelf(app, drawn);
  for (let at = 0; at + 3 < 60; at += 4)
    await fan(
      app,
      ...shelf
        .slice(at, at + 4)
        .filter(({ trouble }) => !trouble)
        .map(({ id }) => id),
    );
  await app.services.similarity.recompute();
  const sellable = shelf.filter(({ trouble }) => !trouble);
  expect(sellable.length).toBeGreaterThan(20);
  const property = fc.asyncProperty(asked, async ({ filter, first, birthYear, blocked, deeds }) => {
    const person = await aLearner(app, birthYear === undefined ? {} : { birthYear });
    const blockedId =
      blocked === null
        ? null
        : shelf.find(({ partner, trouble }) => partner === blocked && trouble !== 'suspended')?.partnerId;
    if (blockedId) await blockPartner(app, person, blockedId);
    const events = deeds.flatMap(({ at, kind }) => {
      const one = shelf[at];
      return one && !one.trouble ? [{ contentId: one.id, kind }] : [];
    });
    if (events.length > 0) await recordInteractions(app, person, events);
    const dismissed = new Set(events.filter(({ kind }) => kind === 'DISMISS').map(({ contentId }) => contentId));
    const age = birthYear === undefined ? 0 : YEAR - birthYear - 1;
    const { domains = DOMAINS, kinds = KINDS, modules = MODULES, languages = LANGUAGES } = filter;
    const expected = sellable.filter(
      (one) =>
        one.partnerId !== blockedId &&
        one.minAge <= age &&
        !dismissed.has(one.id) &&
        domains.includes(one.domainCode) &&
        kinds.includes(one.kind) &&
        modules.includes(one.module) &&
        (languages.includes(one.language) || languages.includes(one.language.slice(0, 2))),
    );
    const variables = Object.fromEntries(Object.entries(filter).filter(([, values]) => values !== undefined));
    const page = await feedOf(app, person, { ...variables, first });
    expect(page.ids).toHaveLength(Math.min(first, expected.length));
    expect(page.hasNextPage).toBe(expected.length > first);
    const whole = await wholeFeedOf(app, person, { ...variables, first });
    expect(whole.ids.toSorted()).toEqual(expected.map(({ id }) => id).toSorted());
  });
  await fc.assert(property, { numRuns: 40, seed: 20_261_122 });
}, 60_000);
