import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import { assertInput, assertWhole } from '../assert.ts';
import { assertContext, assertOutcome, type Bandit, type Outcome } from './bandit.ts';

/** Sums of each arm: they add up, so that those of several processes can be put together. */
export interface LinUcbState {
  /** By arm, the sum of x x' by rows, the ridge left out. */
  readonly squares: readonly (readonly number[])[];
  /** By arm, the sum of reward x. */
  readonly products: readonly (readonly number[])[];
}

export interface LinUcbOptions {
  readonly armCount: number;
  /** Numbers in a context; a constant 1 among them is the caller's to put there. */
  readonly contextSize: number;
  /** Deviations by which an arm is thought better than it looks; from 0, 1 when absent. */
  readonly optimism?: number;
  /** Draws coefficients to zero; above 0, 1 when absent. */
  readonly ridge?: number;
  /** To go on from. */
  readonly state?: LinUcbState;
}

interface Arm {
  readonly squares: Matrix;
  readonly products: Float64Array;
  /** What was solved since the arm last learnt. */
  solved: { readonly cholesky: CholeskyDecomposition; readonly weights: Float64Array } | null;
}

const MAX_CONTEXT = 1_000;

/**
 * The arm that earns most in this context if all goes well: with A = ridge I + sum x x' and b = sum reward x of an arm,
 *
 * score = x' A^-1 b + optimism sqrt(x' A^-1 x)
 *
 * A is solved by Cholesky when an arm has learnt: no error builds up, as it does where the inverse is updated. The best arm has
 * probability one, several equal ones share it; floors make the propensities that estimates need. Source: Li, Chu, Langford
 * and Schapire, "A contextual-bandit approach to personalized news article recommendation", WWW 2010, algorithm 1.
 *
 * @throws RangeError when a count or option is out of bounds, or the state is that of other sizes.
 */
export function linUcb(options: LinUcbOptions): Bandit<LinUcbState> {
  const { armCount, contextSize, optimism = 1, ridge = 1, state } = options;
  assertWhole('the number of arms', armCount, { min: 1 });
  assertWhole('the size of contexts', contextSize, { min: 1, max: MAX_CONTEXT });
  assertInput(Number.isFinite(optimism) && optimism >= 0, `the optimism must not be ${optimism}`);
  assertInput(Number.isFinite(ridge) && ridge > 0, `the ridge must be above 0, not ${ridge}`);
  const arms = Array.from({ length: armCount }, (_, arm) => armOf(arm, { contextSize, ...(state && { state }) }));
  assertInput(!state || state.squares.length === armCount, `the state must be one of ${armCount} arms`);
  return {
    name: 'lin-ucb',
    armCount,
    contextSize,
    probabilities(context) {
      assertContext(context, contextSize);
      return bestOf(arms.map((arm) => scoreOf(arm, context, { optimism, ridge })));
    },
    learn(outcome: Outcome) {
      assertOutcome(outcome, { armCount, contextSize });
      assertInput(Number.isFinite(outcome.reward), `a reward must be finite, not ${outcome.reward}`);
      addOutcome(arms[outcome.arm] as Arm, outcome);
    },
    state: () => ({
      squares: arms.map(({ squares }) => squares.to1DArray()),
      products: arms.map(({ products }) => [...products]),
    }),
  };
}

function armOf(arm: number, { contextSize, state }: { contextSize: number; state?: LinUcbState }): Arm {
  const size = contextSize * contextSize;
  const squares = state ? (state.squares[arm] ?? []) : new Array<number>(size).fill(0);
  const products = state ? (state.products[arm] ?? []) : new Array<number>(contextSize).fill(0);
  const fits = squares.length === size && products.length === contextSize;
  assertInput(fits, `the state of arm ${arm} must be one of contexts of ${contextSize}`);
  return {
    squares: Matrix.from1DArray(contextSize, contextSize, [...squares]),
    products: Float64Array.from(products),
    solved: null,
  };
}

function addOutcome(arm: Arm, { reward, context }: Outcome): void {
  for (let i = 0; i < context.length; i++) {
    const xi = context[i] as number;
    arm.products[i] = (arm.products[i] as number) + reward * xi;
    for (let j = 0; j < context.length; j++) {
      arm.squares.set(i, j, arm.squares.get(i, j) + xi * (context[j] as number));
    }
  }
  arm.solved = null;
}

function scoreOf(arm: Arm, context: ArrayLike<number>, options: { optimism: number; ridge: number }): number {
  arm.solved ??= solve(arm, options.ridge);
  const { cholesky, weights } = arm.solved;
  const x = Matrix.columnVector(Array.from(context));
  const spread = cholesky.solve(x);
  let [mean, variance] = [0, 0];
  for (let i = 0; i < context.length; i++) {
    mean += (context[i] as number) * (weights[i] as number);
    variance += (context[i] as number) * spread.get(i, 0);
  }
  return mean + options.optimism * Math.sqrt(Math.max(0, variance));
}

function solve({ squares, products }: Arm, ridge: number): NonNullable<Arm['solved']> {
  const size = products.length;
  const cholesky = new CholeskyDecomposition(Matrix.add(squares, Matrix.eye(size, size, ridge)));
  return { cholesky, weights: Float64Array.from(cholesky.solve(Matrix.columnVector(products)).to1DArray()) };
}

/** Equal to twelve digits counts as equal, so that the order in which outcomes came decides nothing. */
const EQUAL = 1e-12;

function bestOf(scores: readonly number[]): Float64Array {
  const top = Math.max(...scores);
  const near = EQUAL * Math.max(1, Math.abs(top));
  const winners = scores.filter((score) => score >= top - near).length;
  return Float64Array.from(scores, (score) => (score >= top - near ? 1 / winners : 0));
}
