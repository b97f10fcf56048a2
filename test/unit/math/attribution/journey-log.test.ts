import { describe, expect, it } from 'vitest';
import { AttributionInputError, JourneyLog } from '../../../../src/math/attribution/index.ts';

const DAY_MS = 86_400_000;

type Event = readonly [person: string, day: number, what: string | number];

/** A text is the channel of a touch, a number the value of a conversion. */
function cut(events: readonly Event[], options: { windowDays?: number; keepAges?: boolean } = {}) {
  const log = new JourneyLog();
  for (const [person, day, what] of events) {
    if (typeof what === 'string') log.addTouch(person, day * DAY_MS, what);
    else log.addConversion(person, day * DAY_MS, what);
  }
  const { windowDays = null, keepAges = false } = options;
  const { paths, expiredTouches } = log.cut({ windowDays, keepAges });
  const rows = Array.from(paths.conversions, (conversions, row) => {
    const steps = paths.steps.slice(paths.offsets[row], paths.offsets[row + 1]);
    const path = Array.from(steps, (step) => paths.channels[step]).join('>');
    return [path, conversions, paths.values[row], paths.nulls[row]];
  });
  return { rows, expiredTouches, agesMs: paths.agesMs, channels: paths.channels };
}

describe('JourneyLog', () => {
  it('cuts at each conversion of a person, and leaves the rest as a journey without one', () => {
    const { rows } = cut([
      ['ann', 1, 'search'],
      ['bob', 1, 'email'],
      ['ann', 2, 'email'],
      ['ann', 3, 50],
      ['bob', 4, 20],
      ['ann', 5, 'social'],
      ['bob', 6, 'search'],
      ['bob', 7, 30],
    ]);
    expect(rows).toEqual([
      ['search>email', 1, 50, 0],
      ['social', 0, 0, 1],
      ['email', 1, 20, 0],
      ['search', 1, 30, 0],
    ]);
  });

  it('puts events into the order of time whatever the order they come in, and of equal times keeps theirs', () => {
    const { rows } = cut([
      ['ann', 3, 9],
      ['ann', 2, 'second'],
      ['ann', 2, 'third'],
      ['ann', 1, 'first'],
      ['ann', 3, 'after'],
    ]);
    expect(rows).toEqual([
      ['first>second>third', 1, 9, 0],
      ['after', 0, 0, 1],
    ]);
  });

  it('keeps a touch of exactly the window, and leaves out an older one', () => {
    const events: Event[] = [
      ['ann', 1, 'old'],
      ['ann', 3, 'in'],
      ['ann', 10, 5],
    ];
    const { rows, expiredTouches, channels } = cut(events, { windowDays: 7 });
    expect(rows).toEqual([['in', 1, 5, 0]]);
    expect(expiredTouches).toBe(1);
    expect(channels).toEqual(['in', 'old']);
  });

  it('ends the window of a journey without a conversion with its last touch', () => {
    const { rows } = cut(
      [
        ['ann', 1, 'old'],
        ['ann', 3, 'in'],
        ['ann', 10, 'last'],
      ],
      { windowDays: 7 },
    );
    expect(rows).toEqual([['in>last', 0, 0, 1]]);
  });

  it('makes an empty journey of a conversion that nothing led to', () => {
    const { rows } = cut([
      ['ann', 1, 'a'],
      ['ann', 2, 5],
      ['ann', 2, 7],
    ]);
    expect(rows).toEqual([
      ['a', 1, 5, 0],
      ['', 1, 7, 0],
    ]);
  });

  it('adds equal journeys up, or keeps each with the ages of its touches', () => {
    const events: Event[] = [
      ['ann', 1, 'a'],
      ['ann', 3, 5],
      ['bob', 2, 'a'],
      ['bob', 3, 7],
    ];
    expect(cut(events).rows).toEqual([['a', 2, 12, 0]]);
    expect(cut(events).agesMs).toBeNull();
    const apart = cut(events, { keepAges: true });
    expect(apart.rows).toEqual([
      ['a', 1, 5, 0],
      ['a', 1, 7, 0],
    ]);
    expect([...(apart.agesMs ?? [])]).toEqual([2 * DAY_MS, DAY_MS]);
  });

  it('holds more events than it first has room for', () => {
    const events = Array.from({ length: 20_000 }, (_, at): Event => [`p${at % 5_000}`, at, at % 3 === 2 ? 1 : 'a']);
    const { rows } = cut(events);
    const touches = rows.reduce((sum, [path, conversions, , nulls]) => {
      const steps = path === '' ? 0 : String(path).split('>').length;
      return sum + steps * (Number(conversions) + Number(nulls));
    }, 0);
    expect(touches).toBe(events.filter(([, , what]) => what === 'a').length);
  });

  it('refuses a time that is none, and a window that is none', () => {
    expect(() => cut([['ann', Number.NaN, 'a']])).toThrow('"ann" has no valid time');
    for (const windowDays of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => cut([], { windowDays })).toThrow(AttributionInputError);
    }
  });
});
