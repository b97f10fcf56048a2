import type { CsrMatrix } from '../../math/sparse/index.ts';
import { holdOutOne } from '../../math/splits/index.ts';
import { chosenMatrix } from './chosen-matrix.ts';
import { DatasetError } from './evaluation.errors.ts';
import { type InteractionFormat, readInteractionFile } from './interaction-file.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** Two domains with learners in common: matrices of the same learners, `train` and `test` of the same items. */
export interface CrossDomainData {
  /** Learners by the items of the other domain. */
  readonly source: CsrMatrix;
  readonly train: CsrMatrix;
  readonly test: CsrMatrix;
}

/**
 * Learners with the same id in two files are the same; items are not, since each domain numbers its own.
 *
 * @throws DatasetError when a file cannot be used, or no learner of the test file stands in the source.
 */
export async function readCrossDomainData(
  paths: { source: string; train: string; test: string },
  format?: InteractionFormat,
): Promise<CrossDomainData> {
  const learners = new Vocabulary();
  const [sourceItems, targetItems] = [new Vocabulary(), new Vocabulary()];
  const source = await readInteractionFile(paths.source, { learners, items: sourceItems }, format);
  const train = await readInteractionFile(paths.train, { learners, items: targetItems }, format);
  const test = await readInteractionFile(paths.test, { learners, items: targetItems }, format);
  const known = new Set(source.learners);
  if (!test.learners.some((learner) => known.has(learner))) {
    throw new DatasetError(paths.source, { reason: `no learner of ${paths.test} stands in it.` });
  }
  return {
    source: chosenMatrix(source, { learners, items: sourceItems }),
    train: chosenMatrix(train, { learners, items: targetItems }),
    test: chosenMatrix(test, { learners, items: targetItems }),
  };
}

/** Cuts a validation set of the same kind from train alone: one random target item of each learner with two or more. */
export function cutCrossDomain({ source, train }: Omit<CrossDomainData, 'test'>, seed: number): CrossDomainData {
  const split = holdOutOne(train, { seed });
  return { source, train: split.train, test: split.held };
}
