import { assertAtLeast, assertInput } from '../assert.ts';
import { CsrMatrix } from '../sparse/index.ts';
import type { FactorisationMachine } from './factorisation-machine.ts';
import { DEFAULT_MACHINE_OPTIONS, type FitMachineOptions, fitMachine } from './fit-machine.ts';
import type { LabelledExamples } from './labelled-examples.ts';
import { fitPlattLine, type PlattLine } from './platt-calibration.ts';

/** What was shown, what was clicked, and what of that was bought or finished. */
export interface ShownExamples {
  /** Examples by features, in the order of time. */
  readonly features: CsrMatrix;
  /** 1 where it was clicked, else 0. */
  readonly clicked: ArrayLike<number>;
  /** 1 where it was converted, else 0; only what was clicked can be. */
  readonly converted: ArrayLike<number>;
  /** 1 where time enough has passed to tell whether it was converted, else 0; everywhere, when absent. */
  readonly isSettled?: ArrayLike<number>;
  /** How much each example counts; each once, when absent. */
  readonly weights?: ArrayLike<number>;
}

/** A machine whose log odds z are borne out as `slope * z + shift`. */
export interface CalibratedMachine {
  readonly machine: FactorisationMachine;
  readonly line: PlattLine;
}

/** The two heads. */
export interface ClickConversionModel {
  readonly click: CalibratedMachine;
  /** Of what was clicked; null when too little is known of that. */
  readonly conversion: CalibratedMachine | null;
}

export interface ClickConversionOptions extends FitMachineOptions {
  /** Conversions, and clicks without one, from which on the second head is learnt. */
  readonly leastOfEach: number;
}

/**
 * Learns how likely a click is from all that was shown, and how likely a conversion is from what was clicked. The last
 * examples of each, which tell its descent when to stop, calibrate it too: unweighted, so that it is borne out for what is
 * shown.
 *
 * @throws RangeError when nothing was shown, something converted without a click, or an option is out of bounds.
 */
export function fitClickConversion(
  shown: ShownExamples,
  options: Partial<ClickConversionOptions> = {},
): ClickConversionModel {
  const { features, clicked, converted, isSettled, weights } = shown;
  const { leastOfEach = 1, ...machineOptions } = options;
  assertInput(converted.length === clicked.length, 'there must be one conversion, or none, for each click or none');
  const chosen: number[] = [];
  let conversions = 0;
  for (let e = 0; e < clicked.length; e++) {
    assertInput(clicked[e] !== 0 || converted[e] === 0, `example ${e} cannot be converted without a click`);
    if (clicked[e] !== 1 || isSettled?.[e] === 0) continue;
    chosen.push(e);
    conversions += converted[e] as number;
  }
  const click = fitCalibrated({ features, labels: clicked, weights }, machineOptions);
  if (Math.min(conversions, chosen.length - conversions) < leastOfEach) return { click, conversion: null };
  const ofClicked = {
    features: rowsOf(features, chosen),
    labels: chosen.map((e) => converted[e] as number),
    weights: weights && chosen.map((e) => weights[e] as number),
  };
  return { click, conversion: fitCalibrated(ofClicked, machineOptions) };
}

function fitCalibrated(examples: LabelledExamples, options: Partial<FitMachineOptions>): CalibratedMachine {
  const { features, labels } = examples;
  const { machine } = fitMachine(examples, options);
  const held = Math.floor(labels.length * (options.validationShare ?? DEFAULT_MACHINE_OPTIONS.validationShare));
  if (held === 0) return { machine, line: { slope: 1, shift: 0 } };
  const from = labels.length - held;
  const scores = Float64Array.from({ length: held }, (_, e) => machine.logOdds(features.row(from + e)));
  return { machine, line: fitPlattLine(scores, Array.from(labels).slice(from)) };
}

function rowsOf(matrix: CsrMatrix, chosen: readonly number[]): CsrMatrix {
  const rows = chosen.map((r) => matrix.row(r));
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach(({ indices }, r) => {
    offsets[r + 1] = (offsets[r] as number) + indices.length;
  });
  const columns = new Int32Array(offsets[rows.length] as number);
  const values = new Float64Array(columns.length);
  rows.forEach((row, r) => {
    columns.set(row.indices, offsets[r]);
    values.set(row.values, offsets[r]);
  });
  return CsrMatrix.fromParts({ rowCount: rows.length, columnCount: matrix.columnCount, offsets, columns, values });
}

/**
 * What showing something is worth, as a part of what a certain click with a certain conversion is:
 * p(click) (1 + worth p(conversion | click)) / (1 + worth). The click's own chance where a click is all that counts.
 *
 * @param chances Calibrated, within [0, 1]; `conversionWorth` is what a conversion is worth beside its click, in clicks,
 * from 0: its margin, say, over the value of a click. The result is within [0, 1]; it orders things, and is no amount to
 * be booked.
 * @throws RangeError for a probability out of bounds, or a worth that is not finite or below 0.
 */
export function expectedValue(chances: { click: number; conversion: number; conversionWorth: number }): number {
  const { click, conversion, conversionWorth } = chances;
  for (const name of ['click', 'conversion'] as const) {
    assertAtLeast(name, chances[name], 0);
    if (chances[name] > 1) throw new RangeError(`${name} must be at most 1, not ${chances[name]}`);
  }
  assertAtLeast('conversionWorth', conversionWorth, 0);
  return (click * (1 + conversionWorth * conversion)) / (1 + conversionWorth);
}
