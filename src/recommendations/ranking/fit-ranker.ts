import { areaUnderCurve, fitClickConversion, logisticLoss } from '../../math/ranker/index.ts';
import { FEATURE_COUNT } from '../feed/features.ts';
import { layoutOf, matrixOf } from './example-matrix.ts';
import { OUTCOME_HOURS } from './outcome-hours.ts';
import { type PriorBaseline, priorBaseline } from './prior-baseline.ts';
import { contentCategories } from './ranker-columns.ts';
import { judgeRanker, type RankerMetrics } from './ranker-metrics.ts';
import type { RankerModel } from './ranker-model.ts';
import type { RankerParams } from './ranker-params.ts';
import { RankerScorer, readyRanker } from './ranker-scorer.ts';
import type { ShownExamplesLog, ShownFeed } from './shown-examples.ts';

const HOUR_MS = 3_600_000;
/** The first part of the examples, by time, is learnt from; the rest judges. */
const LEARNT = 0.8;
/** With fewer clicks among the rest the figures say nothing. */
const LEAST_JUDGED_CLICKS = 20;
/** Conversions, and clicks without one, from which on their chances are learnt. */
const LEAST_CONVERSIONS = 50;

export interface RankerCounts {
  readonly examples: number;
  readonly clicks: number;
  readonly conversions: number;
  readonly users: number;
  readonly contents: number;
}

export interface FittedRanker {
  readonly counts: RankerCounts;
  /** Null where there was too little to learn from or to judge by. */
  readonly metrics: RankerMetrics | null;
  /** Null unless it shall be published. */
  readonly model: RankerModel | null;
  /** Why it shall be or not, in a sentence. */
  readonly outcome: string;
}

/**
 * Learns a ranker from the first four fifths of what feeds showed, by time, and judges it by the rest, which it never
 * sees: what serves is what was judged. The serving version is judged by the same places, as far as it has not learnt
 * from them.
 *
 * @param asOfMs when the log was read
 */
export function fitRanker(
  log: ShownExamplesLog,
  { params, serving, asOfMs }: { params: RankerParams; serving: RankerModel | null; asOfMs: number },
): FittedRanker {
  const counts = countsOf(log);
  const refused = (outcome: string): FittedRanker => ({ counts, metrics: null, model: null, outcome });
  const { examples, clicks } = counts;
  if (examples < params.leastExamples || clicks < params.leastClicks) {
    return refused(
      `${examples} places with ${clicks} clicks are too little to learn from: ` +
        `there must be ${params.leastExamples} with ${params.leastClicks}.`,
    );
  }
  const cut = cutOf(log);
  const judged = judgedFeeds(log, { from: cut, after: serving?.learntUntilMs ?? 0 });
  const judgedClicks = judged.reduce((sum, { from, to }) => sum + total(log.clicked.subarray(from, to)), 0);
  if (judgedClicks < LEAST_JUDGED_CLICKS) return refused(`${judgedClicks} clicks are too few to judge a ranker by.`);
  const model = learn(log, { cut, params, asOfMs });
  const metrics = measure(log, { judged, model, serving, prior: priorBaseline(log, cut) });
  const { isAccepted, outcome } = judgeRanker(metrics);
  return { counts, metrics, model: isAccepted ? model : null, outcome };
}

function countsOf(log: ShownExamplesLog): RankerCounts {
  return {
    examples: log.content.length,
    clicks: total(log.clicked),
    conversions: total(log.converted),
    users: log.userCount,
    contents: new Set(log.content).size,
  };
}

function total(labels: Uint8Array): number {
  return labels.reduce((sum, label) => sum + label, 0);
}

/** Where the feed begins that the first four fifths of the examples end in: no feed is torn. */
function cutOf({ feeds, content }: ShownExamplesLog): number {
  const wanted = LEARNT * content.length;
  return feeds.find(({ to }) => to > wanted)?.from ?? content.length;
}

function judgedFeeds({ feeds }: ShownExamplesLog, { from, after }: { from: number; after: number }): ShownFeed[] {
  return feeds.filter((feed) => feed.from >= from && feed.atMs > after);
}

function learn(
  log: ShownExamplesLog,
  { cut, params, asOfMs }: { cut: number; params: RankerParams; asOfMs: number },
): RankerModel {
  const layout = layoutOf(log, cut);
  const settledUntilMs = asOfMs - OUTCOME_HOURS.conversion * HOUR_MS;
  const isSettled = new Uint8Array(cut);
  let learntUntilMs = 0;
  for (const { atMs, from, to } of log.feeds) {
    if (to > cut) break;
    isSettled.fill(atMs <= settledUntilMs ? 1 : 0, from, to);
    learntUntilMs = atMs;
  }
  const shown = {
    features: matrixOf(log, { layout, end: cut }),
    clicked: log.clicked.subarray(0, cut),
    converted: log.converted.subarray(0, cut),
    isSettled,
    // What chance showed stands for all that it might have shown in its stead.
    weights: log.propensity.subarray(0, cut).map((propensity) => Math.min(params.mostWeight, 1 / propensity)),
  };
  const { factorCount, epochs, learningRate, weightPenalty, factorPenalty, seed } = params;
  const options = { factorCount, epochs, learningRate, weightPenalty, factorPenalty, seed };
  return { layout, learntUntilMs, ...fitClickConversion(shown, { ...options, leastOfEach: LEAST_CONVERSIONS }) };
}

interface Judging {
  readonly judged: readonly ShownFeed[];
  readonly model: RankerModel;
  readonly serving: RankerModel | null;
  readonly prior: PriorBaseline;
}

function measure(log: ShownExamplesLog, { judged, model, serving, prior }: Judging): RankerMetrics {
  const examples = judged.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, at) => from + at));
  const labels = examples.map((e) => log.clicked[e] as number);
  const own = figuresOf(predict(log, judged, model), labels);
  const other = serving && figuresOf(predict(log, judged, serving), labels);
  const byHand = figuresOf(
    {
      inPlace: examples.map((e) => prior.clickLogOdds[e] as number),
      first: examples.map((e) => prior.scores[e] as number),
    },
    labels,
  );
  return {
    examples: examples.length,
    clicks: labels.reduce((sum, label) => sum + label, 0),
    logLoss: own.logLoss,
    auc: own.auc,
    priorLogLoss: byHand.logLoss,
    priorAuc: byHand.auc,
    servingLogLoss: other?.logLoss ?? null,
    servingAuc: other?.auc ?? null,
  };
}

interface Predictions {
  /** Log-odds of a click in the place where it stood, which are what loss is about. */
  readonly inPlace: readonly number[];
  /** Log-odds of a click in the first place, which are what order is about. */
  readonly first: readonly number[];
}

function predict(log: ShownExamplesLog, judged: readonly ShownFeed[], model: RankerModel): Predictions {
  const inPlace: number[] = [];
  const first: number[] = [];
  const ranker = readyRanker(model);
  const columns = log.contents.map((content) => ranker.columns.of(contentCategories(content)));
  for (const feed of judged) {
    const atFirst = new RankerScorer(ranker, feed);
    for (let e = feed.from; e < feed.to; e++) {
      const content = columns[log.content[e] as number] ?? [];
      const features = log.features.subarray(e * FEATURE_COUNT, (e + 1) * FEATURE_COUNT);
      first.push(atFirst.take(content, features).clickLogOdds());
      const there = new RankerScorer(ranker, feed, log.position[e]);
      inPlace.push(there.take(content, features).clickLogOdds());
    }
  }
  return { inPlace, first };
}

function figuresOf(
  { inPlace, first }: Predictions,
  labels: readonly number[],
): { logLoss: number; auc: number | null } {
  const loss = inPlace.reduce((sum, logOdds, at) => sum + logisticLoss(logOdds, labels[at] as number), 0);
  return { logLoss: loss / labels.length, auc: areaUnderCurve(first, labels) };
}
