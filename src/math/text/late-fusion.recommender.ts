import { assertInput, assertWhole } from '../assert.ts';
import { openScores, type Recommender, type RecommenderModel } from '../recommenders/recommender.ts';
import type { CsrMatrix, SparseRow } from '../sparse/index.ts';
import { type ContentOptions, contentRecommender } from './content.recommender.ts';
import { type HeldOut, holdOut } from './fusion-cases.ts';
import { logisticWeights } from './logistic-weights.ts';

/** One way in which contents are known: by their text, by a picture, by sound. */
export interface Modality {
  readonly name: string;
  /** Contents by features, in the order of the items; an empty row for a content that is not known in this way. */
  readonly vectors: CsrMatrix;
}

export interface FusionOptions {
  /** Users, drawn at random, by whom the weights are learnt; from 1. */
  readonly userCount: number;
  /** Draws small weights to zero; above 0. */
  readonly penalty: number;
  /** Decides who is drawn and what is held out; any 32-bit integer. */
  readonly seed: number;
  readonly content: Partial<ContentOptions>;
}

export const DEFAULT_FUSION_OPTIONS: FusionOptions = { userCount: 500, penalty: 1, seed: 1, content: {} };

/** A recommender of contents, with what each way of knowing them turned out to count. */
export interface FusedModel extends RecommenderModel {
  /** By the place of the modality, from 0, summing to 1. */
  readonly weights: readonly number[];
}

export interface FusionRecommender extends Recommender {
  fit(train: CsrMatrix): FusedModel;
}

/**
 * Late fusion: each modality scores by a content recommender of its own, its scores are standardised for each user over
 * the contents that have it, and a content's score is their weighted mean over the modalities that it has: where one is
 * missing, the others carry it, and a content that has none is in the middle. The weights are those of a logistic regression that tells what
 * users chose from what they did not; it learns on users who took no part in the fitting, from one half of what they chose,
 * about the other half. Then the modalities are fitted again, to all.
 *
 * @throws RangeError when there is no modality or an option is out of bounds; from `fit`, as `contentRecommender`.
 */
export function lateFusionRecommender(
  modalities: readonly Modality[],
  options: Partial<FusionOptions> = {},
): FusionRecommender {
  const { userCount, penalty, seed, content } = { ...DEFAULT_FUSION_OPTIONS, ...options };
  assertInput(modalities.length > 0, 'there must be a modality');
  assertInput(penalty > 0 && Number.isFinite(penalty), 'the penalty must be finite and above 0');
  assertWhole('userCount', userCount, { min: 1 });
  const recommenders = modalities.map(({ vectors }) => contentRecommender(vectors, content));
  const present = modalities.map(({ vectors }) => presentIn(vectors));
  return {
    name: 'content-fusion',
    fit(train) {
      const held = holdOut(train, { userCount, seed });
      const learning = recommenders.map((one) => one.fit(held.train));
      const weights = learnWeights(learning, present, { held, penalty });
      return fusedModel(
        recommenders.map((one) => one.fit(train)),
        { present, weights, popularity: train.columnSums() },
      );
    },
  };
}

function learnWeights(
  models: readonly RecommenderModel[],
  present: readonly Uint8Array[],
  { held, penalty }: { held: HeldOut; penalty: number },
): number[] {
  const rows: number[][] = [];
  const labels: number[] = [];
  for (const { history, chosen, others } of held.cases) {
    const scores = models.map((model, m) => standardised(model.score(history), present[m] as Uint8Array));
    for (const item of chosen) rows.push(scores.map((one) => one[item] as number));
    for (const item of others) rows.push(scores.map((one) => one[item] as number));
    labels.push(...chosen.map(() => 1), ...others.map(() => 0));
  }
  const raw = rows.length > 0 ? logisticWeights(rows, labels, penalty).map((weight) => Math.max(0, weight)) : [];
  const sum = raw.reduce((total, weight) => total + weight, 0);
  // Where nothing was to be learnt, none is better than another.
  return sum > 0 ? raw.map((weight) => weight / sum) : models.map(() => 1 / models.length);
}

function fusedModel(
  models: readonly RecommenderModel[],
  { present, weights, popularity }: { present: readonly Uint8Array[]; weights: number[]; popularity: Float64Array },
): FusedModel {
  const buffer = new Float64Array(popularity.length);
  const totals = Float64Array.from(popularity, (_, item) =>
    weights.reduce((sum, weight, m) => sum + weight * (present[m]?.[item] ?? 0), 0),
  );
  const model: FusedModel = {
    itemCount: popularity.length,
    weights,
    score(history: SparseRow, into?: Float64Array) {
      const scores = openScores(model, history, into);
      if (history.indices.length === 0) {
        scores.set(popularity);
        return scores;
      }
      models.forEach((one, m) => {
        const told = standardised(one.score(history, buffer), present[m] as Uint8Array);
        for (let item = 0; item < scores.length; item++) {
          const total = totals[item] as number;
          if (total > 0) {
            scores[item] = (scores[item] as number) + ((weights[m] as number) / total) * (told[item] as number);
          }
        }
      });
      if (scores.every((score) => score === 0)) scores.set(popularity);
      return scores;
    },
  };
  return model;
}

function presentIn(vectors: CsrMatrix): Uint8Array {
  return Uint8Array.from({ length: vectors.rowCount }, (_, row) => Number(vectors.row(row).indices.length > 0));
}

/** In place: at mean 0 and variance 1 over the contents that have the modality; 0 for the others. */
function standardised(scores: Float64Array, present: Uint8Array): Float64Array {
  let [count, sum, squares] = [0, 0, 0];
  scores.forEach((score, item) => {
    if (!present[item]) return;
    count++;
    sum += score;
  });
  const mean = sum / Math.max(1, count);
  scores.forEach((score, item) => {
    if (present[item]) squares += (score - mean) ** 2;
  });
  const deviation = Math.sqrt(squares / Math.max(1, count));
  for (let item = 0; item < scores.length; item++) {
    const isTold = present[item] === 1 && deviation > 1e-12 * Math.abs(mean);
    scores[item] = isTold ? ((scores[item] as number) - mean) / deviation : 0;
  }
  return scores;
}
