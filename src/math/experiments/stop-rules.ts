import { assertWhole } from '../assert.ts';
import { assertAlpha, type Goal, type Interval } from './readings.ts';
import type { SampleRatioVerdict } from './sample-ratio.ts';

/**
 * What may be done about one arm and one metric now:
 * BROKEN       the split is not as planned: find out why, decide nothing
 * WAIT         go on; looking did no harm
 * STOP_HARM    a guardrail is harmed: end the arm
 * ADOPT        the arm is better than the baseline
 * REJECT       the arm is worse than the baseline
 * STOP_FUTILE  whatever the arm does, it is less than what would be worth it
 * STOP_OPEN    the horizon is reached and nothing was found
 */
export type StopVerdict = 'BROKEN' | 'WAIT' | 'STOP_HARM' | 'ADOPT' | 'REJECT' | 'STOP_FUTILE' | 'STOP_OPEN';

export interface StopDecision {
  readonly verdict: StopVerdict;
  /** A sentence for people. */
  readonly reason: string;
}

export interface StopEvidence {
  readonly sampleRatio: SampleRatioVerdict;
  /** Units of the baseline and of the arm. */
  readonly armUnits: readonly [number, number];
  /** Units of the whole experiment. */
  readonly totalUnits: number;
  readonly goal: Goal;
  /** The effect, on the scale that the readings are on; null where it is not known. */
  readonly effect: number | null;
  /** Corrected for the family of tests, where there are many; null where it could not be tested. */
  readonly pFixed: number | null;
  readonly pSequential: number | null;
  /** Of the relative lift; null where that is not defined. */
  readonly liftSequential: Interval | null;
  /** Names of guardrail metrics whose sequential interval lies on the bad side. */
  readonly harmedGuardrails: readonly string[];
}

export interface StopPlan {
  readonly alpha: number;
  /** Units of the whole experiment at which the fixed reading holds, set before the start; null: never. */
  readonly horizonUnits: number | null;
  /** The least lift worth having, above 0; null: no end for futility. */
  readonly leastLift: number | null;
  /** Units that each arm must have before anything is decided: intervals rest on the central limit theorem. */
  readonly leastUnits: number;
}

/** What most platforms wait for. */
export const LEAST_UNITS = 100;

/**
 * The rules in the order in which they hold. All but the horizon's rest on the sequential reading, so that they may be asked
 * after every unit and the chance of ever adopting or rejecting without cause stays below alpha. A horizon adds one look at
 * the fixed reading, and with it at most another alpha; who wants one alpha in all sets a horizon and halves it.
 *
 * 1. Split broken: nothing counts.           2. Too few units: wait.
 * 3. A guardrail harmed: end the arm.        4. Sequential p below alpha: adopt or reject.
 * 5. The sequential interval of the lift ends below the least lift worth having: futile.
 * 6. Horizon reached: adopt, reject or leave open by the fixed reading.
 *
 * @throws RangeError when a part of the plan is out of bounds.
 */
export function decideStop(evidence: StopEvidence, plan: StopPlan): StopDecision {
  assertPlan(plan);
  const { sampleRatio, armUnits, harmedGuardrails, pSequential } = evidence;
  if (sampleRatio === 'ALARM') {
    return { verdict: 'BROKEN', reason: 'Units did not fall on the arms by the weights: find out why before reading.' };
  }
  const fewest = Math.min(...armUnits);
  if (fewest < plan.leastUnits) {
    return { verdict: 'WAIT', reason: `An arm has ${fewest} units; nothing is decided before ${plan.leastUnits}.` };
  }
  if (harmedGuardrails.length > 0) {
    return { verdict: 'STOP_HARM', reason: `Harmed beyond doubt: ${harmedGuardrails.join(', ')}.` };
  }
  if (pSequential !== null && pSequential < plan.alpha) {
    return byDirection(evidence, `The sequential p of ${shown(pSequential)} is below ${plan.alpha}`);
  }
  if (plan.leastLift !== null && isFutile(evidence, plan.leastLift)) {
    return { verdict: 'STOP_FUTILE', reason: `A lift of ${shown(plan.leastLift)} or more is out of reach.` };
  }
  return atHorizon(evidence, plan);
}

function atHorizon(evidence: StopEvidence, { horizonUnits, alpha }: StopPlan): StopDecision {
  const { totalUnits, pFixed } = evidence;
  if (horizonUnits === null) {
    return { verdict: 'WAIT', reason: 'The sequential boundary is not crossed, and no horizon was set.' };
  }
  if (totalUnits < horizonUnits) {
    return { verdict: 'WAIT', reason: `${totalUnits} of ${horizonUnits} units; the fixed reading does not count yet.` };
  }
  if (pFixed !== null && pFixed < alpha) {
    return byDirection(evidence, `At the horizon the fixed p of ${shown(pFixed)} is below ${alpha}`);
  }
  return { verdict: 'STOP_OPEN', reason: 'The horizon is reached and no difference was found.' };
}

function byDirection({ effect, goal }: StopEvidence, because: string): StopDecision {
  const isBetter = goal === 'INCREASE' ? (effect ?? 0) > 0 : (effect ?? 0) < 0;
  return isBetter
    ? { verdict: 'ADOPT', reason: `${because}, and the arm is the better one.` }
    : { verdict: 'REJECT', reason: `${because}, and the arm is the worse one.` };
}

function isFutile({ liftSequential, goal }: StopEvidence, leastLift: number): boolean {
  if (!liftSequential) return false;
  const [lower, upper] = liftSequential;
  return goal === 'INCREASE' ? upper < leastLift : lower > -leastLift;
}

/** Whether an interval lies wholly on the side that is not wanted. */
export function isHarmed([lower, upper]: Interval, goal: Goal): boolean {
  return goal === 'INCREASE' ? upper < 0 : lower > 0;
}

function shown(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function assertPlan({ alpha, horizonUnits, leastLift, leastUnits }: StopPlan): void {
  assertAlpha(alpha);
  if (horizonUnits !== null) assertWhole('the horizon', horizonUnits, { min: 1 });
  assertWhole('the least units', leastUnits, { min: 2 });
  if (leastLift !== null && !(leastLift > 0 && Number.isFinite(leastLift))) {
    throw new RangeError(`the least lift worth having must be above 0, not ${leastLift}`);
  }
}
