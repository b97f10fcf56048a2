import { join } from 'node:path';
import {
  candidateTask,
  coldStartTask,
  compareReports,
  configureColdStartModel,
  configureModel,
  crossDomainTask,
  type EvaluationTask,
  measureModel,
  type RankingModelName,
  type ReportEntry,
  rankingTask,
  readCandidateData,
  readColdStartData,
  readCrossDomainData,
  readLeaveOneOutData,
  readRankingData,
} from '../../../src/recommendations/evaluation/index.ts';
import { bestOf, bestReaches, measuredOf, SEED, type Table, type Verdict } from './table.ts';

type Configured = ReturnType<typeof configureModel>;

const model = (name: RankingModelName, params: Readonly<Record<string, unknown>> = {}) => configureModel(name, params);
const candidateModel = (name: RankingModelName, params: Readonly<Record<string, unknown>> = {}) =>
  configureModel(name, params, 'random');

export const mooccubex: Table = {
  name: 'mooccubex',
  title: 'MOOCCubeX, given split, full ranking',
  folder: 'mooccubex',
  async measure(folder, say) {
    const data = await readRankingData({ train: join(folder, 'train.txt.gz'), test: join(folder, 'test.txt.gz') });
    const task = rankingTask(data, { cutoffs: [5, 10, 20, 50], seed: SEED, withLists: true });
    const names = ['popularity', 'item-knn', 'user-knn', 'rp3beta', 'ials', 'fm', 'edlae', 'blend'] as const;
    const models = [...names.map((name) => model(name)), model('ease', { l2: 200 })];
    return measureTask(task, { models, baseline: model('ease', { l2: 1_000 }), say });
  },
  judge: (entries) => [
    bestReaches(entries, { metric: 'recall@20', least: 0.15 }),
    bestReaches(entries, { metric: 'ndcg@20', least: 0.158 }),
    beatsBaseline(entries, 'recall@20'),
    beatsBaseline(entries, 'ndcg@20'),
  ],
};

/** The best model is to differ from the baseline by more than the choice of learners explains. */
function beatsBaseline(entries: readonly ReportEntry[], metric: string): Verdict {
  const found = bestOf(entries, metric)?.against;
  const difference = found?.differences[metric];
  return {
    target: `best ${metric} above ease with l2 1000, p below .05 by the paired bootstrap`,
    reached: difference ? `${difference.difference.toFixed(4)}, p ${difference.p.toPrecision(2)}` : 'not measured',
    met: difference !== undefined && difference.difference > 0 && difference.p < 0.05,
  };
}

export const coldCourses: Table = {
  name: 'cold-courses',
  title: 'MOOCCubeX, a fifth of the courses held out whole, ranked from their texts among themselves',
  folder: 'mooccubex',
  async measure(folder, say) {
    const data = await readColdStartData({
      from: { data: [join(folder, 'train.txt.gz'), join(folder, 'test.txt.gz')] },
      items: join(folder, 'course_profiles.jsonl.gz'),
      format: 'auto',
      coldShare: 0.2,
      seed: SEED,
    });
    const task = coldStartTask(data, { cutoffs: [20, 50], seed: SEED, among: 'cold' });
    return measureTask(task, { models: [configureColdStartModel('content', data, {})], say });
  },
  judge(entries) {
    const metrics = bestOf(entries, 'recall@50')?.metrics ?? {};
    const [recall = 0, chance = Number.NaN] = [metrics['recall@50'], metrics['random/recall@50']];
    const ratio = `${(recall / chance).toFixed(2)} times, ${recall.toFixed(4)} for ${chance.toFixed(4)}`;
    return [{ target: 'recall@50 at least 3 times that of chance', reached: ratio, met: recall >= 3 * chance }];
  },
};

/** The settings of table 4 of "A Troubling Analysis", TOIS 2021, found there by validation; those of the blend are its own. */
export const citeulike: Table = {
  name: 'citeulike-a',
  title: 'CiteULike-a, one positive among 100 given negatives',
  folder: 'citeulike-a',
  async measure(folder, say) {
    const paths = { train: join(folder, 'cmn.train.tsv.gz'), test: join(folder, 'cmn.test.tsv.gz') };
    const origin = 'candidates: the item chosen is ranked among the items of its test row, one ranking for each row';
    const task = candidateTask(await readCandidateData(paths), { cutoffs: [1, 5, 10], seed: SEED, origin });
    const models = [
      model('popularity'),
      model('item-knn', { neighbourCount: 594, shrink: 999, weighting: 'tf-idf' }),
      model('user-knn', { neighbourCount: 578, weighting: 'bm25' }),
      model('p3alpha', { neighbourCount: 653, alpha: 0.631, normaliseRows: true }),
      model('ials', { factors: 115, alpha: 15.4, regularisation: 1e-5, epochs: 60 }),
      candidateModel('blend'),
    ];
    const baseline = model('rp3beta', { neighbourCount: 764, alpha: 0.711, beta: 0.2297, normaliseRows: true });
    return measureTask(task, { models, baseline, say });
  },
  judge: (entries) => [
    isNear(entries, { name: 'rp3beta', published: 0.7447 }),
    isNear(entries, { name: 'ials', published: 0.7313 }),
    bestReaches(entries, { metric: 'ndcg@10', least: 0.755 }),
  ],
};

/** Within .005 of what the paper has; above it is no fault. */
function isNear(entries: readonly ReportEntry[], { name, published }: { name: string; published: number }): Verdict {
  const value = measuredOf(entries).find((entry) => entry.model === name)?.metrics['ndcg@10'];
  return {
    target: `${name} ndcg@10 within .005 of the paper's ${published}`,
    reached: value?.toFixed(4) ?? 'not measured',
    met: value !== undefined && value >= published - 0.005,
  };
}

export const leaveOneOut: Table = {
  name: 'ml-100k',
  title: 'ML-100K, leave one out by time, 99 random negatives',
  folder: 'ml-100k',
  async measure(folder, say) {
    const data = await readLeaveOneOutData(join(folder, 'u.data.gz'), { negativeCount: 99, seed: SEED });
    const origin = `leave-one-out by time, 99 random negatives (seed ${SEED})`;
    const task = candidateTask(data, { cutoffs: [1, 5, 10], seed: SEED, origin });
    const names = ['popularity', 'item-knn', 'user-knn', 'rp3beta', 'ials', 'fm', 'edlae', 'blend'] as const;
    return measureTask(task, { models: names.map((name) => candidateModel(name)), baseline: model('ease'), say });
  },
  judge: (entries) => [bestReaches(entries, { metric: 'ndcg@10', least: 0.385 })],
};

/** @param domains.dropTwins Whether what both domains list is left out of the source: only then is it taste that carries over. */
export function crossDomain(domains: { source: string; target: string; dropTwins: boolean }): Table {
  const { source, target, dropTwins } = domains;
  return {
    name: `${source}-to-${target}${dropTwins ? '' : '-with-twins'}`,
    title: `Two domains: what ${source} says of ${target}, things that both list ${dropTwins ? 'left out' : 'left in'}`,
    folder: 'cross-domain',
    async measure(folder, say) {
      const [other, own] = [join(folder, `${source}_${target}`), join(folder, `${target}_${source}`)];
      const data = await readCrossDomainData({
        source: join(other, 'train.txt.gz'),
        train: join(own, 'train.txt.gz'),
        test: join(own, 'test.txt.gz'),
        dropTwins,
      });
      const task = crossDomainTask(data, { cutoffs: [10, 20], seed: SEED, sourceWeight: 1, sourcePower: 0 });
      const models = [model('popularity'), model('item-knn'), model('p3alpha'), model('user-knn')];
      return measureTask(task, { models, say });
    },
    judge(entries) {
      // Who has a thing that both list has it in both: nothing is to be proud of.
      if (!dropTwins) return [];
      const best = bestOf(entries, 'with/few/ndcg@20');
      const [gain, alone] = [best?.metrics['gain/few/ndcg@20'], bestOf(entries, 'without/few/ndcg@20')];
      const [joint, single] = [best?.metrics['with/few/ndcg@20'] ?? 0, alone?.metrics['without/few/ndcg@20'] ?? 0];
      const reached = `${best?.model} ${joint.toFixed(4)}, by itself ${percent(gain)}; best without: ${alone?.model} ${single.toFixed(4)}`;
      const met = gain !== undefined && gain >= 0.1 && joint >= 1.1 * single;
      return [
        {
          target: 'ndcg@20 of learners with fewer than 5 target interactions 10 % better with the source',
          reached,
          met,
        },
      ];
    },
  };
}

function percent(share: number | undefined): string {
  return share === undefined ? 'none' : `${share >= 0 ? '+' : ''}${(100 * share).toFixed(0)} %`;
}

/** Each model, and how it differs from the baseline, learner by learner. */
function measureTask(
  task: EvaluationTask,
  { models, baseline, say }: { models: readonly Configured[]; baseline?: Configured; say: (text: string) => void },
): ReportEntry[] {
  const measure = (configured: Configured) => {
    say(configured.recommender.name);
    return measureModel(task, configured);
  };
  const compared = baseline && measure(baseline);
  const entries: ReportEntry[] = compared ? [withoutUsers(compared)] : [];
  for (const one of models) {
    const detailed = measure(one);
    const report = withoutUsers(detailed);
    entries.push(compared ? { ...report, against: compareReports(detailed, compared, { seed: SEED }) } : report);
  }
  return entries;
}

function withoutUsers({ perUser, ...report }: ReturnType<typeof measureModel>) {
  return report;
}
