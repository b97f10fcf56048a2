import type { DecidedReading, ExperimentReading, MetricReading } from '../math/experiments/index.ts';
import type { ExperimentTable } from './experiment-table.ts';

/** A reading with what its numbers are called. */
export interface NamedReading {
  readonly reading: ExperimentReading;
  /** The baseline first. */
  readonly arms: readonly string[];
  readonly units: readonly number[];
  readonly table: Pick<ExperimentTable, 'rows' | 'skippedRows' | 'mixedUnits'>;
  readonly alpha: number;
  readonly correction: string;
}

/** One object for one metric; for several, one with a list of them. */
export function experimentJson(told: NamedReading): Record<string, unknown> {
  const { reading, arms, correction } = told;
  const common = { ...sampleRatioJson(told), warnings: warningsOf(told) };
  const metrics = reading.metrics.map((metric) => metricJson(metric, told));
  const [only] = metrics;
  if (metrics.length === 1) return { ...only, ...common };
  return { baseline: arms[0], ...common, correction, metrics };
}

function sampleRatioJson({ reading: { sampleRatio } }: NamedReading): Record<string, unknown> {
  const { p, verdict, statistic, degreesOfFreedom } = sampleRatio;
  // JSON has no infinity: units in an arm of weight 0 are infinitely far from what was planned.
  const distance = Number.isFinite(statistic) ? statistic : null;
  return { sampleRatioP: p, sampleRatio: { verdict, statistic: distance, degreesOfFreedom } };
}

function metricJson({ metric, arms: rivals }: MetricReading, told: NamedReading): Record<string, unknown> {
  const { name, kind, goal, isGuardrail } = metric;
  const { arms, units, alpha, reading } = told;
  const shared = (arm: number) => {
    const { count, mean } = metric.moments[arm] ?? { count: 0, mean: 0 };
    return {
      arm: arms[arm],
      isBaseline: arm === 0,
      n: units[arm],
      expectedN: reading.sampleRatio.expected[arm],
      mean: count === 0 ? null : mean,
      sampleRatioP: reading.sampleRatio.p,
    };
  };
  const own = rivals.map((rival) => ({ ...shared(rival.arm), ...armJson(rival) }));
  return {
    metric: name,
    kind,
    goal,
    isGuardrail,
    baseline: arms[0],
    alpha,
    arms: [{ ...shared(0), ...NOTHING }, ...own],
  };
}

/** The baseline against itself. */
const NOTHING = { lift: null, liftInterval: null, pFixed: null, pSequential: null, chanceToWin: null };

function armJson(reading: DecidedReading): Record<string, unknown> {
  const { difference, lift, scale, fixed, sequential, bayesian, differenceFixed, detectable, decision, notes } =
    reading;
  return {
    lift,
    liftInterval: scale === 'LIFT' ? (fixed?.interval ?? null) : null,
    difference,
    differenceInterval: differenceFixed?.interval ?? null,
    scale,
    pFixed: fixed?.p ?? null,
    pFixedCorrected: reading.pFixedCorrected,
    pSequential: sequential?.p ?? null,
    pSequentialCorrected: reading.pSequentialCorrected,
    sequentialInterval: sequential?.interval ?? null,
    chanceToWin: bayesian?.chanceToWin ?? null,
    bayesianInterval: bayesian?.interval ?? null,
    risk: bayesian?.risk ?? null,
    detectableLift: detectable?.lift ?? null,
    detectableDifference: detectable?.difference ?? null,
    decision,
    notes,
  };
}

function warningsOf({ reading: { sampleRatio }, table }: NamedReading): string[] {
  const warnings: string[] = [];
  const p = shown(sampleRatio.p);
  if (sampleRatio.verdict === 'ALARM') {
    warnings.push(
      `ALARM: units did not fall on the arms by the weights (p ${p}). No reading counts until it is known why.`,
    );
  } else if (sampleRatio.verdict === 'SHOWN') {
    warnings.push(`Units fell on the arms less evenly than chance would have it in one of a hundred times (p ${p}).`);
  } else if (sampleRatio.verdict === 'TOO_FEW') {
    warnings.push('There are too few units to tell whether they fell on the arms by the weights.');
  }
  if (table.mixedUnits > 0) {
    warnings.push(`${table.mixedUnits} units were seen in several variants; they are left out of every arm.`);
  }
  if (table.skippedRows > 0)
    warnings.push(`${table.skippedRows} of ${table.rows} rows have an empty cell and are left out.`);
  return warnings;
}

const NAME = 20;

/** The readings for people. */
export function experimentText(told: NamedReading): string {
  const { reading, arms, units, alpha } = told;
  const { sampleRatio, metrics } = reading;
  const total = units.reduce((sum, count) => sum + count, 0);
  const cell = (text: string) => text.padStart(13);
  const header = ['units', 'mean', 'lift', 'from', 'to', 'p fixed', 'p sequential', 'to win', 'detectable'];
  const lines = metrics.flatMap(({ metric, arms: rivals }) => [
    '',
    `${metric.name}${metric.isGuardrail ? ' (guardrail)' : ''}, ${metric.kind === 'PROPORTION' ? 'share' : 'mean'} by unit`,
    `${''.padEnd(NAME)}${header.map(cell).join('')}`,
    `${named(arms[0])}${[String(units[0]), shown(metric.moments[0]?.mean)].map(cell).join('')}`,
    ...rivals.flatMap((rival) => [
      `${named(arms[rival.arm])}${cellsOf(rival, { units, metric }).map(cell).join('')}`,
      ...remarksOf(rival, told),
    ]),
  ]);
  return [
    `${total} units, ${arms.length} arms, held against ${arms[0]}; intervals of ${shown(100 * (1 - alpha))} %`,
    `Sample ratio: p ${shown(sampleRatio.p)}, ${sampleRatio.verdict}`,
    ...warningsOf(told).map((warning) => `! ${warning}`),
    ...lines,
  ].join('\n');
}

function cellsOf(
  reading: DecidedReading,
  { units, metric }: { units: readonly number[]; metric: MetricReading['metric'] },
): string[] {
  const { scale, lift, difference, fixed, sequential, bayesian, detectable } = reading;
  const asShown = (value: number | null | undefined) =>
    scale === 'LIFT' && typeof value === 'number' ? `${shown(100 * value)} %` : shown(value);
  return [
    String(units[reading.arm]),
    shown(metric.moments[reading.arm]?.mean),
    asShown(scale === 'LIFT' ? lift : difference),
    asShown(fixed?.interval[0]),
    asShown(fixed?.interval[1]),
    shown(fixed?.p),
    shown(sequential?.p),
    shown(bayesian?.chanceToWin),
    asShown(scale === 'LIFT' ? detectable?.lift : detectable?.difference),
  ];
}

function remarksOf(reading: DecidedReading, { reading: { metrics }, correction, arms }: NamedReading): string[] {
  const { decision, notes, scale, pFixedCorrected, pSequentialCorrected } = reading;
  const isFamily = correction !== 'none' && metrics.length * (arms.length - 1) > 1;
  const remarks = [
    scale === 'DIFFERENCE' ? 'The mean of the baseline is 0: numbers are of the difference.' : '',
    isFamily && decision && pFixedCorrected !== null
      ? `Corrected (${correction}): p fixed ${shown(pFixedCorrected)}, p sequential ${shown(pSequentialCorrected)}`
      : '',
    decision ? `${decision.verdict}: ${decision.reason}` : '',
    notes.length > 0 ? `Notes: ${notes.join(', ')}` : '',
  ];
  return remarks.filter((remark) => remark !== '').map((remark) => `  ${remark}`);
}

function named(arm: string | undefined): string {
  return (arm ?? '').slice(0, NAME - 1).padEnd(NAME);
}

function shown(value: number | null | undefined): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(4))) : '-';
}
