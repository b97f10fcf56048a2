import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CHANNEL_MODELS, DEFAULT_SETTINGS } from '../../../../src/math/attribution/index.ts';
import { type PathRow, tableOf } from './path-fixtures.ts';

const CHANNELS = ['a', 'b', 'c', 'd', 'e'];
const WORTH = ['conversions', 'value'] as const;

/** v(S) of the definition: what the paths within a set of channels, a bit each, brought. */
function worthOf(rows: readonly PathRow[], set: number, worth: (typeof WORTH)[number]): number {
  const isWithin = (path: string) => path.split('>').every((channel) => set & (1 << CHANNELS.indexOf(channel)));
  return rows.reduce((sum, row) => sum + (isWithin(row.path) ? (row[worth] ?? 0) : 0), 0);
}

/** The sum over all sets S without the channel of |S|! (n - |S| - 1)! / n! (v(S and the channel) - v(S)). */
function byDefinition(rows: readonly PathRow[], channel: number, worth: (typeof WORTH)[number]): number {
  let sum = 0;
  for (let set = 0; set < 1 << CHANNELS.length; set++) {
    if (set & (1 << channel)) continue;
    const size = CHANNELS.filter((_, at) => set & (1 << at)).length;
    const weight = (factorial(size) * factorial(CHANNELS.length - size - 1)) / factorial(CHANNELS.length);
    sum += weight * (worthOf(rows, set | (1 << channel), worth) - worthOf(rows, set, worth));
  }
  return sum;
}

function factorial(n: number): number {
  return n <= 1 ? 1 : n * factorial(n - 1);
}

describe('SHAPLEY', () => {
  it('is the mean of what a channel adds over all orders of the channels', () => {
    const anyRow = fc.record({
      path: fc.array(fc.constantFrom(...CHANNELS), { minLength: 1, maxLength: 8 }).map((path) => path.join('>')),
      conversions: fc.integer({ min: 0, max: 9 }),
      value: fc.integer({ min: 0, max: 99 }),
      nulls: fc.integer({ min: 0, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), (rows) => {
        const paths = tableOf(rows);
        for (const credit of CHANNEL_MODELS.SHAPLEY(DEFAULT_SETTINGS)(paths)(paths)) {
          const channel = CHANNELS.indexOf(credit.channel);
          for (const worth of WORTH) expect(credit[worth]).toBeCloseTo(byDefinition(rows, channel, worth), 9);
        }
      }),
      { numRuns: 200 },
    );
  });
});
