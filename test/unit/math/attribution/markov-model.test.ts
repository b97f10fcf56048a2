import { describe, expect, it } from 'vitest';
import { creditByEffects, type Journey, markovModel } from '../../../../src/math/attribution/index.ts';

const NOON_MS = Date.UTC(2026, 2, 1, 12);

function along(path: string, id = path): Journey {
  const touches = path.split('>').map((channel, at) => ({
    id: `${id}:${at}`,
    channel,
    occurredAt: new Date(NOON_MS + at),
    sequence: BigInt(at),
  }));
  return { id, touches, convertedAt: new Date(NOON_MS + 1_000) };
}

function credits(model: ReturnType<typeof markovModel>, path: string): string[] {
  return model.credit([along(path)])[0]?.touches.map(({ credit }) => credit.toFraction()) ?? [];
}

describe('creditByEffects', () => {
  const model = creditByEffects(
    new Map([
      ['a', 0.6],
      ['b', 0.2],
      ['tiny', 1e-12],
      ['none', 0],
    ]),
  );

  it('shares by the effects of the distinct channels, and equally among the touches of each', () => {
    expect(credits(model, 'a>b')).toEqual(['3/4', '1/4']);
    expect(credits(model, 'a>b>a>a')).toEqual(['1/4', '1/4', '1/4', '1/4']);
    expect(credits(model, 'a>b>a')).toEqual(['3/8', '1/4', '3/8']);
  });

  it('gives nothing to a channel without effect, unless all are', () => {
    expect(credits(model, 'a>none>unknown')).toEqual(['1', '0', '0']);
    expect(credits(model, 'none>unknown>none>none')).toEqual([
      '166666667/1000000000',
      '1/2',
      '166666667/1000000000',
      '83333333/500000000',
    ]);
  });

  it('counts the smallest effect as one billionth', () => {
    expect(credits(model, 'tiny>none')).toEqual(['1', '0']);
    expect(credits(model, 'tiny>a')).toEqual(['1/500000000', '499999999/500000000']);
  });
});

describe('markovModel', () => {
  it('learns from journeys without a conversion', () => {
    const journeys = ['a>b', 'a>b', 'a>b', 'a>c'].map((path, at) => along(path, `j${at}`));
    const lost = ['a>b', 'a>c'].map((path, at) => along(path, `n${at}`));
    // Effects 1, 3/4 and 1/4, as in the fork of the reference; all alike without those that were lost, but for c.
    const shares = (given: typeof lost) =>
      markovModel({ order: 1 })
        .credit(journeys, given)
        .map(({ touches }) => touches.map(({ credit }) => credit.valueOf()));
    expect(shares(lost)[3]).toEqual([0.8, 0.2]);
    expect(shares(lost)[0]?.[1]).toBeCloseTo(0.75 / 1.75, 9);
    expect(shares([...lost, along('c', 'n2'), along('c', 'n3')])[3]?.[1]).not.toBeCloseTo(0.2, 3);
  });

  it('refuses a journey without a conversion that has a touch twice', () => {
    const { touches, ...journey } = along('a>b');
    const twice = touches.map((touch) => ({ ...touch, id: 'same' }));
    expect(() => markovModel({ order: 1 }).credit([], [{ ...journey, touches: twice }])).toThrow(
      'has touch "same" twice',
    );
  });
});
