import { CsrMatrix } from '../../math/sparse/index.ts';
import { type InteractionPairs, readInteractionFile, type Vocabularies } from './interaction-file.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** Learners by items, of one shape: whoever and whatever stands in either file has a row and a column in both. */
export interface RankingData {
  readonly train: CsrMatrix;
  readonly test: CsrMatrix;
}

/** @throws DatasetError when a file cannot be used. */
export async function readRankingData(paths: { train: string; test: string }): Promise<RankingData> {
  const vocabularies: Vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const train = await readInteractionFile(paths.train, vocabularies);
  const test = await readInteractionFile(paths.test, vocabularies);
  return { train: chosenMatrix(train, vocabularies), test: chosenMatrix(test, vocabularies) };
}

/** 1 where the learner chose the item, however often. */
function chosenMatrix(pairs: InteractionPairs, { learners, items }: Vocabularies): CsrMatrix {
  const counts = CsrMatrix.fromTriplets({
    rowCount: learners.size,
    columnCount: items.size,
    rows: pairs.learners,
    columns: pairs.items,
    values: new Float64Array(pairs.items.length).fill(1),
  });
  return CsrMatrix.fromParts({ ...counts, values: new Float64Array(counts.entryCount).fill(1) });
}
