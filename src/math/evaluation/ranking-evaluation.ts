import { assertInput, assertWhole } from '../assert.ts';
import type { RecommenderModel } from '../recommenders/index.ts';
import { TopK } from '../selection/top-k.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { averagePrecisionAt, ndcgAt, type RankingMarks, recallAt } from './ranking-metrics.ts';
import { tieKey } from './tie-key.ts';

const USER_METRICS = { recall: recallAt, ndcg: ndcgAt, map: averagePrecisionAt } as const;

/** A rank beyond every cutoff. */
const NEVER_SHOWN = 2 ** 31 - 1;

export interface RankingEvaluationInput {
  readonly model: RecommenderModel;
  /** Users by items: what is known of each user, and left out of that user's ranking. */
  readonly train: CsrMatrix;
  /** Users by items, same shape: what each user went on to choose; every stored entry is relevant. */
  readonly test: CsrMatrix;
  /** Lengths at which rankings are cut, distinct, from 1. */
  readonly cutoffs: readonly number[];
  /** Decides among equal scores; any 32-bit integer. */
  readonly seed: number;
}

export interface RankingEvaluation {
  /** Rows of the users that counted: those with at least one test item. */
  readonly users: Int32Array;
  /** By name such as `recall@20`: means over the users, and the share of all items that some ranking shows. */
  readonly metrics: Readonly<Record<string, number>>;
  /** By the same names, save coverage: one number for each of `users`, for tests of significance. */
  readonly perUser: Readonly<Record<string, Float64Array>>;
}

/**
 * Full ranking: for each user with a test item, all items but those in train are ranked by score, ties by `tieKey`, and
 * the head of the ranking is compared with the test items. A user without train items is scored from an empty history.
 * A test item that stands in the same user's train row cannot be ranked and counts as missed.
 *
 * @throws RangeError when shapes differ, test is empty, or a cutoff or the seed is out of bounds.
 */
export function evaluateRanking(input: RankingEvaluationInput): RankingEvaluation {
  checkInput(input);
  const { test, cutoffs } = input;
  const users = rowsWithEntries(test);
  const names = cutoffs.flatMap((k) => Object.keys(USER_METRICS).map((metric) => `${metric}@${k}`));
  const perUser = Object.fromEntries(names.map((name) => [name, new Float64Array(users.length)]));
  const bestRank = new Int32Array(test.columnCount).fill(NEVER_SHOWN);
  const rank = ranker(input);
  const relevant = new Uint8Array(test.columnCount);
  users.forEach((user, position) => {
    const testItems = test.row(user).indices;
    const ranking = rank(user);
    for (const item of testItems) relevant[item] = 1;
    const marks = Uint8Array.from(ranking, (item) => relevant[item] as number);
    for (const item of testItems) relevant[item] = 0;
    writeMetrics(perUser, { marks, relevantCount: testItems.length, cutoffs, position });
    ranking.forEach((item, r) => {
      bestRank[item] = Math.min(bestRank[item] as number, r);
    });
  });
  return { users, perUser, metrics: { ...means(perUser), ...coverage(bestRank, cutoffs) } };
}

function checkInput({ model, train, test, cutoffs, seed }: RankingEvaluationInput): void {
  assertInput(train.columnCount === test.columnCount, 'train and test must have the same items');
  assertInput(train.rowCount === test.rowCount, 'train and test must have the same users');
  assertInput(test.entryCount > 0, 'there must be a test item');
  assertInput(model.itemCount === train.columnCount, 'the model must know the items of train and test');
  assertInput(cutoffs.length > 0 && new Set(cutoffs).size === cutoffs.length, 'cutoffs must be distinct, at least one');
  for (const k of cutoffs) assertWhole('a cutoff', k, { min: 1, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
}

function rowsWithEntries({ rowCount, offsets }: CsrMatrix): Int32Array {
  const rows: number[] = [];
  for (let r = 0; r < rowCount; r++) if (offsets[r + 1] !== offsets[r]) rows.push(r);
  return Int32Array.from(rows);
}

/** Ranks for one user after another with arrays that are used again. */
function ranker({ model, train, cutoffs, seed }: RankingEvaluationInput): (user: number) => Int32Array {
  const scores = new Float64Array(model.itemCount);
  const best = new TopK(Math.max(...cutoffs));
  return (user) => {
    const history = train.row(user);
    model.score(history, scores);
    for (const item of history.indices) scores[item] = Number.NaN;
    for (let item = 0; item < scores.length; item++) {
      const score = scores[item] as number;
      // False also for the items left out, since nothing compares with NaN.
      if (score >= best.floor) best.offer(item, score, tieKey(seed, user, item));
    }
    return best.drain().indices;
  };
}

function writeMetrics(
  perUser: Readonly<Record<string, Float64Array>>,
  user: { marks: RankingMarks; relevantCount: number; cutoffs: readonly number[]; position: number },
): void {
  const { marks, relevantCount, cutoffs, position } = user;
  for (const k of cutoffs) {
    for (const [metric, measure] of Object.entries(USER_METRICS)) {
      const values = perUser[`${metric}@${k}`] as Float64Array;
      values[position] = measure(marks, { k, relevantCount });
    }
  }
}

function means(perUser: Readonly<Record<string, Float64Array>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(perUser).map(([name, values]) => {
      const sum = values.reduce((a, b) => a + b, 0);
      return [name, sum / values.length];
    }),
  );
}

/** Share of all items that stand in the first k of at least one user. */
function coverage(bestRank: Int32Array, cutoffs: readonly number[]): Record<string, number> {
  return Object.fromEntries(
    cutoffs.map((k) => {
      const shown = bestRank.reduce((count, rank) => count + (rank < k ? 1 : 0), 0);
      return [`coverage@${k}`, shown / bestRank.length];
    }),
  );
}
