import { assertAtLeast, assertInput } from '../assert.ts';
import { CsrMatrix, type SparseRow } from '../sparse/index.ts';
import type { FactorisationMachine } from './factorisation-machine.ts';
import { type FitMachineOptions, fitMachine } from './fit-machine.ts';

/** What was shown, what was clicked, and what of that was bought or finished. */
export interface ShownExamples {
  /** Examples by features, in the order of time. */
  readonly features: CsrMatrix;
  /** 1 where it was clicked, else 0. */
  readonly clicked: ArrayLike<number>;
  /** 1 where it was converted, else 0; only what was clicked can be. */
  readonly converted: ArrayLike<number>;
}

/** The two heads. */
export interface ClickConversionModel {
  readonly click: FactorisationMachine;
  /** Of what was clicked. */
  readonly conversion: FactorisationMachine;
}

/**
 * Learns how likely a click is from all that was shown, and how likely a conversion is from what was clicked.
 *
 * @throws RangeError when nothing was shown or clicked, something converted without a click, or an option is out of
 * bounds.
 */
export function fitClickConversion(
  { features, clicked, converted }: ShownExamples,
  options: Partial<FitMachineOptions> = {},
): ClickConversionModel {
  assertInput(converted.length === clicked.length, 'there must be one conversion, or none, for each click or none');
  const chosen: number[] = [];
  for (let e = 0; e < clicked.length; e++) {
    assertInput(clicked[e] !== 0 || converted[e] === 0, `example ${e} cannot be converted without a click`);
    if (clicked[e] === 1) chosen.push(e);
  }
  const labels = chosen.map((e) => converted[e] as number);
  return {
    click: fitMachine({ features, labels: clicked }, options).machine,
    conversion: fitMachine({ features: rowsOf(features, chosen), labels }, options).machine,
  };
}

function rowsOf(matrix: CsrMatrix, chosen: readonly number[]): CsrMatrix {
  const rows: SparseRow[] = chosen.map((r) => matrix.row(r));
  return CsrMatrix.fromTriplets({
    rowCount: rows.length,
    columnCount: matrix.columnCount,
    rows: rows.flatMap(({ indices }, r) => Array.from(indices, () => r)),
    columns: rows.flatMap(({ indices }) => Array.from(indices)),
    values: rows.flatMap(({ values }) => Array.from(values)),
  });
}

/**
 * What showing something is worth: p(click) * p(conversion | click) * margin.
 *
 * @param chances Calibrated, within [0, 1]; `marginMinor` is what a conversion leaves, in minor units of one currency for
 * all that is compared, and below 0 where it costs. The product orders things; it is no amount to be booked.
 * @throws RangeError for a probability out of bounds, or a margin that is not finite.
 */
export function expectedValue(chances: { click: number; conversion: number; marginMinor: number }): number {
  const { click, conversion, marginMinor } = chances;
  for (const name of ['click', 'conversion'] as const) {
    assertAtLeast(name, chances[name], 0);
    assertInput(chances[name] <= 1, `${name} must be at most 1, not ${chances[name]}`);
  }
  assertInput(Number.isFinite(marginMinor), `marginMinor must be finite, not ${marginMinor}`);
  return click * conversion * marginMinor;
}
