import { assertFinite, assertInput, assertWhole } from '../assert.ts';
import { type Moments, RunningMoments } from './moments.ts';

/** What came of counting by unit. */
export interface TalliedUnits {
  /** Units by arm, those of several arms left out. */
  readonly counts: readonly number[];
  /** By metric, then by arm. */
  readonly moments: readonly (readonly Moments[])[];
  /** By metric: whether every unit's value is 0 or 1. */
  readonly isBinary: readonly boolean[];
  /** Units that were seen in more than one arm: nobody can tell what moved them, and they count in none. */
  readonly mixedUnits: number;
}

/** One row: what one unit, or a part of it, came to. */
interface TallyRow {
  /** Counted from 0; arms turn up as they come. */
  readonly arm: number;
  /** One for each metric. */
  readonly values: ArrayLike<number>;
}

const MAX_ARMS = 200;

/** Counts rows of which each is a unit, in a few numbers for each arm and metric. */
export class RowTally {
  readonly #moments: RunningMoments[][];
  readonly #isBinary: boolean[];
  readonly #counts: number[] = [];

  /** @throws RangeError when the number of metrics is no whole number from 1. */
  constructor(metricCount: number) {
    assertWhole('the number of metrics', metricCount, { min: 1 });
    this.#moments = Array.from({ length: metricCount }, () => []);
    this.#isBinary = new Array<boolean>(metricCount).fill(true);
  }

  /** @throws RangeError when the arm is not below 200, or there is not one finite value for each metric. */
  add(row: TallyRow): void {
    const { arm, values } = row;
    assertRow(row, this.#moments.length);
    this.#grow(arm + 1);
    this.#counts[arm] = (this.#counts[arm] as number) + 1;
    for (let m = 0; m < values.length; m++) {
      const value = values[m] as number;
      this.#moments[m]?.[arm]?.add(value);
      if (value !== 0 && value !== 1) this.#isBinary[m] = false;
    }
  }

  /** @param armCount Arms to tell of, those without units too; at least as many as were seen. */
  tally(armCount: number): TalliedUnits {
    assertWhole('the number of arms', armCount, { min: this.#counts.length, max: MAX_ARMS });
    this.#grow(armCount);
    return {
      counts: [...this.#counts],
      moments: this.#moments.map((arms) => arms.map((running) => running.moments())),
      isBinary: [...this.#isBinary],
      mixedUnits: 0,
    };
  }

  #grow(armCount: number): void {
    while (this.#counts.length < armCount) {
      this.#counts.push(0);
      for (const arms of this.#moments) arms.push(new RunningMoments());
    }
  }
}

interface UnitRecord {
  readonly arm: number;
  isMixed: boolean;
  readonly values: number[];
}

/**
 * Sums rows by unit before anything is averaged: several rows of one person are no evidence apart. Keeps a record of each
 * unit; where rows are units already, `RowTally` does with less.
 */
export class UnitTally {
  readonly #metricCount: number;
  readonly #units = new Map<string, UnitRecord>();

  /** @throws RangeError when the number of metrics is no whole number from 1. */
  constructor(metricCount: number) {
    assertWhole('the number of metrics', metricCount, { min: 1 });
    this.#metricCount = metricCount;
  }

  /** @throws RangeError when the arm is not below 200, or there is not one finite value for each metric. */
  add(row: TallyRow & { readonly unit: string }): void {
    const { unit, arm, values } = row;
    assertRow(row, this.#metricCount);
    const known = this.#units.get(unit);
    if (!known) {
      this.#units.set(unit, { arm, isMixed: false, values: Array.from(values) });
      return;
    }
    if (known.arm !== arm) known.isMixed = true;
    for (let m = 0; m < this.#metricCount; m++) known.values[m] = (known.values[m] as number) + (values[m] as number);
  }

  /** @param armCount As of `RowTally`. */
  tally(armCount: number): TalliedUnits {
    const rows = new RowTally(this.#metricCount);
    let mixedUnits = 0;
    for (const record of this.#units.values()) {
      if (record.isMixed) mixedUnits++;
      else rows.add(record);
    }
    return { ...rows.tally(armCount), mixedUnits };
  }
}

function assertRow({ arm, values }: TallyRow, metricCount: number): void {
  assertWhole('an arm', arm, { min: 0, max: MAX_ARMS - 1 });
  assertInput(values.length === metricCount, `there must be ${metricCount} values, one for each metric`);
  assertFinite('value', values);
}
