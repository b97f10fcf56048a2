import { LuDecomposition, Matrix } from 'ml-matrix';
import type { PathRow } from '../path-fixtures.ts';

/** The definition word for word, by a dense solve for each removal: for chains of a few hundred states. */
export function removalEffectsByDefinition(rows: readonly PathRow[], order: number): Map<string, number> {
  const journeys = rows.flatMap(({ path, conversions = 0, nulls = 0 }) =>
    path === '' || conversions + nulls === 0
      ? []
      : [{ states: statesAlong(path.split('>'), order), conversions, nulls }],
  );
  const states = [...new Set(journeys.flatMap((journey) => journey.states))];
  const channels = new Set(rows.flatMap(({ path }) => (path === '' ? [] : path.split('>'))));
  const whole = conversionShare(journeys, states);
  return new Map(
    [...channels].map((channel) => {
      const left = states.filter((state) => !state.split('>').includes(channel));
      return [channel, whole === 0 ? 0 : 1 - conversionShare(journeys, left) / whole];
    }),
  );
}

interface StateJourney {
  readonly states: readonly string[];
  readonly conversions: number;
  readonly nulls: number;
}

function statesAlong(channels: readonly string[], order: number): string[] {
  if (channels.length <= order) return [channels.join('>')];
  const windows = channels.slice(order - 1).map((_, at) => channels.slice(at, at + order).join('>'));
  return windows.filter((window, at) => window !== windows[at - 1]);
}

/** P(conversion) from the start when only these states are left, and all others lead to no conversion. */
function conversionShare(journeys: readonly StateJourney[], states: readonly string[]): number {
  if (states.length === 0) return 0;
  const place = new Map(states.map((state, at) => [state, at]));
  const moves = Matrix.zeros(states.length, states.length);
  const [starts, conversions, visits] = [0, 1, 2].map(() => new Float64Array(states.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const add = (sums: Float64Array, state: string | undefined, amount: number) => {
    const at = place.get(state ?? '');
    if (at !== undefined) sums[at] = (sums[at] ?? 0) + amount;
  };
  for (const journey of journeys) {
    const count = journey.conversions + journey.nulls;
    add(starts, journey.states[0], count);
    add(conversions, journey.states.at(-1), journey.conversions);
    journey.states.forEach((state, at) => {
      add(visits, state, count);
      const [from, to] = [place.get(state), place.get(journey.states[at + 1] ?? '')];
      if (from !== undefined && to !== undefined) moves.set(from, to, moves.get(from, to) + count);
    });
  }
  const system = Matrix.eye(states.length);
  visits.forEach((visit, from) => {
    visits.forEach((_, to) => {
      system.set(from, to, system.get(from, to) - moves.get(from, to) / visit);
    });
  });
  const right = Matrix.columnVector([...conversions].map((count, at) => count / (visits[at] ?? 1)));
  const solved = new LuDecomposition(system).solve(right);
  const all = journeys.reduce((sum, journey) => sum + journey.conversions + journey.nulls, 0);
  return starts.reduce((sum, start, at) => sum + (start / all) * solved.get(at, 0), 0);
}
