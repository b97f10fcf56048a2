import type { Paths } from './paths.ts';
import { SequenceTable } from './sequence-table.ts';

/** What some journeys along one path came to. */
export interface PathOutcome {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

/** Collects journeys for the models of channels, one after the other, however many: equal paths share one row. */
export class PathTable {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  readonly #paths = new SequenceTable();
  readonly #ages: number[] | null;
  readonly #conversions: number[] = [];
  readonly #values: number[] = [];
  readonly #nulls: number[] = [];
  readonly #steps: number[] = [];
  readonly #ends: number[] = [];

  /** @param options `keepAges`: every journey keeps a row of its own, with the ages of its touches. */
  constructor({ keepAges = false }: { keepAges?: boolean } = {}) {
    this.#ages = keepAges ? [] : null;
  }

  /** The number of a channel, by which paths name it. */
  channel(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#names.push(name);
    this.#numbers.set(name, this.#names.length - 1);
    return this.#names.length - 1;
  }

  /**
   * @param steps Numbers of channels in the order of the journey; empty when nothing led to its end.
   * @param agesMs Of each step, how long before the end it was; needed when ages are kept, and not looked at otherwise.
   */
  add(steps: ArrayLike<number>, outcome: PathOutcome, agesMs?: ArrayLike<number>): void {
    const row = this.#ages ? this.#appendTimed(steps, agesMs ?? []) : this.#paths.numberOf(steps);
    this.#conversions[row] = (this.#conversions[row] ?? 0) + outcome.conversions;
    this.#values[row] = (this.#values[row] ?? 0) + outcome.value;
    this.#nulls[row] = (this.#nulls[row] ?? 0) + outcome.nulls;
  }

  /** All that was added. Channels are renumbered by name, so that they do not depend on the order of what was added. */
  paths(): Paths {
    const channels = this.#names.toSorted(byCodeUnits);
    const place = new Map(channels.map((name, at) => [name, at]));
    const renumbered = Int32Array.from(this.#names, (name) => place.get(name) ?? 0);
    const { offsets, steps } = this.#ages
      ? { offsets: Int32Array.from([0, ...this.#ends]), steps: Int32Array.from(this.#steps) }
      : this.#paths.sequences();
    return {
      channels,
      offsets: offsets.slice(),
      steps: steps.map((channel) => renumbered[channel] as number),
      conversions: Float64Array.from(this.#conversions),
      values: Float64Array.from(this.#values),
      nulls: Float64Array.from(this.#nulls),
      agesMs: this.#ages ? Float64Array.from(this.#ages) : null,
    };
  }

  #appendTimed(steps: ArrayLike<number>, agesMs: ArrayLike<number>): number {
    for (let at = 0; at < steps.length; at++) {
      this.#steps.push(steps[at] as number);
      this.#ages?.push(agesMs[at] ?? Number.NaN);
    }
    this.#ends.push(this.#steps.length);
    return this.#ends.length - 1;
  }
}

/** The same on every machine, unlike the order of a language. */
function byCodeUnits(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
