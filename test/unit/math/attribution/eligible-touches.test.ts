import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AttributionInputError, eligibleTouches } from '../../../../src/math/attribution/index.ts';

const CONVERTED_AT = new Date('2026-03-29T12:00:00.000Z');
const DAY_MS = 86_400_000;

function touch(id: string, at: string, windowDays = 7, sequence = 1n) {
  return { id, occurredAt: new Date(at), sequence, windowDays };
}

function idsOf(touches: readonly ReturnType<typeof touch>[], previouslyConvertedAt: Date | null = null): string[] {
  return eligibleTouches({ touches, convertedAt: CONVERTED_AT, previouslyConvertedAt }).map(({ id }) => id);
}

describe('eligibleTouches', () => {
  it('keeps a touch of exactly the window, and drops one a millisecond older', () => {
    expect(idsOf([touch('in', '2026-03-22T12:00:00.000Z'), touch('out', '2026-03-22T11:59:59.999Z')])).toEqual(['in']);
  });

  it('keeps a touch at the conversion, and drops one a millisecond later', () => {
    expect(idsOf([touch('in', '2026-03-29T12:00:00.000Z'), touch('out', '2026-03-29T12:00:00.001Z')])).toEqual(['in']);
  });

  it('measures each touch by its own window', () => {
    const at = '2026-03-20T12:00:00.000Z';
    expect(idsOf([touch('week', at, 7), touch('month', at, 30), touch('half-day', at, 0.5)])).toEqual(['month']);
  });

  it('counts days of 24 hours, also when a clock change lies between', () => {
    // Europe set its clocks forward on this morning; the window does not know.
    expect(idsOf([touch('in', '2026-03-28T12:00:00.000Z', 1)])).toEqual(['in']);
  });

  it('leaves what the previous conversion earned to that conversion', () => {
    const touches = [touch('before', '2026-03-25T08:00:00.000Z'), touch('with', '2026-03-25T09:00:00.000Z', 7, 2n)];
    const after = touch('after', '2026-03-25T09:00:00.001Z', 7, 3n);
    expect(idsOf([...touches, after], new Date('2026-03-25T09:00:00.000Z'))).toEqual(['after']);
  });

  it('orders by time, and by ingestion at the same time, whatever the order of the input', () => {
    const at = '2026-03-28T12:00:00.000Z';
    const touches = [
      touch('third', at, 7, 12n),
      touch('second', at, 7, 9n),
      touch('first', '2026-03-27T12:00:00.000Z', 7, 40n),
    ];
    expect(idsOf(touches)).toEqual(['first', 'second', 'third']);
  });

  it('keeps whatever else the caller knows of a touch', () => {
    const known = { ...touch('t', '2026-03-28T12:00:00.000Z'), partnerId: 'gym' };
    expect(
      eligibleTouches({ touches: [known], convertedAt: CONVERTED_AT, previouslyConvertedAt: null })[0]?.partnerId,
    ).toBe('gym');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a window of %s days', (windowDays) => {
    expect(() => idsOf([touch('t', '2026-03-28T12:00:00.000Z', windowDays)])).toThrow(AttributionInputError);
  });

  it('refuses a time that is none', () => {
    expect(() => idsOf([touch('t', 'yesterday')])).toThrow('Touch "t" has no valid time.');
    expect(() => idsOf([], new Date('yesterday'))).toThrow('The previous conversion has no valid time.');
  });

  it('never lets two conversions of one person earn from the same touch', () => {
    const anyMoment = fc.integer({ min: 0, max: 20 }).map((days) => new Date(CONVERTED_AT.getTime() + days * DAY_MS));
    fc.assert(
      fc.property(
        fc.array(anyMoment, { maxLength: 12 }),
        fc.array(anyMoment, { maxLength: 6 }),
        (times, conversions) => {
          const touches = times.map((occurredAt, index) => ({
            id: `${index}`,
            occurredAt,
            sequence: BigInt(index),
            windowDays: 5,
          }));
          const inOrder = conversions.toSorted((a, b) => a.getTime() - b.getTime());
          const earned = inOrder.flatMap((convertedAt, index) =>
            eligibleTouches({ touches, convertedAt, previouslyConvertedAt: inOrder[index - 1] ?? null }),
          );
          expect(new Set(earned.map(({ id }) => id)).size).toBe(earned.length);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
