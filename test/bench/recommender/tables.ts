import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  candidateTask,
  coldStartTask,
  configureContentModel,
  configureModel,
  crossDomainTask,
  type EvaluationTask,
  type RankingModelName,
  rankingTask,
  readCandidateData,
  readColdStartData,
  readCrossDomainData,
  readLeaveOneOutData,
  readRankingData,
} from '../../../src/recommendations/evaluation/index.ts';

const SEED = 1;

type Configured = ReturnType<typeof configureModel>;

/** A task on real data, what is measured on it, and what the others are compared with. */
export interface TableRun {
  readonly task: EvaluationTask;
  readonly models: readonly Configured[];
  readonly baseline?: Configured;
}

/** One table of results. Settings of models were chosen on splits of train, or are those of the paper named. */
export interface Table {
  readonly name: string;
  readonly title: string;
  /** The folder of the data below the data folder. */
  readonly folder: string;
  open(folder: string): Promise<TableRun>;
}

const model = (name: RankingModelName, params: Readonly<Record<string, unknown>> = {}) => configureModel(name, params);

const mooccubex: Table = {
  name: 'mooccubex',
  title: 'MOOCCubeX, given split, full ranking',
  folder: 'mooccubex',
  async open(folder) {
    const data = await readRankingData({ train: join(folder, 'train.txt.gz'), test: join(folder, 'test.txt.gz') });
    const singles = [
      model('popularity'),
      model('item-knn'),
      model('rp3beta'),
      model('ials'),
      model('edlae'),
      model('ease', { l2: 200 }),
    ];
    return {
      task: rankingTask(data, { cutoffs: [5, 10, 20, 50], seed: SEED, withLists: true }),
      models: [...singles, model('blend')],
      baseline: model('ease', { l2: 1_000 }),
    };
  },
};

const coldCourses: Table = {
  name: 'cold-courses',
  title: 'MOOCCubeX, a fifth of the courses held out whole, ranked from their texts among themselves',
  folder: 'mooccubex',
  async open(folder) {
    const data = await readColdStartData({
      from: { data: [join(folder, 'train.txt.gz'), join(folder, 'test.txt.gz')] },
      items: join(folder, 'course_profiles.jsonl.gz'),
      format: 'auto',
      coldShare: 0.2,
      seed: SEED,
    });
    return {
      task: coldStartTask(data, { cutoffs: [20, 50], seed: SEED, among: 'cold' }),
      models: [configureContentModel(data.texts, {})],
    };
  },
};

/** The settings of table 4 of "A Troubling Analysis", TOIS 2021, found there by validation. */
const citeulike: Table = {
  name: 'citeulike-a',
  title: 'CiteULike-a, one positive among 100 given negatives',
  folder: 'citeulike-a',
  async open(folder) {
    const paths = { train: join(folder, 'cmn.train.tsv.gz'), test: join(folder, 'cmn.test.tsv.gz') };
    const origin = 'candidates: the item chosen is ranked among the items of its test row, one ranking for each row';
    return {
      task: candidateTask(await readCandidateData(paths), { cutoffs: [1, 5, 10], seed: SEED, origin }),
      models: [
        model('popularity'),
        model('item-knn', { neighbourCount: 594, shrink: 999, weighting: 'tf-idf' }),
        model('user-knn', { neighbourCount: 578, weighting: 'bm25' }),
        model('p3alpha', { neighbourCount: 653, alpha: 0.631, normaliseRows: true }),
        model('ials'),
      ],
      baseline: model('rp3beta', { neighbourCount: 764, alpha: 0.711, beta: 0.2297, normaliseRows: true }),
    };
  },
};

const leaveOneOut: Table = {
  name: 'ml-100k',
  title: 'ML-100K, leave one out by time, 99 random negatives',
  folder: 'ml-100k',
  async open(folder) {
    const data = await readLeaveOneOutData(join(folder, 'u.data.gz'), { negativeCount: 99, seed: SEED });
    const origin = `leave-one-out by time, 99 random negatives (seed ${SEED})`;
    const names = ['popularity', 'item-knn', 'user-knn', 'rp3beta', 'ials', 'edlae', 'blend'] as const;
    return {
      task: candidateTask(data, { cutoffs: [1, 5, 10], seed: SEED, origin }),
      models: names.map((name) => model(name)),
      baseline: model('ease'),
    };
  },
};

const crossDomain = (sourceName: string, targetName: string): Table => ({
  name: `${sourceName}-to-${targetName}`,
  title: `Two domains: what ${sourceName} says of ${targetName}`,
  folder: 'cross-domain',
  async open(folder) {
    const other = `${sourceName}_${targetName}`;
    const own = `${targetName}_${sourceName}`;
    const data = await readCrossDomainData({
      source: join(folder, other, 'train.txt.gz'),
      train: join(folder, own, 'train.txt.gz'),
      test: join(folder, own, 'test.txt.gz'),
    });
    const settings = { cutoffs: [10, 20], seed: SEED, sourceWeight: 0.5, sourcePower: 0 };
    return { task: crossDomainTask(data, settings), models: [model('item-knn'), model('rp3beta')] };
  },
});

export const TABLES: readonly Table[] = [
  mooccubex,
  coldCourses,
  citeulike,
  leaveOneOut,
  crossDomain('sport', 'cloth'),
  crossDomain('cloth', 'sport'),
];

/** Whether the data of a table is there. */
export function hasData(table: Table, dataFolder: string): boolean {
  return existsSync(join(dataFolder, table.folder));
}
