import type { CsrMatrix } from '../../math/sparse/index.ts';
import { holdOutOne } from '../../math/splits/index.ts';
import { chosenMatrix } from './chosen-matrix.ts';
import { DEFAULT_TWIN_RULE, type DomainTitles, findTwins, withoutColumns } from './domain-twins.ts';
import { DatasetError } from './evaluation.errors.ts';
import { type InteractionFormat, readInteractionFile } from './interaction-file.reader.ts';
import { readItemProfiles } from './item-profile.reader.ts';
import { Vocabulary } from './vocabulary.ts';

/** Two domains with learners in common: matrices of the same learners, `train` and `test` of the same items. */
export interface CrossDomainData {
  /** Learners by the items of the other domain. */
  readonly source: CsrMatrix;
  readonly train: CsrMatrix;
  readonly test: CsrMatrix;
  /** Items of the source left out because the target has the same thing; 0 also where none was looked for. */
  readonly twinCount: number;
}

export interface CrossDomainFiles {
  readonly source: string;
  readonly train: string;
  readonly test: string;
  readonly format?: InteractionFormat | undefined;
  /** Whether source items that the target has too are left out. */
  readonly dropTwins: boolean;
  /** What is told of the items of each domain, to know the same thing by its title too. */
  readonly sourceItems?: string | undefined;
  readonly items?: string | undefined;
}

/**
 * Learners with the same id in two files are the same; items are not, since each domain numbers its own.
 *
 * @throws DatasetError when a file cannot be used, or no learner of the test file stands in the source.
 */
export async function readCrossDomainData(files: CrossDomainFiles): Promise<CrossDomainData> {
  const learners = new Vocabulary();
  const [sourceItems, targetItems] = [new Vocabulary(), new Vocabulary()];
  const source = await readInteractionFile(files.source, { learners, items: sourceItems }, files.format);
  const train = await readInteractionFile(files.train, { learners, items: targetItems }, files.format);
  const test = await readInteractionFile(files.test, { learners, items: targetItems }, files.format);
  const known = new Set(source.learners);
  if (!test.learners.some((learner) => known.has(learner))) {
    throw new DatasetError(files.source, { reason: `no learner of ${files.test} stands in it.` });
  }
  const shape = { learners, items: targetItems };
  const data = {
    source: chosenMatrix(source, { learners, items: sourceItems }),
    train: chosenMatrix(train, shape),
    test: chosenMatrix(test, shape),
    twinCount: 0,
  };
  if (!files.dropTwins) return data;
  const target = chosenMatrix(
    { learners: [...train.learners, ...test.learners], items: [...train.items, ...test.items] },
    shape,
  );
  return dropTwins(data, { target, titles: await readTitles(files, { sourceItems, targetItems }) });
}

/** Cuts a validation set of the same kind from train alone: one random target item of each learner with two or more. */
export function cutCrossDomain(
  { source, train }: Pick<CrossDomainData, 'source' | 'train'>,
  seed: number,
): CrossDomainData {
  const split = holdOutOne(train, { seed });
  return { source, train: split.train, test: split.held, twinCount: 0 };
}

/**
 * A thing that both domains list is no taste carried over: who has it in one has it in the other. Its source column goes.
 *
 * @param known.target Train and test together: the copy whose choice is to be found again would else look unlike.
 */
function dropTwins(
  data: CrossDomainData,
  { target, titles }: { target: CsrMatrix; titles: DomainTitles | undefined },
): CrossDomainData {
  const twins = findTwins(data.source, target, { ...DEFAULT_TWIN_RULE, titles });
  const twinCount = twins.reduce((count, twin) => count + twin, 0);
  return { ...data, source: withoutColumns(data.source, twins), twinCount };
}

async function readTitles(
  files: CrossDomainFiles,
  { sourceItems, targetItems }: { sourceItems: Vocabulary; targetItems: Vocabulary },
): Promise<DomainTitles | undefined> {
  if (files.sourceItems === undefined || files.items === undefined) return undefined;
  const titlesOf = async (path: string, items: Vocabulary) => {
    const profiles = await readItemProfiles(path);
    return items.names().map((name) => profiles.get(name)?.title ?? '');
  };
  return { source: await titlesOf(files.sourceItems, sourceItems), target: await titlesOf(files.items, targetItems) };
}
