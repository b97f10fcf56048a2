import { chosenMatrix } from './chosen-matrix.ts';
import { readCrossDomainData } from './cross-domain-data.ts';
import { type InteractionFormat, readInteractionFile } from './interaction-file.reader.ts';
import type { TuneData } from './tune-model.ts';
import { Vocabulary } from './vocabulary.ts';

/**
 * Reads what settings are searched on.
 *
 * @throws DatasetError when a file cannot be used.
 */
export async function readTuneData(
  protocol: TuneData['protocol'],
  files: {
    readonly train: string;
    readonly source?: string;
    readonly format?: InteractionFormat;
    readonly dropTwins?: boolean;
  },
): Promise<TuneData> {
  if (protocol === 'cross-domain' && files.source !== undefined) {
    const { train, source, format, dropTwins = false } = files;
    return { protocol, ...(await readCrossDomainData({ source, train, test: train, format, dropTwins })) };
  }
  const vocabularies = { learners: new Vocabulary(), items: new Vocabulary() };
  const pairs = await readInteractionFile(files.train, vocabularies, files.format);
  return { protocol: protocol === 'candidates' ? protocol : 'ranking', train: chosenMatrix(pairs, vocabularies) };
}
