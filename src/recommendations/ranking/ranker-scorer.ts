import {
  type CalibratedMachine,
  expectedValue,
  logistic,
  logOddsOf,
  MachineSums,
  type PlattLine,
  type SummableMachine,
  summableMachine,
} from '../../math/ranker/index.ts';
import { momentCategories, positionBucket, type RankedMoment, RankerColumns } from './ranker-columns.ts';
import type { RankerModel } from './ranker-model.ts';

/** What a purchase, or finishing a content, is worth beside its click, in clicks. The margin of all contents is alike. */
export const CONVERSION_WORTH = 4;
/** Feeds score every candidate as if it stood in the first place. */
const FIRST_PLACE = 0;
/** Keeps log-odds finite where a chance rounds to 0 or 1. */
const LEAST_VALUE = 1e-12;

/** A version that is ready to score. */
export interface ReadyRanker {
  readonly columns: RankerColumns;
  readonly click: ReadyHead;
  readonly conversion: ReadyHead | null;
}

interface ReadyHead {
  readonly machine: SummableMachine;
  readonly line: PlattLine;
}

export function readyRanker({ layout, click, conversion }: RankerModel): ReadyRanker {
  const ready = ({ machine, line }: CalibratedMachine) => ({ machine: summableMachine(machine), line });
  return { columns: new RankerColumns(layout), click: ready(click), conversion: conversion && ready(conversion) };
}

/**
 * Scores contents for one person at one moment. With p the calibrated chance of a click, q that of a conversion after it
 * and w = `CONVERSION_WORTH`, a score is the log-odds of the expected value p (1 + w q) / (1 + w), or of p alone for a
 * version that knows of no conversions.
 */
export class RankerScorer {
  readonly #columns: RankerColumns;
  readonly #click: Head;
  readonly #conversion: Head | null;
  readonly #heads: readonly Head[];

  constructor({ columns, click, conversion }: ReadyRanker, moment: RankedMoment, position = FIRST_PLACE) {
    this.#columns = columns;
    const common = [...columns.of(momentCategories(moment)), columns.ofBucket(positionBucket(position))];
    this.#click = new Head(click, common);
    this.#conversion = conversion && new Head(conversion, common);
    this.#heads = this.#conversion ? [this.#click, this.#conversion] : [this.#click];
  }

  /**
   * Takes up a content: what is asked next is asked of it.
   *
   * @param columns of the content's categories
   * @param features in the order of `FEATURES`; those that the version does not know count for nothing
   */
  take(columns: readonly number[], features: ArrayLike<number>): this {
    for (const { sums, common } of this.#heads) {
      sums.copy(common);
      for (const column of columns) sums.add(column, 1);
      sums.addPairs(this.#columns.valueOf(0), features, this.#columns.featureCount);
    }
    return this;
  }

  /** Log-odds of the expected value. */
  logOdds(): number {
    if (!this.#conversion) return this.#click.logOdds();
    const chances = { click: logistic(this.#click.logOdds()), conversion: logistic(this.#conversion.logOdds()) };
    const value = expectedValue({ ...chances, conversionWorth: CONVERSION_WORTH });
    return logOddsOf(Math.min(1 - LEAST_VALUE, Math.max(LEAST_VALUE, value)));
  }

  /** Log-odds of a click alone. */
  clickLogOdds(): number {
    return this.#click.logOdds();
  }

  /** What the log-odds lose when a feature of the content is set to 0, for each in the order of `FEATURES`. */
  partsOf(columns: readonly number[], features: ArrayLike<number>): Float64Array {
    const whole = this.take(columns, features).logOdds();
    const parts = new Float64Array(features.length);
    for (let feature = 0; feature < this.#columns.featureCount; feature++) {
      const value = features[feature] as number;
      if (value === 0) continue;
      for (const { sums } of this.#heads) {
        sums.remove(this.#columns.valueOf(feature), value);
        sums.remove(this.#columns.presenceOf(feature), 1);
      }
      parts[feature] = whole - this.logOdds();
      this.take(columns, features);
    }
    return parts;
  }
}

/** One machine with what all candidates have in common. */
class Head {
  readonly sums: MachineSums;
  readonly common: MachineSums;
  readonly #line: PlattLine;

  constructor({ machine, line }: ReadyHead, common: readonly number[]) {
    this.sums = new MachineSums(machine);
    this.common = new MachineSums(machine);
    this.#line = line;
    for (const column of common) this.common.add(column, 1);
  }

  logOdds(): number {
    return this.#line.slope * this.sums.logOdds() + this.#line.shift;
  }
}
