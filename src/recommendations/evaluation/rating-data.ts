import type { RatingCases } from '../../math/evaluation/index.ts';
import type { RatingData } from '../../math/ratings/index.ts';
import { readRatingFile } from './rating-file.reader.ts';
import { Vocabulary } from './vocabulary.ts';

export interface RatingSplit {
  readonly train: RatingData;
  /** Numbered as in train; learners and items that are in test alone have numbers beyond those of train. */
  readonly test: RatingCases;
}

/** @throws DatasetError when a file cannot be used. */
export async function readRatingData(paths: { train: string; test: string }): Promise<RatingSplit> {
  const vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const ratings = await readRatingFile(paths.train, vocabularies);
  const counts = { userCount: vocabularies.learners.size, itemCount: vocabularies.items.size };
  return { train: { ...ratings, ...counts }, test: await readRatingFile(paths.test, vocabularies) };
}
