import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sumRatios } from '../../src/math/allocation/index.ts';
import {
  AttributionInputError,
  type AttributionModel,
  bootstrapCredits,
  type ChannelModel,
  type Journey,
  type Paths,
  PathTable,
} from '../../src/math/attribution/index.ts';

/** Journeys along the same channels. Each touch is a week older than the next, the last a week before the end. */
interface PathFixture {
  readonly channels: readonly string[];
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

/** By channel: conversions and value, and the removal effect where the model has it. */
export interface ChannelFixture {
  readonly paths: readonly PathFixture[];
  readonly expected: Readonly<Record<string, readonly [conversions: number, value: number]>>;
  readonly effects?: Readonly<Record<string, number>>;
}

const RUNS = 300;
const WEEK_MS = 7 * 86_400_000;
const NOON_MS = Date.UTC(2026, 2, 1, 12);

/**
 * What every model of channels must keep; each member of the family runs it.
 *
 * @param options `perTouch`: the model of touches whose credits, rolled up by channel, must be the same.
 */
export function describeChannelModel(
  name: string,
  model: ChannelModel,
  { fixtures, perTouch }: { fixtures: readonly ChannelFixture[]; perTouch: AttributionModel | null },
): void {
  const credit = (paths: Paths) => model(paths)(paths);

  describe(`${name} as a model of channels`, () => {
    it.each(fixtures)('credits fixture $# as computed by hand', ({ paths, expected, effects }) => {
      const credits = credit(pathsOf(paths));
      expect(credits.map(({ channel }) => channel)).toEqual(Object.keys(expected).toSorted());
      for (const { channel, conversions, value, removalEffect } of credits) {
        expect(conversions).toBeCloseTo(expected[channel]?.[0] ?? Number.NaN, 9);
        expect(value).toBeCloseTo(expected[channel]?.[1] ?? Number.NaN, 9);
        if (effects) expect(removalEffect).toBeCloseTo(effects[channel] ?? Number.NaN, 9);
        else expect(removalEffect).toBeNull();
      }
    });

    it('shares all conversions that touches led to, and their value, and no credit is negative', () => {
      fc.assert(
        fc.property(anyPaths, (paths) => {
          const led = paths.filter(({ channels, conversions }) => channels.length > 0 && conversions > 0);
          const credits = credit(pathsOf(paths));
          const sum = (of: 'conversions' | 'value') => credits.reduce((total, row) => total + row[of], 0);
          expect(sum('conversions')).toBeCloseTo(total(led.map(({ conversions }) => conversions)), 8);
          expect(sum('value')).toBeCloseTo(total(led.map(({ value }) => value)), 8);
          expect(credits.every(({ conversions, value }) => conversions >= 0 && value >= 0)).toBe(true);
        }),
        { numRuns: RUNS },
      );
    });

    it('names all channels once, in the order of their names, those without a journey too', () => {
      fc.assert(
        fc.property(anyPaths, (paths) => {
          const names = [...new Set(paths.flatMap(({ channels }) => channels))].toSorted();
          expect(credit(pathsOf(paths)).map(({ channel }) => channel)).toEqual(names);
        }),
        { numRuns: RUNS },
      );
    });

    it('gives the same credits whatever the order of the paths, and however they are cut in rows', () => {
      fc.assert(
        fc.property(anyPaths, (paths) => {
          const halves = paths.toReversed().flatMap((path) => {
            const half = { ...path, conversions: path.conversions / 2, value: path.value / 2, nulls: path.nulls / 2 };
            return [half, half];
          });
          expectAlike(credit(pathsOf(halves)), credit(pathsOf(paths)));
        }),
        { numRuns: RUNS },
      );
    });

    it('gives the same credits to the bit at every run', () => {
      fc.assert(
        fc.property(anyPaths, (paths) => {
          expect(credit(pathsOf(paths))).toEqual(credit(pathsOf(paths)));
        }),
        { numRuns: RUNS },
      );
    });

    it('does not look at names', () => {
      const renamed: Record<string, string> = { a: 'z', b: 'y', c: 'x', d: 'w' };
      fc.assert(
        fc.property(anyPaths, (paths) => {
          const others = paths.map((path) => ({ ...path, channels: path.channels.map((name) => renamed[name] ?? '') }));
          const credits = credit(pathsOf(paths)).map((row) => ({ ...row, channel: renamed[row.channel] ?? '' }));
          expectAlike(credit(pathsOf(others)).toReversed(), credits);
        }),
        { numRuns: RUNS },
      );
    });

    it('credits a prepared model with other outcomes as if the paths had had them', () => {
      fc.assert(
        fc.property(anyPaths, (paths) => {
          const half = paths.map((path, at) => (at % 2 === 0 ? path : { ...path, conversions: 0, value: 0, nulls: 0 }));
          const prepared = model(pathsOf(paths));
          expectAlike(prepared(pathsOf(half)), credit(pathsOf(half)));
        }),
        { numRuns: RUNS },
      );
    });

    it('has credits of zero when nothing converted, and none of no paths', () => {
      const credits = credit(pathsOf([{ channels: ['a', 'b', 'a'], conversions: 0, value: 0, nulls: 5 }]));
      expect(credits.map(({ conversions, value }) => [conversions, value])).toEqual([
        [0, 0],
        [0, 0],
      ]);
      expect(credit(pathsOf([]))).toEqual([]);
    });

    it('credits nobody with a conversion that nothing led to', () => {
      const led = { channels: ['a'], conversions: 2, value: 3, nulls: 1 };
      const alone = { channels: [], conversions: 5, value: 7, nulls: 9 };
      expect(credit(pathsOf([alone, led]))).toEqual(credit(pathsOf([led])));
    });

    it('has intervals that are the same under a seed, and hold the credit', () => {
      const paths = pathsOf([
        { channels: ['a', 'b'], conversions: 60, value: 120, nulls: 30 },
        { channels: ['b', 'c', 'a'], conversions: 40, value: 40, nulls: 80 },
      ]);
      const intervals = bootstrapCredits(paths, model, { resamples: 200, seed: 5 });
      expect(bootstrapCredits(paths, model, { resamples: 200, seed: 5 })).toEqual(intervals);
      for (const [at, { channel, conversions, value }] of credit(paths).entries()) {
        expect(intervals[at]?.channel).toBe(channel);
        expect(intervals[at]?.conversions.lower).toBeLessThanOrEqual(conversions);
        expect(intervals[at]?.conversions.upper).toBeGreaterThanOrEqual(conversions);
        expect(intervals[at]?.value.lower).toBeLessThanOrEqual(value);
        expect(intervals[at]?.value.upper).toBeGreaterThanOrEqual(value);
      }
    });

    it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %s journeys', (count) => {
      const path = { channels: ['a'], conversions: 1, value: 1, nulls: 1 };
      expect(() => credit(pathsOf([{ ...path, conversions: count }]))).toThrow(AttributionInputError);
      expect(() => credit(pathsOf([{ ...path, nulls: count }]))).toThrow(AttributionInputError);
      if (count !== -1) expect(() => credit(pathsOf([{ ...path, value: count }]))).toThrow(AttributionInputError);
    });

    if (perTouch) {
      it('credits a channel with what its touches are credited with', () => {
        fc.assert(
          fc.property(anyPaths, (paths) => {
            const whole = paths.map((path) => ({ ...path, conversions: Math.floor(path.conversions), value: 0 }));
            const rolledUp = byChannel(perTouch, whole.flatMap(journeysAlong));
            for (const { channel, conversions } of credit(pathsOf(whole))) {
              // Credits of touches are in billionths where they are no simple fractions.
              expect(conversions).toBeCloseTo(rolledUp.get(channel) ?? 0, 6);
            }
          }),
          { numRuns: RUNS },
        );
      });
    }
  });
}

function pathsOf(fixtures: readonly PathFixture[]): Paths {
  const table = new PathTable({ keepAges: true });
  for (const { channels, ...outcome } of fixtures) {
    table.add(
      channels.map((channel) => table.channel(channel)),
      outcome,
      channels.map((_, place) => (channels.length - place) * WEEK_MS),
    );
  }
  return table.paths();
}

function journeysAlong({ channels, conversions }: PathFixture, path: number): (Journey & { channels: string[] })[] {
  return Array.from({ length: conversions }, (_, copy) => ({
    id: `${path}.${copy}`,
    channels: [...channels],
    touches: channels.map((channel, place) => ({
      id: `${path}.${copy}:${place}`,
      channel,
      occurredAt: new Date(NOON_MS - (channels.length - place) * WEEK_MS),
      sequence: BigInt(place),
    })),
    convertedAt: new Date(NOON_MS),
  }));
}

function byChannel(model: AttributionModel, journeys: readonly (Journey & { channels: string[] })[]) {
  const credits = model
    .credit(journeys)
    .flatMap(({ touches }, at) =>
      touches.map(({ credit }, place) => ({ channel: journeys[at]?.channels[place] ?? '', credit })),
    );
  const groups = Map.groupBy(credits, ({ channel }) => channel);
  return new Map([...groups].map(([channel, own]) => [channel, sumRatios(own.map(({ credit }) => credit)).valueOf()]));
}

type Credits = ReturnType<ReturnType<ChannelModel>>;

function expectAlike(credits: Credits, others: Credits): void {
  expect(credits.map(({ channel }) => channel)).toEqual(others.map(({ channel }) => channel));
  for (const [at, { conversions, value, removalEffect }] of credits.entries()) {
    expect(conversions).toBeCloseTo(others[at]?.conversions ?? Number.NaN, 7);
    expect(value).toBeCloseTo(others[at]?.value ?? Number.NaN, 7);
    expect(removalEffect ?? 0).toBeCloseTo(others[at]?.removalEffect ?? 0, 7);
  }
}

function total(amounts: readonly number[]): number {
  return amounts.reduce((sum, amount) => sum + amount, 0);
}

/** Few channels, so that paths share their windows and go in circles; fractions, and paths that nobody took. */
const anyPath: fc.Arbitrary<PathFixture> = fc
  .record({
    channels: fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 9 }),
    conversions: fc.constantFrom(0, 0, 1, 2, 5, 0.5),
    nulls: fc.constantFrom(0, 1, 4, 0.25, 1_000),
    price: fc.constantFrom(0, 1, 2.5),
  })
  .map(({ price, ...path }) => ({ ...path, value: price * path.conversions }));

const anyPaths = fc.array(anyPath, { maxLength: 12 });
