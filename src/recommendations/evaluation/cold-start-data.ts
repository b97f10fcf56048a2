import type { CsrMatrix } from '../../math/sparse/index.ts';
import { holdOutItems } from '../../math/splits/index.ts';
import type { Modality } from '../../math/text/index.ts';
import type { ContentText } from '../content-model/index.ts';
import { chosenMatrix } from './chosen-matrix.ts';
import { DatasetError } from './evaluation.errors.ts';
import { type InteractionFormat, readInteractionFile } from './interaction-file.reader.ts';
import { readItemProfiles } from './item-profile.reader.ts';
import { readItemVectors } from './item-vector.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** Items that nobody has met, and what is told of all items, in the order of the columns. */
export interface ColdStartData {
  readonly train: CsrMatrix;
  /** Only choices of cold items. */
  readonly test: CsrMatrix;
  readonly coldItems: readonly number[];
  readonly texts: readonly ContentText[];
  /** What else is known of the items. */
  readonly modalities: readonly Modality[];
}

export interface ColdStartFiles {
  /** Interactions to learn from, and to find again; or all interactions, to be cut by item. */
  readonly from: { readonly train: string; readonly test: string } | { readonly data: readonly string[] };
  readonly items: string;
  /** Files of vectors, by the names of their modalities. */
  readonly vectors?: Readonly<Record<string, string>> | undefined;
  readonly format: InteractionFormat;
  /** Share of the items whose interactions are all held out, where the data is cut here. */
  readonly coldShare: number;
  readonly seed: number;
}

const UNTOLD: ContentText = { title: '', description: '', authors: [], keywords: [], partners: [] };

/** @throws DatasetError when a file cannot be used, or no item of the test file is new. */
export async function readColdStartData(files: ColdStartFiles): Promise<ColdStartData> {
  const learners = new Vocabulary();
  const items = new Vocabulary();
  const read = (path: string) => readInteractionFile(path, { learners, items }, files.format);
  const parts = [];
  for (const path of 'data' in files.from ? files.from.data : [files.from.train, files.from.test]) {
    parts.push(await read(path));
  }
  const profiles = await readItemProfiles(files.items);
  const texts = items.names().map((name) => profiles.get(name) ?? UNTOLD);
  const modalities: Modality[] = [];
  for (const [name, path] of Object.entries(files.vectors ?? {})) {
    modalities.push({ name, vectors: await readItemVectors(path, items.names()) });
  }
  const matrices = parts.map((pairs) => chosenMatrix(pairs, { learners, items }));
  if ('data' in files.from) {
    const whole = chosenMatrix(
      { learners: parts.flatMap((part) => part.learners), items: parts.flatMap((part) => part.items) },
      { learners, items },
    );
    const { train, held } = holdOutItems(whole, { share: files.coldShare, seed: files.seed });
    return { train, test: held, coldItems: itemsOf(held), texts, modalities };
  }
  const [train, test] = matrices as [CsrMatrix, CsrMatrix];
  const known = new Set(train.columns);
  const coldItems = itemsOf(test).filter((item) => !known.has(item));
  if (coldItems.length === 0)
    throw new DatasetError(files.from.test, { reason: 'no item in it is absent from train.' });
  return { train, test, coldItems, texts, modalities };
}

function itemsOf(matrix: CsrMatrix): number[] {
  return [...new Set(matrix.columns)].sort((a, b) => a - b);
}
