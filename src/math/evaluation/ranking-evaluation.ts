import { assertIndices, assertInput, assertWhole } from '../assert.ts';
import type { RecommenderModel } from '../recommenders/index.ts';
import { tieKey } from '../selection/tie-key.ts';
import { TopK } from '../selection/top-k.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { type ListMeasures, ListMeter } from './list-measures.ts';
import { averagePrecisionAt, ndcgAt, type RankingMarks, recallAt } from './ranking-metrics.ts';

const USER_METRICS = { recall: recallAt, ndcg: ndcgAt, map: averagePrecisionAt } as const;
const LIST_METRICS = ['novelty', 'diversity'] as const;

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
  /** The items that may be ranked, distinct; all unless given. Test items elsewhere count as missed. */
  readonly candidates?: ArrayLike<number>;
  /** Whether novelty and diversity are measured too; they take time. False unless given. */
  readonly withLists?: boolean;
}

export interface RankingEvaluation {
  /** Rows of the users that counted: those with at least one test item. */
  readonly users: Int32Array;
  /** By name such as `recall@20`: means over the users, and the share of the candidates that some ranking shows. */
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
  const { train, test, cutoffs } = input;
  const users = rowsWithEntries(test);
  const meter = input.withLists ? new ListMeter(train) : undefined;
  const perUser = emptyResults(cutoffs, { userCount: users.length, withLists: meter !== undefined });
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
    if (meter) writeLists(perUser, { measures: meter.measure(ranking), cutoffs, position });
    ranking.forEach((item, r) => {
      bestRank[item] = Math.min(bestRank[item] as number, r);
    });
  });
  const candidateCount = input.candidates?.length ?? test.columnCount;
  return { users, perUser, metrics: { ...means(perUser), ...coverage(bestRank, { cutoffs, candidateCount }) } };
}

function emptyResults(
  cutoffs: readonly number[],
  { userCount, withLists }: { userCount: number; withLists: boolean },
): Record<string, Float64Array> {
  const metrics = [...Object.keys(USER_METRICS), ...(withLists ? LIST_METRICS : [])];
  const names = cutoffs.flatMap((k) => metrics.map((metric) => `${metric}@${k}`));
  return Object.fromEntries(names.map((name) => [name, new Float64Array(userCount)]));
}

function checkInput({ model, train, test, cutoffs, seed, candidates }: RankingEvaluationInput): void {
  assertInput(train.columnCount === test.columnCount, 'train and test must have the same items');
  assertInput(train.rowCount === test.rowCount, 'train and test must have the same users');
  assertInput(test.entryCount > 0, 'there must be a test item');
  assertInput(model.itemCount === train.columnCount, 'the model must know the items of train and test');
  assertInput(cutoffs.length > 0 && new Set(cutoffs).size === cutoffs.length, 'cutoffs must be distinct, at least one');
  for (const k of cutoffs) assertWhole('a cutoff', k, { min: 1, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  if (!candidates) return;
  assertInput(candidates.length > 0, 'there must be a candidate');
  assertIndices('candidate', candidates, train.columnCount);
  assertInput(new Set(Array.from(candidates)).size === candidates.length, 'the candidates must be distinct');
}

function rowsWithEntries({ rowCount, offsets }: CsrMatrix): Int32Array {
  const rows: number[] = [];
  for (let r = 0; r < rowCount; r++) if (offsets[r + 1] !== offsets[r]) rows.push(r);
  return Int32Array.from(rows);
}

/** Ranks for one user after another with arrays that are used again. */
function ranker(input: RankingEvaluationInput): (user: number) => Int32Array {
  const { model, train, cutoffs, seed } = input;
  const candidates = input.candidates ?? Int32Array.from({ length: model.itemCount }, (_, item) => item);
  const scores = new Float64Array(model.itemCount);
  const best = new TopK(Math.max(...cutoffs));
  return (user) => {
    const history = train.row(user);
    model.score(history, scores);
    for (const item of history.indices) scores[item] = Number.NaN;
    for (let c = 0; c < candidates.length; c++) {
      const item = candidates[c] as number;
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

/** A list shorter than the cutoff, where few items are left, is measured as it is. */
function writeLists(
  perUser: Readonly<Record<string, Float64Array>>,
  list: { measures: ListMeasures; cutoffs: readonly number[]; position: number },
): void {
  const { measures, cutoffs, position } = list;
  for (const k of cutoffs) {
    for (const metric of LIST_METRICS) {
      const places = measures[metric];
      (perUser[`${metric}@${k}`] as Float64Array)[position] = places[Math.min(k, places.length) - 1] ?? 0;
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

/** Share of the candidates that stand in the first k of at least one user. */
function coverage(
  bestRank: Int32Array,
  { cutoffs, candidateCount }: { cutoffs: readonly number[]; candidateCount: number },
): Record<string, number> {
  return Object.fromEntries(
    cutoffs.map((k) => {
      const shown = bestRank.reduce((count, rank) => count + (rank < k ? 1 : 0), 0);
      return [`coverage@${k}`, shown / candidateCount];
    }),
  );
}
