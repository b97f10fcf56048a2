import type { ReportEntry } from '../../../src/recommendations/evaluation/index.ts';

/** Decides all that is drawn, in every table. */
export const SEED = 1;

/** What was to be reached, and what was. */
export interface Verdict {
  /** In words, such as "best NDCG@10 at least .385". */
  readonly target: string;
  readonly reached: string;
  readonly met: boolean;
}

/** One table of results. Settings of models were chosen on splits of train, or are those of the paper named. */
export interface Table {
  readonly name: string;
  readonly title: string;
  /** The folder of the data below the data folder. */
  readonly folder: string;
  /** @param say Told what is measured, as it is. */
  measure(folder: string, say: (text: string) => void): Promise<readonly ReportEntry[]>;
  judge(entries: readonly ReportEntry[]): readonly Verdict[];
}

type Measured = Extract<ReportEntry, { metrics: unknown }>;

export function measuredOf(entries: readonly ReportEntry[]): readonly Measured[] {
  return entries.filter((entry): entry is Measured => 'metrics' in entry);
}

/** The best model by a metric, higher being better. */
export function bestOf(entries: readonly ReportEntry[], metric: string): Measured | undefined {
  const reached = (entry: Measured) => entry.metrics[metric] ?? Number.NEGATIVE_INFINITY;
  return measuredOf(entries).toSorted((a, b) => reached(b) - reached(a))[0];
}

/** Some model, the best by the metric, is to reach a number. */
export function bestReaches(
  entries: readonly ReportEntry[],
  { metric, least }: { metric: string; least: number },
): Verdict {
  const best = bestOf(entries, metric);
  const value = best?.metrics[metric];
  return {
    target: `best ${metric} at least ${least}`,
    reached: value === undefined ? 'not measured' : `${value.toFixed(4)} by ${best?.model}`,
    met: value !== undefined && value >= least,
  };
}
