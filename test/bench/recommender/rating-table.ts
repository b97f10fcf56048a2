import { join } from 'node:path';
import {
  configurePredictor,
  RATING_MODELS,
  type RatingReport,
  readRatingData,
  reportRatings,
} from '../../../src/recommendations/evaluation/index.ts';
import { measuredOf, SEED, type Table } from './table.ts';

const FOLDS = ['u1', 'u2', 'u3', 'u4', 'u5'];

export const ratings: Table = {
  name: 'ml-100k-ratings',
  title: 'ML-100K, the five folds u1 to u5, rating',
  folder: 'ml-100k',
  async measure(folder, say) {
    const splits: Awaited<ReturnType<typeof readRatingData>>[] = [];
    for (const fold of FOLDS) {
      const [train, test] = [join(folder, `${fold}.base.gz`), join(folder, `${fold}.test.gz`)];
      splits.push(await readRatingData({ train, test }));
    }
    return RATING_MODELS.map((name) => {
      const configured = configurePredictor(name, {}, SEED);
      const reports = splits.map((split, fold) => {
        say(`${name} ${FOLDS[fold]}`);
        return reportRatings(configured, split, { seed: SEED });
      });
      return meanOfFolds(reports);
    });
  },
  judge(entries) {
    const best = measuredOf(entries).toSorted((a, b) => (a.metrics.rmse ?? 9) - (b.metrics.rmse ?? 9))[0];
    const rmse = best?.metrics.rmse ?? Number.POSITIVE_INFINITY;
    const reached = `${rmse.toFixed(4)} by ${best?.model}`;
    return [{ target: 'best RMSE at most .915, mean of the folds', reached, met: rmse <= 0.915 }];
  },
};

function meanOfFolds(reports: readonly RatingReport[]): RatingReport {
  const [first] = reports;
  if (!first) throw new Error('there must be a fold');
  const mean = (of: (report: RatingReport) => number) =>
    reports.reduce((sum, one) => sum + of(one), 0) / reports.length;
  const { perUser, ...report } = { perUser: undefined, ...first };
  const names = Object.keys(first.metrics);
  return {
    ...report,
    protocol: `${first.protocol}; rmse and mae are means of the folds, seconds those of one fold`,
    metrics: Object.fromEntries(names.map((name) => [name, mean(({ metrics }) => metrics[name] ?? Number.NaN)])),
    seconds: Math.round(1_000 * mean(({ seconds }) => seconds)) / 1_000,
  };
}
