import type { CandidateCases } from '../../math/evaluation/index.ts';
import type { CsrMatrix } from '../../math/sparse/index.ts';
import { drawNegatives, holdOutOne } from '../../math/splits/index.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { readCandidateFile } from './candidate-file.reader.ts';
import { chosenMatrix } from './chosen-matrix.ts';
import { readInteractionFile, type Vocabularies } from './interaction-file.reader.ts';
import { readTimedFile, type TimedPairs } from './timed-file.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** What is known of each learner, and rankings to judge. */
export interface CandidateData {
  readonly train: CsrMatrix;
  readonly cases: CandidateCases;
}

export interface LeaveOneOutOptions {
  /** Items drawn for each learner that the learner never touched. */
  readonly negativeCount: number;
  /** Decides what is drawn; any 32-bit integer. */
  readonly seed: number;
}

/** @throws DatasetError when a file cannot be used. */
export async function readCandidateData(paths: { train: string; test: string }): Promise<CandidateData> {
  const vocabularies: Vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const pairs = await readInteractionFile(paths.train, vocabularies, 'pairs');
  const cases = await readCandidateFile(paths.test, vocabularies);
  return { train: chosenMatrix(pairs, vocabularies), cases };
}

/**
 * Cuts a file of learner, item, rating and time: the last item of each learner by time is held out (of equal times, the
 * one that stands last in the file), and ranked among items drawn at random that the learner never touched. A learner
 * with a single item keeps it and is not tested.
 *
 * @throws DatasetError when the file cannot be used.
 * @throws InvalidInputError when a learner has touched too many items to draw so many others.
 */
export async function readLeaveOneOutData(path: string, options: LeaveOneOutOptions): Promise<CandidateData> {
  const vocabularies: Vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const pairs = await readTimedFile(path, vocabularies);
  const touched = chosenMatrix(pairs, vocabularies);
  const last = lastItems(pairs, touched);
  const kept = pairs.items.flatMap((item, e) => (last.get(pairs.learners[e] as number) === item ? [] : [e]));
  const train = {
    learners: kept.map((e) => pairs.learners[e] as number),
    items: kept.map((e) => pairs.items[e] as number),
  };
  return { train: chosenMatrix(train, vocabularies), cases: casesOf(touched, { last, options }) };
}

/**
 * Cuts a validation set of the same kind from train alone: one random item of each learner with at least two, among
 * items drawn at random that the learner does not have in train.
 *
 * @throws InvalidInputError when a learner has touched too many items to draw so many others.
 */
export function cutCandidates(train: CsrMatrix, options: LeaveOneOutOptions): CandidateData {
  const split = holdOutOne(train, { seed: options.seed });
  const last = new Map<number, number>();
  for (let user = 0; user < train.rowCount; user++) {
    const [item] = split.held.row(user).indices;
    if (item !== undefined) last.set(user, item);
  }
  return { train: split.train, cases: casesOf(train, { last, options }) };
}

function casesOf(
  touched: CsrMatrix,
  { last, options }: { last: ReadonlyMap<number, number>; options: LeaveOneOutOptions },
): CandidateCases {
  const users = Int32Array.from(last.keys());
  const { negativeCount: count, seed } = options;
  for (const user of users) {
    if (touched.columnCount - touched.row(user).indices.length >= count) continue;
    throw new InvalidInputError('negatives', `There are not ${count} items that every learner never touched.`);
  }
  return {
    users,
    positives: Int32Array.from(last.values()),
    negatives: drawNegatives(touched, { users, count, seed }),
  };
}

/** The last item by time of each learner with at least two, in the order of the learners. */
function lastItems({ learners, items, times }: TimedPairs, touched: CsrMatrix): Map<number, number> {
  const latest = new Map<number, number>();
  learners.forEach((learner, e) => {
    const best = latest.get(learner);
    if (best === undefined || (times[e] as number) >= (times[best] as number)) latest.set(learner, e);
  });
  const entries = [...latest].filter(([learner]) => touched.row(learner).indices.length >= 2);
  return new Map(entries.sort(([a], [b]) => a - b).map(([learner, e]) => [learner, items[e] as number]));
}
