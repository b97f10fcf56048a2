import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Ratio, ratio, sumRatios } from '../../src/math/allocation/index.ts';
import {
  AttributionInputError,
  type AttributionModel,
  creditValue,
  type Journey,
  type JourneyCredit,
} from '../../src/math/attribution/index.ts';

/** Journeys along the same channels, and what the model credits each channel with, as texts: `"7/2"`. */
export interface AttributionFixture {
  readonly title: string;
  readonly paths: readonly { readonly channels: readonly string[]; readonly conversions: number }[];
  readonly expected: Readonly<Record<string, string>>;
}

const RUNS = 1_000;
const NOON_MS = Date.UTC(2026, 2, 1, 12);

/** What every attribution model must keep; each member of the family runs it. */
export function describeAttributionModel(
  name: string,
  model: AttributionModel,
  fixtures: readonly AttributionFixture[],
): void {
  describe(`${name} as an attribution model`, () => {
    it.each(fixtures)('credits $title as computed by hand', ({ paths, expected }) => {
      const channelOf = new Map<string, string>();
      const journeys = paths.flatMap(({ channels, conversions }, path) =>
        Array.from({ length: conversions }, (_, copy) => journeyAlong(channels, `${path}.${copy}`, channelOf)),
      );
      const credited = Object.fromEntries(
        [...byChannel(model.credit(journeys), channelOf)].map(([channel, credit]) => [channel, credit.toFraction()]),
      );
      expect(credited).toEqual(expected);
    });

    it('shares every conversion that touches led to completely, and no credit is negative', () => {
      fc.assert(
        fc.property(anyJourneys, (journeys) => {
          for (const [index, { touches }] of model.credit(journeys).entries()) {
            const credits = touches.map(({ credit }) => credit);
            expect(credits.every((credit) => credit.gte(0n))).toBe(true);
            expect(sumRatios(credits).toFraction()).toBe(journeys[index]?.touches.length ? '1' : '0');
          }
        }),
        { numRuns: RUNS },
      );
    });

    it('names every touch once, in the order of time and, at the same time, of ingestion', () => {
      fc.assert(
        fc.property(anyJourneys, (journeys) => {
          const inOrder = journeys.map(({ touches }) =>
            touches
              .toSorted((a, b) => Number(a.sequence - b.sequence))
              .toSorted((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime())
              .map(({ id }) => id),
          );
          expect(model.credit(journeys).map(({ touches }) => touches.map(({ touchId }) => touchId))).toEqual(inOrder);
        }),
        { numRuns: RUNS },
      );
    });

    it('gives the same credits whatever the order of journeys and touches in the input', () => {
      fc.assert(
        fc.property(anyShuffledJourneys, ([journeys, shuffled]) => {
          expect(readable(model.credit(shuffled))).toEqual(readable(model.credit(journeys)));
        }),
        { numRuns: RUNS },
      );
    });

    it('gives the same credits at every run, whatever the order of the journeys without a conversion', () => {
      fc.assert(
        fc.property(anyJourneys, anyShuffledJourneys, (journeys, [unconverted, shuffled]) => {
          const credits = readable(model.credit(journeys, unconverted));
          expect(readable(model.credit(journeys, unconverted))).toEqual(credits);
          expect(readable(model.credit(journeys, shuffled))).toEqual(credits);
        }),
        { numRuns: RUNS },
      );
    });

    it('shares every conversion completely beside journeys without a conversion, too', () => {
      fc.assert(
        fc.property(anyJourneys, anyJourneys, (journeys, unconverted) => {
          for (const [index, { touches }] of model.credit(journeys, unconverted).entries()) {
            const sum = sumRatios(touches.map(({ credit }) => credit)).toFraction();
            expect(sum).toBe(journeys[index]?.touches.length ? '1' : '0');
          }
        }),
        { numRuns: RUNS },
      );
    });

    it('credits a touch that is alone in its journey with all of it', () => {
      const journeys = [journeyAlong(['search'], 'a', new Map()), journeyAlong(['email', 'search'], 'b', new Map())];
      const [alone] = model.credit(journeys, [journeyAlong(['search'], 'c', new Map())]);
      expect(alone?.touches.map(({ credit }) => credit.toFraction())).toEqual(['1']);
    });

    it('leaves the journeys that it was given as they are', () => {
      fc.assert(
        fc.property(anyJourneys, anyJourneys, (journeys, unconverted) => {
          const before = structuredClone({ journeys, unconverted });
          model.credit(journeys, unconverted);
          expect({ journeys, unconverted }).toEqual(before);
        }),
        { numRuns: 100 },
      );
    });

    it('ends in parts of the value that sum to it, whatever the value', () => {
      fc.assert(
        fc.property(anyJourneys, fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), (journeys, valueMinor) => {
          for (const { touches } of model.credit(journeys).filter((journey) => journey.touches.length > 0)) {
            const parts = creditValue(valueMinor, touches);
            expect(parts.reduce((sum, part) => sum + part.valueMinor, 0n)).toBe(valueMinor);
          }
        }),
        { numRuns: RUNS },
      );
    });

    it('credits nobody with a conversion that nothing led to', () => {
      const journey: Journey = { id: 'alone', touches: [], convertedAt: new Date(NOON_MS) };
      expect(model.credit([journey])).toEqual([{ journeyId: 'alone', touches: [] }]);
    });

    it('has no credits of no journeys', () => {
      expect(model.credit([])).toEqual([]);
    });

    it('refuses a journey with a touch after its conversion', () => {
      const journey = journeyAlong(['search', 'email'], 'j', new Map());
      const convertedAt = new Date(NOON_MS + 500);
      expect(() => model.credit([{ ...journey, convertedAt }])).toThrow(AttributionInputError);
    });

    it('refuses a journey with the same touch twice, or two touches of one sequence', () => {
      const { touches, ...journey } = journeyAlong(['search', 'email'], 'j', new Map());
      const twice = touches.map((touch) => ({ ...touch, id: 'same' }));
      const level = touches.map((touch) => ({ ...touch, sequence: 7n }));
      expect(() => model.credit([{ ...journey, touches: twice }])).toThrow('has touch "same" twice');
      expect(() => model.credit([{ ...journey, touches: level }])).toThrow('two touches with the sequence 7');
    });
  });
}

/** A touch a second, the conversion ten minutes after the first; touch ids are noted with their channel. */
function journeyAlong(channels: readonly string[], id: string, channelOf: Map<string, string>): Journey {
  const touches = channels.map((channel, place) => {
    const touchId = `${id}:${place}`;
    channelOf.set(touchId, channel);
    return { id: touchId, channel, occurredAt: new Date(NOON_MS + place * 1_000), sequence: BigInt(place) };
  });
  return { id, touches, convertedAt: new Date(NOON_MS + 600_000) };
}

function byChannel(credits: readonly JourneyCredit[], channelOf: ReadonlyMap<string, string>): Map<string, Ratio> {
  const totals = new Map<string, Ratio>();
  for (const { touchId, credit } of credits.flatMap(({ touches }) => touches)) {
    const channel = channelOf.get(touchId) ?? 'unknown';
    totals.set(channel, (totals.get(channel) ?? ratio(0n)).add(credit));
  }
  return totals;
}

/** By journey, since the order of the journeys is the caller's. */
function readable(credits: readonly JourneyCredit[]): Map<string, string[]> {
  return new Map(
    credits.map(({ journeyId, touches }) => [
      journeyId,
      touches.map(({ touchId, credit }) => `${touchId} ${credit.toFraction()}`),
    ]),
  );
}

/** Few distinct times, so that many touches tie and ingestion decides; sequences are in no relation to time. */
const anyTouches = fc
  .uniqueArray(
    fc.record({
      second: fc.integer({ min: 0, max: 4 }),
      sequence: fc.bigInt({ min: 0n, max: 99n }),
      channel: fc.constantFrom('search', 'email', 'social'),
    }),
    {
      maxLength: 8,
      selector: ({ sequence }) => sequence,
    },
  )
  .map((touches) =>
    touches.map(({ second, sequence, channel }) => ({
      id: `touch-${sequence}`,
      channel,
      occurredAt: new Date(NOON_MS + second * 1_000),
      sequence,
    })),
  );

const anyJourneys: fc.Arbitrary<Journey[]> = fc
  .array(anyTouches, { maxLength: 5 })
  .map((all) =>
    all.map((touches, index) => ({ id: `journey-${index}`, touches, convertedAt: new Date(NOON_MS + 4_000) })),
  );

const anyShuffledJourneys: fc.Arbitrary<[Journey[], Journey[]]> = anyJourneys.chain((journeys) =>
  fc.tuple(
    fc.constant(journeys),
    fc
      .tuple(...journeys.map((journey) => anyOrder(journey.touches).map((touches) => ({ ...journey, touches }))))
      .chain(anyOrder),
  ),
);

function anyOrder<T>(items: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length });
}
