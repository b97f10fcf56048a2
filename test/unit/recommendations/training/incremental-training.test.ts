import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { EarlierVersion, Series } from '../../../../src/recommendations/training/earlier-version.ts';
import {
  type PreparedTraining,
  prepareAt,
  prepareTraining,
  type TrainingSources,
} from '../../../../src/recommendations/training/prepare-training.ts';
import {
  findShard,
  type MergedLists,
  mergeShards,
} from '../../../../src/recommendations/training/similarity-kernels.ts';

const KINDS = ['VIEW', 'PROGRESS', 'RATE', 'LIKE', 'SHARE', 'DISMISS', 'PURCHASE'] as const;
const DAY_MS = 86_400_000;
const WORDS = ['ink', 'paper', 'tax', 'audit', 'poem', 'verse', 'matrix', 'vector'];
const series: Series = { startedAtMs: 100 * DAY_MS, asOfMs: 90 * DAY_MS, params: { shrink: 5, neighbourCount: 3 } };

interface Event {
  readonly person: number;
  readonly content: number;
  readonly kind: number;
  readonly day: number;
}

/** What people did, and what each content says; a content without words is not on the shelf. */
interface World {
  readonly events: readonly Event[];
  readonly texts: readonly (readonly number[])[];
}

const event = fc.record({
  person: fc.nat(11),
  content: fc.nat(13),
  kind: fc.nat(KINDS.length - 1),
  day: fc.integer({ min: 1, max: 99 }),
});
const texts = fc.array(fc.array(fc.nat(WORDS.length - 1), { maxLength: 5 }), { minLength: 14, maxLength: 14 });

/** A world, and a later one: some events forgotten, some new ones, a few texts rewritten. */
const worlds = fc
  .record({
    events: fc.array(event, { minLength: 30, maxLength: 80 }),
    forgotten: fc.array(fc.nat(79), { maxLength: 2 }),
    added: fc.array(event, { maxLength: 4 }),
    texts,
    rewritten: fc.array(fc.tuple(fc.nat(13), fc.array(fc.nat(WORDS.length - 1), { maxLength: 5 })), { maxLength: 2 }),
  })
  .map(({ events, forgotten, added, texts: said, rewritten }): { before: World; now: World } => ({
    before: { events, texts: said },
    now: {
      // Ids of events are hashes: a new one may stand anywhere.
      events: [...added.slice(0, 2), ...events.filter((_, at) => !forgotten.includes(at)), ...added.slice(2)],
      texts: said.map((words, content) => rewritten.find(([of]) => of === content)?.[1] ?? words),
    },
  }));

const contentId = (content: number): string => `c${String.fromCharCode(97 + content)}`;

/** Numbered as they come, as a reader of events would. */
function sourcesOf({ events, texts: said }: World): TrainingSources {
  const userIds = [...new Set(events.map(({ person }) => `person ${(person * 7) % 12}`))];
  const contentIds = [...new Set(events.map(({ content }) => contentId(content)))];
  const lines = said.flatMap((words, content) =>
    words.length === 0
      ? []
      : [JSON.stringify([contentId(content), true, words.map((at) => WORDS[at]).join(' '), '', [], [], 'house'])],
  );
  return {
    interactions: {
      userIds,
      contentIds,
      users: Int32Array.from(events, ({ person }) => userIds.indexOf(`person ${(person * 7) % 12}`)),
      contents: Int32Array.from(events, ({ content }) => contentIds.indexOf(contentId(content))),
      kinds: Uint8Array.from(events, ({ kind }) => kind),
      kindNames: KINDS,
      values: Float64Array.from(events, ({ kind }) => (KINDS[kind] === 'RATE' ? 4 : 0.5)),
      occurredAtMs: Float64Array.from(events, ({ day }) => day * DAY_MS),
    },
    textLines: new TextEncoder().encode(lines.join('\n')),
    occupationLines: new Uint8Array(),
  };
}

/** All shards of a training, one after another. */
function train({ input, outline, textVectors, bounds, earlier }: PreparedTraining): MergedLists {
  const shards = bounds.slice(0, -1).map((from, number) => {
    const block = { from, to: bounds[number + 1] ?? from, params: outline.series.params };
    return findShard({ ...input, texts: textVectors }, { ...block, earlier: earlier?.[number] ?? null });
  });
  return mergeShards(outline, shards);
}

/** What a training leaves to the next one. */
function leave(
  { outline, textTerms }: PreparedTraining,
  { neighbours, past, textNeighbours }: MergedLists,
): EarlierVersion {
  const lists = { full: neighbours, past, texts: textNeighbours };
  return { series: outline.series, contentIds: outline.contentIds, terms: textTerms, lists, digests: outline.digests };
}

it('finds by what changed what a training of everything finds, to the bit, one after another', () => {
  let incremental = 0;
  fc.assert(
    fc.property(worlds, fc.integer({ min: 1, max: 5 }), ({ before, now }, shardCount) => {
      const first = prepareTraining(sourcesOf(before), { series, shardCount: 2, earlier: null });
      expect(first.earlier).toBeNull();
      const later = { startedAtMs: series.startedAtMs + DAY_MS / 2, asOfMs: 99 * DAY_MS, params: series.params };
      let earlier = leave(first, train(first));
      // And back again, so that one goes on from one that went on.
      for (const world of [now, before]) {
        const next = prepareTraining(sourcesOf(world), { series: later, shardCount, earlier });
        if (!next.earlier) return;
        incremental++;
        const found = train(next);
        const { space } = earlier.terms;
        const whole = train(prepareAt(sourcesOf(world), { series, space, shardCount: 1 }));
        expect({ ...found, recomputedCount: 0 }).toEqual({ ...whole, recomputedCount: 0 });
        expect(found.recomputedCount).toBeLessThanOrEqual(whole.recomputedCount);
        earlier = leave(next, found);
      }
    }),
    { numRuns: 200 },
  );
  // The property says something only where it came to it.
  expect(incremental).toBeGreaterThan(100);
});

it('begins anew when most has changed, or with other parameters', () => {
  const events = Array.from({ length: 60 }, (_, at) => ({
    person: at % 12,
    content: (at * 5) % 14,
    kind: 3,
    day: at + 1,
  }));
  const world = { events, texts: Array.from({ length: 14 }, (_, content) => [content % 8]) };
  const first = prepareTraining(sourcesOf(world), { series, shardCount: 1, earlier: null });
  const earlier = leave(first, train(first));
  const later = { ...series, asOfMs: 99 * DAY_MS };
  const same = prepareTraining(sourcesOf(world), { series: later, shardCount: 1, earlier });
  expect(same.outline.series.asOfMs).toBe(series.asOfMs);
  expect(train(same).recomputedCount).toBe(0);
  const others = { ...later, params: { ...series.params, shrink: 6 } };
  expect(prepareTraining(sourcesOf(world), { series: others, shardCount: 1, earlier }).outline.series).toEqual(others);
  const anew = { ...world, events: events.map((one) => ({ ...one, kind: 6 })) };
  expect(prepareTraining(sourcesOf(anew), { series: later, shardCount: 1, earlier }).outline.series).toEqual(later);
});
