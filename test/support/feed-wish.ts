import type { NeighbourLists } from '../../src/math/similarity/index.ts';
import type { ProfileMatch, Wish } from '../../src/recommendations/feed/candidates.ts';
import { Catalogue, type CatalogueEntry } from '../../src/recommendations/feed/catalogue.ts';
import { metOf } from '../../src/recommendations/feed/met.ts';
import { ModelView } from '../../src/recommendations/feed/model-view.ts';
import type { Deeds, FeedPerson } from '../../src/recommendations/feed/person.queries.ts';
import { tasteOf } from '../../src/recommendations/feed/taste.ts';
import type { TimedInteraction } from '../../src/recommendations/interaction-weighing.ts';
import type { OccupationTaste, ServedModel } from '../../src/recommendations/served-model.ts';
import { leastAge } from '../../src/users/index.ts';

export const NOW_MS = Date.parse('2026-11-01T08:00:00Z');
export const DAY_MS = 86_400_000;

/** A published course in Chinese of the partner `school` in `technology`, of today. */
export function anEntry(id: string, options: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    id,
    title: `Title of ${id}`,
    partnerId: 'school',
    partnerName: 'The School',
    domainCode: 'technology',
    domainName: 'Technology',
    domainNameZh: '技术',
    kind: 'COURSE',
    module: 'COURSE',
    language: 'zh-CN',
    minAge: 0,
    publishedAtMs: NOW_MS,
    isListed: true,
    textNeighbours: [],
    ...options,
  };
}

/** @param options of each entry, which is called `c0`, `c1`, ... */
export function aCatalogue(options: readonly Partial<CatalogueEntry>[]): Catalogue {
  return new Catalogue(options.map((one, at) => anEntry(`c${at}`, one)));
}

/** `[from, to, similarity]`, one way. */
export type Likeness = readonly [from: string, to: string, similarity: number];

export interface ModelFacts {
  readonly versionId?: string;
  readonly contentIds: readonly string[];
  readonly alike?: readonly Likeness[];
  readonly alikeByText?: readonly Likeness[];
  readonly popularity?: Readonly<Record<string, number>>;
  /** By occupation, the scores of contents, the greatest first. */
  readonly occupations?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export function aModel(facts: ModelFacts): ServedModel {
  const { versionId = 'v1', contentIds, alike = [], alikeByText = [], popularity = {}, occupations = {} } = facts;
  const tasteFrom = (scores: Readonly<Record<string, number>>): OccupationTaste => ({
    contents: Int32Array.from(Object.keys(scores), (id) => contentIds.indexOf(id)),
    scores: Float64Array.from(Object.values(scores)),
  });
  return {
    versionId,
    contentIds,
    neighbours: listsOf(contentIds, alike),
    textNeighbours: listsOf(contentIds, alikeByText),
    popularity: Float64Array.from(contentIds, (id) => popularity[id] ?? 0),
    occupations: new Map(Object.entries(occupations).map(([name, scores]) => [name, tasteFrom(scores)])),
  };
}

function listsOf(contentIds: readonly string[], likenesses: readonly Likeness[]): NeighbourLists {
  const rows = contentIds.map((id) => likenesses.filter(([from]) => from === id));
  const flat = rows.flat();
  const offsets = new Int32Array(contentIds.length + 1);
  rows.forEach((row, at) => {
    offsets[at + 1] = (offsets[at] ?? 0) + row.length;
  });
  return {
    from: 0,
    to: contentIds.length,
    offsets,
    neighbours: Int32Array.from(flat, ([, to]) => contentIds.indexOf(to)),
    similarities: Float64Array.from(flat, ([, , similarity]) => similarity),
  };
}

/** Somebody who told nothing and did nothing, and reads English. */
export function aFeedPerson(options: Partial<FeedPerson> = {}): FeedPerson {
  return {
    userId: 'somebody',
    locale: 'en',
    birthYear: null,
    occupation: null,
    interests: [],
    goals: [],
    mayUseDeeds: true,
    mayUseProfile: true,
    blockedPartners: new Set(),
    versionId: 'v1',
    rankerVersionId: null,
    isCatalogueStale: false,
    history: [],
    settled: new Set(),
    seenAtMs: new Map(),
    shown: new Map(),
    ...options,
  };
}

/** What somebody did with a content, now unless told. */
export function deeds(contentId: string, ...interactions: Partial<TimedInteraction>[]): Deeds {
  return {
    contentId,
    interactions: interactions.map((one) => ({ kind: 'LIKE', value: 0, occurredAtMs: NOW_MS, ...one })),
  };
}

export interface WishFacts {
  readonly catalogue: Catalogue;
  readonly model?: ServedModel | null;
  readonly person?: Partial<FeedPerson>;
  readonly filter?: Wish['filter'];
  /** By content, what matches it. */
  readonly profile?: Readonly<Record<string, ProfileMatch>>;
}

export function aWish({ catalogue, model = null, person: told = {}, filter = {}, profile = {} }: WishFacts): Wish {
  const view = new ModelView(model, catalogue);
  const person = aFeedPerson(told);
  const matches = Object.entries(profile).map(([id, match]) => [catalogue.numberOf(id) ?? -1, match] as const);
  return {
    person,
    met: metOf(person, catalogue),
    view,
    taste: tasteOf(person.history, view),
    profile: new Map(matches),
    filter,
    age: leastAge(person.birthYear, new Date(NOW_MS)),
    nowMs: NOW_MS,
  };
}
