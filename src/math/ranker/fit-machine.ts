import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';
import { seededDraws } from '../random/seeded-draws.ts';
import type { SparseRow } from '../sparse/index.ts';
import { FactorisationMachine, machineLogOdds } from './factorisation-machine.ts';
import { checkExamples, type LabelledExamples } from './labelled-examples.ts';
import { logisticLoss, logOddsOf } from './logistic.ts';
import { gradientRoom, writeGradient } from './machine-gradient.ts';

export interface FitMachineOptions {
  /** 0 makes it a logistic regression. */
  readonly factorCount: number;
  /** Times that all examples are seen, at most. */
  readonly epochs: number;
  /** Length of the first step of each number; later ones shrink with the gradients that it has seen (AdaGrad). */
  readonly learningRate: number;
  /** Penalty on half the square of a weight, for each example that it takes part in. */
  readonly weightPenalty: number;
  /** Likewise for a factor. */
  readonly factorPenalty: number;
  /** Share of the examples, the last ones, that are not learnt from but tell when to stop; 0 to 0.5. */
  readonly validationShare: number;
  /** Epochs without a smaller loss on those before it stops; the best epoch is what counts. */
  readonly patience: number;
  /** Decides the first factors and the order of the examples; any 32-bit integer. */
  readonly seed: number;
}

export const DEFAULT_MACHINE_OPTIONS: FitMachineOptions = {
  factorCount: 8,
  epochs: 30,
  learningRate: 0.05,
  weightPenalty: 1e-4,
  factorPenalty: 1e-3,
  validationShare: 0.1,
  patience: 3,
  seed: 1,
};

export interface FittedMachine {
  readonly machine: FactorisationMachine;
  /** Epochs that the machine has seen, from 0. */
  readonly epochs: number;
  /** Mean loss of the held examples after that; null when none was held. */
  readonly validationLoss: number | null;
}

const INITIAL_DEVIATION = 0.05;
/** Keeps the first step from dividing by zero. */
const LEAST_SQUARES = 1e-8;

/**
 * Learns a factorisation machine from outcomes, by stochastic gradient descent on the logistic loss. Examples come in a
 * random order in each epoch; give them by time, so that the held ones are the latest, as the ones to come will be.
 * Sources: Rendle, "Factorization Machines", ICDM 2010; Duchi, Hazan and Singer, JMLR 12, 2011 (AdaGrad).
 *
 * @throws RangeError when there is no example to learn from, a label is neither 0 nor 1, a weight is
 * below 0, or an option is out of bounds.
 */
export function fitMachine(examples: LabelledExamples, options: Partial<FitMachineOptions> = {}): FittedMachine {
  const settings = { ...DEFAULT_MACHINE_OPTIONS, ...options };
  checkOptions(settings);
  checkExamples(examples);
  const learnt = examples.labels.length - Math.floor(examples.labels.length * settings.validationShare);
  assertInput(learnt > 0, 'there must be an example');
  return descend(examples, { learnt, settings });
}

function checkOptions(options: FitMachineOptions): void {
  assertWhole('factorCount', options.factorCount, { min: 0, max: 1000 });
  assertWhole('epochs', options.epochs, { min: 1, max: 10_000 });
  assertWhole('patience', options.patience, { min: 1, max: 10_000 });
  assertAtLeast('weightPenalty', options.weightPenalty, 0);
  assertAtLeast('factorPenalty', options.factorPenalty, 0);
  const { learningRate, validationShare } = options;
  assertInput(learningRate > 0 && learningRate <= 1, `learningRate must be above 0 and at most 1, not ${learningRate}`);
  const fits = validationShare >= 0 && validationShare <= 0.5;
  assertInput(fits, `validationShare must be from 0 to 0.5, not ${validationShare}`);
}

/** The numbers while they are learnt, with the squares of the gradients that each has seen. */
interface Descent {
  readonly featureCount: number;
  readonly factorCount: number;
  bias: number;
  readonly weights: Float64Array;
  readonly factors: Float64Array;
  biasSquares: number;
  readonly weightSquares: Float64Array;
  readonly factorSquares: Float64Array;
}

function descend(
  { features, labels, weights }: LabelledExamples,
  { learnt, settings }: { learnt: number; settings: FitMachineOptions },
): FittedMachine {
  const draws = seededDraws(settings.seed);
  const rows = Array.from(labels, (_, example) => features.row(example));
  const counted = { rows, labels, weights: weights ?? new Float64Array(labels.length).fill(1) };
  const widest = rows.reduce((most, row) => Math.max(most, row.indices.length), 0);
  const state = openDescent(features.columnCount, settings.factorCount, draws.normal);
  state.bias = priorLogOdds(counted, learnt);
  const room = gradientRoom(widest, settings.factorCount);
  const order = Int32Array.from({ length: learnt }, (_, example) => example);
  const lossNow = () => meanLoss(state, counted, learnt);
  let best = snapshot(state, 0, lossNow());
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    draws.shuffle(order);
    for (const example of order) {
      const row = rows[example] as SparseRow;
      writeGradient(state, { row, label: labels[example] as number, weight: counted.weights[example] as number }, room);
      step(state, { row, room, settings });
    }
    const loss = lossNow();
    if (loss === null || loss < (best.validationLoss as number)) best = snapshot(state, epoch, loss);
    else if (epoch - best.epochs >= settings.patience) break;
  }
  return best;
}

function openDescent(featureCount: number, factorCount: number, normal: () => number): Descent {
  return {
    featureCount,
    factorCount,
    bias: 0,
    weights: new Float64Array(featureCount),
    factors: Float64Array.from({ length: featureCount * factorCount }, () => INITIAL_DEVIATION * normal()),
    biasSquares: LEAST_SQUARES,
    weightSquares: new Float64Array(featureCount).fill(LEAST_SQUARES),
    factorSquares: new Float64Array(featureCount * factorCount).fill(LEAST_SQUARES),
  };
}

/** Examples row by row, each with what it counts. */
interface CountedExamples {
  readonly rows: readonly SparseRow[];
  readonly labels: ArrayLike<number>;
  readonly weights: ArrayLike<number>;
}

/** Starts from how often the outcome came, as if it had come and not come half a time besides. */
function priorLogOdds({ labels, weights }: CountedExamples, learnt: number): number {
  let [positives, all] = [0, 0];
  for (let e = 0; e < learnt; e++) {
    positives += (labels[e] as number) * (weights[e] as number);
    all += weights[e] as number;
  }
  return logOddsOf((positives + 0.5) / (all + 1));
}

function step(
  state: Descent,
  { row, room, settings }: { row: SparseRow; room: ReturnType<typeof gradientRoom>; settings: FitMachineOptions },
): void {
  const { factorCount: k, weights, factors, weightSquares, factorSquares } = state;
  const { learningRate, weightPenalty, factorPenalty } = settings;
  state.biasSquares += room.bias ** 2;
  state.bias -= (learningRate * room.bias) / Math.sqrt(state.biasSquares);
  for (let p = 0; p < row.indices.length; p++) {
    const feature = row.indices[p] as number;
    const weight = weights[feature] as number;
    const slope = (room.weights[p] as number) + weightPenalty * weight;
    const squares = (weightSquares[feature] as number) + slope * slope;
    weightSquares[feature] = squares;
    weights[feature] = weight - (learningRate * slope) / Math.sqrt(squares);
    for (let f = 0; f < k; f++) {
      const at = feature * k + f;
      const factor = factors[at] as number;
      const pull = (room.factors[p * k + f] as number) + factorPenalty * factor;
      const sum = (factorSquares[at] as number) + pull * pull;
      factorSquares[at] = sum;
      factors[at] = factor - (learningRate * pull) / Math.sqrt(sum);
    }
  }
}

/** Over the examples from `from` on; null when there is none that counts. */
function meanLoss(state: Descent, { rows, labels, weights }: CountedExamples, from: number): number | null {
  const sums = new Float64Array(state.factorCount);
  let [loss, all] = [0, 0];
  for (let e = from; e < rows.length; e++) {
    const weight = weights[e] as number;
    loss += weight * logisticLoss(machineLogOdds(state, rows[e] as SparseRow, sums), labels[e] as number);
    all += weight;
  }
  return all > 0 ? loss / all : null;
}

function snapshot(state: Descent, epochs: number, validationLoss: number | null): FittedMachine {
  const { featureCount, factorCount, bias, weights, factors } = state;
  const parts = { featureCount, factorCount, bias, weights: weights.slice(), factors: factors.slice() };
  return { machine: new FactorisationMachine(parts), epochs, validationLoss };
}
