import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denseRemovals } from '../../../../../src/math/attribution/markov/dense-removal.ts';
import { journeyFlow } from '../../../../../src/math/attribution/markov/journey-flow.ts';
import { removalEffects } from '../../../../../src/math/attribution/markov/removal-effects.ts';
import { sparseRemovals } from '../../../../../src/math/attribution/markov/sparse-removal.ts';
import { windowChain } from '../../../../../src/math/attribution/markov/window-chain.ts';
import { seededDraws } from '../../../../../src/math/random/seeded-draws.ts';
import { type PathRow, tableOf } from '../path-fixtures.ts';
import { removalEffectsByDefinition } from './definition.ts';

const REACHED = 1e-9;
const ORDERS = [1, 2, 3, 4];

const anyRows: fc.Arbitrary<PathRow[]> = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 }).map((path) => path.join('>')),
    conversions: fc.constantFrom(0, 0, 1, 3, 0.5, 1e6),
    nulls: fc.constantFrom(0, 0, 1, 7, 0.25, 1e6),
  }),
  { maxLength: 15 },
);

function effects(rows: readonly PathRow[], order = 1): Record<string, number> {
  const paths = tableOf(rows);
  const found = removalEffects(paths, { order })(paths);
  return Object.fromEntries(paths.channels.map((channel, at) => [channel, found[at] ?? Number.NaN]));
}

function bothWays(rows: readonly PathRow[], order: number): [dense: Float64Array, sparse: Float64Array] {
  const paths = tableOf(rows);
  const chain = windowChain(paths, order);
  const flow = journeyFlow(chain, paths);
  return [denseRemovals(chain, flow), sparseRemovals(chain, flow)];
}

function expectAlike([found, expected]: readonly [Float64Array, Float64Array]): void {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of found.entries()) {
    expect(Math.abs(value - (expected[at] ?? 0))).toBeLessThanOrEqual(REACHED * (expected[at] ?? 0));
  }
}

/** `ab`, 3: "a>b>a". */
function round(channels: string, length: number): string {
  return Array.from({ length }, (_, at) => channels[at % channels.length]).join('>');
}

describe('removalEffects', () => {
  it.each(ORDERS)('is what the definition says, order %i', (order) => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        const expected = removalEffectsByDefinition(rows, order);
        const found = effects(rows, order);
        expect(Object.keys(found).toSorted()).toEqual([...expected.keys()].toSorted());
        for (const [channel, effect] of expected) expect(found[channel]).toBeCloseTo(effect, 8);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the known probabilities of the fork {a>b 3 of 4; a>c 1 of 2}', () => {
    const paths = tableOf([
      { path: 'a>b', conversions: 3, nulls: 1 },
      { path: 'a>c', conversions: 1, nulls: 1 },
    ]);
    const chain = windowChain(paths, 1);
    const flow = journeyFlow(chain, paths);
    const shares = Object.fromEntries(
      Array.from(chain.windows, (channel, state) => {
        const from = chain.rowOffsets[state] ?? 0;
        const moves = [...flow.moves.slice(from, chain.rowOffsets[state + 1])].map((move, at) => {
          const target = chain.windows[chain.targets[from + at] ?? 0] ?? 0;
          return [paths.channels[target], move / (flow.visits[state] ?? 0)];
        });
        const conversion = (flow.conversions[state] ?? 0) / (flow.visits[state] ?? 0);
        return [paths.channels[channel], { ...Object.fromEntries(moves), conversion }];
      }),
    );
    expect(shares).toEqual({
      a: { b: 2 / 3, c: 1 / 3, conversion: 0 },
      b: { conversion: 3 / 4 },
      c: { conversion: 1 / 2 },
    });
    expect(
      effects([
        { path: 'a>b', conversions: 3, nulls: 1 },
        { path: 'a>c', conversions: 1, nulls: 1 },
      ]),
    ).toEqual({
      a: 1,
      b: 0.75,
      c: expect.closeTo(0.25, 15),
    });
  });

  it('counts a state once when it comes several times in a row, and again when it comes back', () => {
    const paths = tableOf([{ path: 'a>a>b>b>b>a', conversions: 2, nulls: 1 }]);
    const visited = (order: number) => {
      const chain = windowChain(paths, order);
      const names = Array.from({ length: chain.stateCount }, (_, state) => {
        const window = chain.windows.slice(chain.windowOffsets[state], chain.windowOffsets[state + 1]);
        return Array.from(window, (channel) => paths.channels[channel]).join('');
      });
      return Array.from(chain.visits, (state) => names[state]);
    };
    expect(visited(1)).toEqual(['a', 'b', 'a']);
    expect(visited(2)).toEqual(['aa', 'ab', 'bb', 'ba']);
    expect(visited(6)).toEqual(['aabbba']);
    expect(visited(7)).toEqual(['aabbba']);
  });

  it('collapses the same channel several times in a row', () => {
    const once = [
      { path: 'a>b', conversions: 3 },
      { path: 'a', conversions: 1, nulls: 2 },
    ];
    const often = [
      { path: 'a>a>b>b>b', conversions: 3 },
      { path: 'a>a', conversions: 1, nulls: 2 },
    ];
    expect(effects(often)).toEqual(effects(once));
  });

  it('takes a path shorter than the order for one state of its own', () => {
    // "a" alone is not the window (a, b): what comes to it never goes on to b.
    const rows = [
      { path: 'a', conversions: 1 },
      { path: 'a>b', nulls: 1 },
    ];
    expect(effects(rows, 2)).toEqual({ a: 1, b: 0 });
    // At order 1 half of those at a go on, and the other half converts, whichever path they came by.
    expect(effects(rows, 1)).toEqual({ a: 1, b: 0 });
  });

  it('keeps its digits where an effect is tiny', () => {
    const rows = [
      { path: 'a', conversions: 1e9 },
      { path: 'b', conversions: 1e-3, nulls: 1 },
    ];
    const effect = effects(rows).b ?? 0;
    expect(effect * (1e9 + 1e-3)).toBeCloseTo(1e-3, 15);
    for (const order of [2, 3]) {
      const found = effects([...rows, { path: 'a>b>c', conversions: 1e-4 }], order).c ?? 0;
      expect(found * (1e9 + 1.1e-3)).toBeCloseTo(1e-4, 15);
    }
  });

  it('is zero for all when nothing converts, and for a channel that no journey meets', () => {
    expect(effects([{ path: 'a>b', nulls: 3 }])).toEqual({ a: 0, b: 0 });
    expect(effects([{ path: 'a' }])).toEqual({ a: 0 });
    expect(effects([{ path: 'a', conversions: 1 }, { path: 'b>c' }], 2)).toEqual({ a: 1, b: 0, c: 0 });
    expect(effects([{ path: '', conversions: 4 }])).toEqual({});
  });

  it('depends on the shares of the journeys alone, and on no order of the paths, to the bit', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...ORDERS), (rows, order) => {
        const whole = rows.map((row) => ({
          ...row,
          conversions: Math.ceil(row.conversions ?? 0),
          nulls: Math.ceil(row.nulls ?? 0),
        }));
        expect(effects(whole.toReversed(), order)).toEqual(effects(whole, order));
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 1.5, 33, Number.NaN])('refuses the order %s', (order) => {
    expect(() => removalEffects(tableOf([]), { order })).toThrow('order must be a whole number from 1 to 32');
  });
});

describe('denseRemovals and sparseRemovals', () => {
  it.each(ORDERS)('agree to nine digits in every channel, order %i', (order) => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expectAlike(bothWays(rows, order));
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['two channels in turns', [{ path: round('ab', 100_000), conversions: 1, nulls: 1 }]],
    [
      'two such pairs that hardly meet',
      [
        { path: `${round('ab', 20_000)}>${round('xy', 20_000)}`, conversions: 1, nulls: 1 },
        { path: `${round('xy', 20_000)}>${round('ab', 5_000)}`, conversions: 1, nulls: 1e6 },
      ],
    ],
    ['a ring', [{ path: round('abcdefghijklmnopqrstuvwxyz', 50_000), conversions: 1, nulls: 1 }]],
    [
      'a ring of many channels, left rarely',
      [{ path: Array.from({ length: 30_000 }, (_, at) => `c${at % 300}`).join('>'), conversions: 1, nulls: 1 }],
    ],
  ])('agree where journeys go in circles for long: %s', (_, rows) => {
    const aside = [
      { path: 'a>c5', conversions: 1, nulls: 3 },
      { path: 'q>b', nulls: 1 },
      { path: 'e', conversions: 1 },
    ];
    for (const order of [1, 2]) expectAlike(bothWays([...rows, ...aside], order));
  });

  it('agree where journeys wander to and fro among many channels', () => {
    const { uniform } = seededDraws(2);
    let at = 0;
    const wander = Array.from({ length: 60_000 }, () => {
      at = Math.min(199, Math.max(0, at + (uniform() < 0.5 ? 1 : -1)));
      return `c${at}`;
    });
    const rows = [
      { path: wander.join('>'), conversions: 1, nulls: 1 },
      { path: 'c0>c1', nulls: 1 },
      { path: 'c150', conversions: 1 },
    ];
    for (const order of [1, 2]) expectAlike(bothWays(rows, order));
  });

  it('agree on hundreds of channels and states', () => {
    const { uniform } = seededDraws(1);
    const rows = Array.from({ length: 1_500 }, () => ({
      path: Array.from({ length: 1 + Math.floor(8 * uniform()) }, () => `c${Math.floor(300 * uniform() ** 3)}`).join(
        '>',
      ),
      conversions: uniform() < 0.2 ? 1 : 0,
      nulls: 1,
    }));
    expectAlike(bothWays(rows, 1));
    expectAlike(bothWays(rows.slice(0, 60), 3));
  });
});
