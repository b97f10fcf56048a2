import { assertIndices, assertInput } from '../assert.ts';
import { type Correction, correctForMany } from './corrections.ts';
import type { MetricKind, Moments } from './moments.ts';
import { type ArmReading, type ReadingOptions, readMetric } from './read-metric.ts';
import { type Goal, SEQUENTIAL_TUNING_UNITS } from './readings.ts';
import { checkSampleRatio, type SampleRatioCheck } from './sample-ratio.ts';
import { decideStop, isHarmed, LEAST_UNITS, type StopDecision } from './stop-rules.ts';

export interface MetricSample {
  readonly name: string;
  readonly kind: MetricKind;
  /** INCREASE when absent. */
  readonly goal?: Goal;
  /** A guardrail is watched for harm, and is no part of the family of tests. */
  readonly isGuardrail?: boolean;
  /** By arm. */
  readonly moments: readonly Moments[];
}

export interface ExperimentSample {
  /** Units by arm. */
  readonly units: readonly number[];
  /** By arm, on any scale; equal when absent. */
  readonly weights?: readonly number[] | undefined;
  /** Which arm the others are held against. */
  readonly baseline: number;
  readonly metrics: readonly MetricSample[];
}

export interface ExperimentOptions extends ReadingOptions {
  readonly correction: Correction;
  readonly horizonUnits: number | null;
  readonly leastLift: number | null;
  readonly leastUnits: number;
}

export const DEFAULT_EXPERIMENT_OPTIONS: ExperimentOptions = {
  alpha: 0.05,
  power: 0.8,
  tuningUnits: SEQUENTIAL_TUNING_UNITS,
  correction: 'HOLM',
  horizonUnits: null,
  leastLift: null,
  leastUnits: LEAST_UNITS,
};

/** A reading, its p values for the whole family of tests, and what may be done. */
export interface DecidedReading extends ArmReading {
  readonly arm: number;
  /** As read, for a guardrail. */
  readonly pFixedCorrected: number | null;
  readonly pSequentialCorrected: number | null;
  /** Null for a guardrail. */
  readonly decision: StopDecision | null;
}

export interface MetricReading {
  readonly metric: MetricSample;
  /** Every arm but the baseline, in their order. */
  readonly arms: readonly DecidedReading[];
}

export interface ExperimentReading {
  readonly sampleRatio: SampleRatioCheck;
  readonly metrics: readonly MetricReading[];
}

interface Test {
  readonly metric: MetricSample;
  readonly arm: number;
  readonly reading: ArmReading;
}

/**
 * An A/B/n experiment: every metric of every arm against the baseline. The family for the correction is all arms and all
 * metrics but guardrails.
 *
 * @throws RangeError when there are fewer than two arms, moments for another number of arms, more values than units, or an
 *   option is out of bounds.
 */
export function readExperiment(sample: ExperimentSample, options: Partial<ExperimentOptions> = {}): ExperimentReading {
  const settings = { ...DEFAULT_EXPERIMENT_OPTIONS, ...options };
  assertSample(sample);
  const sampleRatio = checkSampleRatio(sample.units, sample.weights);
  const rivals = sample.units.map((_, arm) => arm).filter((arm) => arm !== sample.baseline);
  const tests = sample.metrics.flatMap((metric) => rivals.map((arm) => testOf(metric, { arm, sample, settings })));
  const family = tests.filter(({ metric }) => !metric.isGuardrail);
  const fixed = correctedBy(family, ({ fixed }) => fixed?.p ?? null, settings.correction);
  const sequential = correctedBy(family, ({ sequential }) => sequential?.p ?? null, settings.correction);
  const decided = tests.map((test): DecidedReading & { metric: MetricSample } => {
    const pFixedCorrected = fixed.has(test) ? (fixed.get(test) ?? null) : (test.reading.fixed?.p ?? null);
    const pSequentialCorrected = sequential.has(test)
      ? (sequential.get(test) ?? null)
      : (test.reading.sequential?.p ?? null);
    const corrected = { pFixedCorrected, pSequentialCorrected };
    const decision = test.metric.isGuardrail
      ? null
      : decisionOf(test, { ...corrected, sample, settings, sampleRatio, tests });
    return { ...test.reading, ...corrected, metric: test.metric, arm: test.arm, decision };
  });
  return {
    sampleRatio,
    metrics: sample.metrics.map((metric) => ({
      metric,
      arms: decided.filter((one) => one.metric === metric).map(({ metric: _, ...reading }) => reading),
    })),
  };
}

function testOf(
  metric: MetricSample,
  { arm, sample, settings }: { arm: number; sample: ExperimentSample; settings: ExperimentOptions },
): Test {
  const { kind, goal = 'INCREASE', moments } = metric;
  const pair = { baseline: moments[sample.baseline] as Moments, arm: moments[arm] as Moments };
  return { metric, arm, reading: readMetric({ ...pair, kind, goal }, settings) };
}

function correctedBy(
  family: readonly Test[],
  pOf: (reading: ArmReading) => number | null,
  correction: Correction,
): Map<Test, number | null> {
  const corrected = correctForMany(
    family.map(({ reading }) => pOf(reading)),
    correction,
  );
  return new Map(family.map((test, at) => [test, corrected[at] ?? null]));
}

function decisionOf(
  { metric, arm, reading }: Test,
  context: Pick<DecidedReading, 'pFixedCorrected' | 'pSequentialCorrected'> & {
    sample: ExperimentSample;
    settings: ExperimentOptions;
    sampleRatio: SampleRatioCheck;
    tests: readonly Test[];
  },
): StopDecision {
  const { sample, settings, sampleRatio, tests } = context;
  const harmed = tests.filter(
    (test) =>
      test.metric.isGuardrail === true &&
      test.arm === arm &&
      test.reading.sequential !== null &&
      isHarmed(test.reading.sequential.interval, test.metric.goal ?? 'INCREASE'),
  );
  return decideStop(
    {
      sampleRatio: sampleRatio.verdict,
      armUnits: [sample.units[sample.baseline] as number, sample.units[arm] as number],
      totalUnits: sample.units.reduce((sum, units) => sum + units, 0),
      goal: metric.goal ?? 'INCREASE',
      effect: reading.lift ?? reading.difference,
      pFixed: context.pFixedCorrected,
      pSequential: context.pSequentialCorrected,
      liftSequential: reading.scale === 'LIFT' ? (reading.sequential?.interval ?? null) : null,
      harmedGuardrails: harmed.map((test) => test.metric.name),
    },
    settings,
  );
}

function assertSample({ units, baseline, metrics }: ExperimentSample): void {
  assertIndices('baseline', [baseline], units.length);
  assertInput(metrics.length > 0, 'there must be a metric');
  for (const { name, moments } of metrics) {
    assertInput(moments.length === units.length, `metric "${name}" must have moments for each of ${units.length} arms`);
    moments.forEach(({ count }, arm) => {
      assertInput(count <= (units[arm] as number), `metric "${name}" has more values than arm ${arm} has units`);
    });
  }
}
