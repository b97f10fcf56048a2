import type { CsrMatrix } from '../../math/sparse/index.ts';
import { chosenMatrix } from './chosen-matrix.ts';
import { type InteractionFormat, readInteractionFile, type Vocabularies } from './interaction-file.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** Learners by items, of one shape: whoever and whatever stands in either file has a row and a column in both. */
export interface RankingData {
  readonly train: CsrMatrix;
  readonly test: CsrMatrix;
}

/** @throws DatasetError when a file cannot be used. */
export async function readRankingData(
  paths: { train: string; test: string },
  format?: InteractionFormat,
): Promise<RankingData> {
  const vocabularies: Vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const train = await readInteractionFile(paths.train, vocabularies, format);
  const test = await readInteractionFile(paths.test, vocabularies, format);
  return { train: chosenMatrix(train, vocabularies), test: chosenMatrix(test, vocabularies) };
}
