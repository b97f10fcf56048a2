import { describe, expect, it } from 'vitest';
import {
  AttributionInputError,
  CHANNEL_MODELS,
  DEFAULT_SETTINGS,
  PathTable,
  timeDecayModel,
} from '../../../../src/math/attribution/index.ts';
import { tableOf } from './path-fixtures.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 2, 29, 12);

function credits(agesDays: readonly number[], halfLifeDays = 7): string[] {
  const touches = agesDays.map((days, at) => ({
    id: `${at}`,
    channel: 'a',
    occurredAt: new Date(NOW_MS - days * DAY_MS),
    sequence: BigInt(at),
  }));
  const [credited] = timeDecayModel({ halfLifeDays }).credit([{ id: 'j', touches, convertedAt: new Date(NOW_MS) }]);
  return credited?.touches.map(({ credit }) => credit.toFraction()) ?? [];
}

function channelShares(agesDays: readonly number[], halfLifeDays: number): number[] {
  const table = new PathTable({ keepAges: true });
  const steps = agesDays.map((_, at) => table.channel(`c${at}`));
  const ages = agesDays.map((days) => days * DAY_MS);
  table.add(steps, { conversions: 1, value: 2, nulls: 0 }, ages);
  const paths = table.paths();
  return CHANNEL_MODELS.TIME_DECAY({ ...DEFAULT_SETTINGS, halfLifeDays })(paths)(paths).map((row) => row.conversions);
}

describe('timeDecayModel', () => {
  it('halves the weight of a touch with every half-life', () => {
    // 1/7, 2/7 and 4/7 in billionths; the odd one goes to the largest remainder.
    expect(credits([14, 7, 0])).toEqual(['142857143/1000000000', '142857143/500000000', '571428571/1000000000']);
    expect(credits([2, 1], 1)).toEqual(['333333333/1000000000', '666666667/1000000000']);
  });

  it('looks at ages against each other alone', () => {
    expect(credits([107, 100])).toEqual(credits([7, 0]));
    expect(credits([90_007, 90_000])).toEqual(credits([7, 0]));
  });

  it('leaves nothing to a touch of which less than a billionth is left', () => {
    expect(credits([7_000, 0])).toEqual(['0', '1']);
    expect(credits([80_000, 0], 0.001)).toEqual(['0', '1']);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses a half-life of %s days', (halfLifeDays) => {
    expect(() => timeDecayModel({ halfLifeDays })).toThrow('half-life');
    expect(() => CHANNEL_MODELS.TIME_DECAY({ ...DEFAULT_SETTINGS, halfLifeDays })).toThrow('half-life');
  });
});

describe('TIME_DECAY of channels', () => {
  it.each([
    [[3.7, 0], 7],
    [[0.1, 0.05, 12], 2.5],
    [[365, 30, 1], 1],
    [[50, 0], 0.1],
  ])('weighs ages %j by 2^(-age / %d)', (agesDays, halfLifeDays) => {
    const weights = agesDays.map((days) => 2 ** (-days / halfLifeDays));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const [at, share] of channelShares(agesDays, halfLifeDays).entries()) {
      const expected = (weights[at] ?? 0) / sum;
      expect(Math.abs(share / expected - 1)).toBeLessThan(1e-12);
    }
  });

  it('refuses paths without times, and ages that are none', () => {
    const paths = tableOf([{ path: 'a>b', conversions: 1 }]);
    expect(() => CHANNEL_MODELS.TIME_DECAY(DEFAULT_SETTINGS)(paths)).toThrow(AttributionInputError);
    expect(() => channelShares([1, Number.NaN], 7)).toThrow('must be finite');
  });
});
