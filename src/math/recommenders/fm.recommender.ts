import { assertAtLeast, assertInput, assertWhole } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';
import { addUp, type FmTerms, learnFm } from './fm-descent.ts';
import { itemSide } from './fm-sides.ts';
import { openScores, type Recommender, type RecommenderModel } from './recommender.ts';

export type FmOptions = FmTerms;

export const DEFAULT_FM_OPTIONS: FmOptions = {
  factors: 32,
  epochs: 20,
  negativeCount: 4,
  learningRate: 0.05,
  penalty: 1e-4,
  idDropout: 0.5,
  seed: 1,
};

/**
 * A factorisation machine over what somebody chose, an item, and what is told of the item:
 *
 *   log odds = sum over features t of the item of w_t x_t + (sum over t of v_t x_t) . |H|^-1/2 sum over j in H of h_j y_j,
 *
 * where the features of an item are the item itself and what is told of it, and a history H the features of a user. Pairs
 * within one of the two sides are left out: those of the history change no order, and those of the item are a weight of
 * the item. It learns to tell an item that a user chose from drawn ones by what else the user chose, so that anybody is
 * scored from a history, without learning anew. With items told of, a share of the examples leave the item itself out, so
 * that one that nobody has met is judged like the others (Volkovs, Yu, Poutanen, "DropoutNet", NeurIPS 2017). Sources:
 * Rendle, "Factorization Machines", ICDM 2010; for a user as the sum of a history without the item in question, Kabbur,
 * Ning, Karypis, "FISM", KDD 2013.
 *
 * An epoch takes time in interactions times (1 + negatives) times factors, and times the features told of an item.
 *
 * @param told Items by features, in the order of the items that it will learn from; an empty row where nothing is told.
 * @throws RangeError for an option out of bounds; from `fit`, when there is not one row of features for each item.
 */
export function fmRecommender(options: Partial<FmOptions> = {}, told?: CsrMatrix): Recommender {
  const terms = { ...DEFAULT_FM_OPTIONS, ...options };
  checkTerms(terms);
  return {
    name: 'fm',
    fit(train) {
      assertInput(!told || told.rowCount === train.columnCount, 'there must be a row of features for each item');
      return fmModel(train, told, told ? terms : { ...terms, idDropout: 0 });
    },
  };
}

function checkTerms(terms: FmTerms): void {
  assertWhole('factors', terms.factors, { min: 1, max: 1_000 });
  assertWhole('epochs', terms.epochs, { min: 1, max: 10_000 });
  assertWhole('negativeCount', terms.negativeCount, { min: 1, max: 1_000 });
  assertAtLeast('penalty', terms.penalty, 0);
  const { learningRate, idDropout } = terms;
  assertInput(learningRate > 0 && learningRate <= 1, `learningRate must be above 0 and at most 1, not ${learningRate}`);
  assertInput(idDropout >= 0 && idDropout < 1, `idDropout must be from 0 to below 1, not ${idDropout}`);
}

function fmModel(train: CsrMatrix, told: CsrMatrix | undefined, terms: FmTerms): RecommenderModel {
  const sides = learnFm(train, told, terms);
  const { width } = sides;
  const popularity = train.columnSums();
  const size = width + 1;
  const items = new Float64Array(train.columnCount * size);
  for (let item = 0; item < train.columnCount; item++) {
    itemSide(sides, item, { withOwn: true, into: items.subarray(item * size, (item + 1) * size) });
  }
  const model: RecommenderModel = {
    itemCount: train.columnCount,
    score(history, into) {
      const scores = openScores(model, history, into);
      const taste = new Float64Array(width);
      addUp(sides, { ...history, into: taste });
      // Nothing is known of this person, or only items that nobody chose beside another.
      if (taste.every((value) => value === 0)) {
        scores.set(popularity);
        return scores;
      }
      const scale = 1 / Math.sqrt(history.indices.length);
      for (let item = 0; item < scores.length; item++) {
        const start = item * size;
        let sum = 0;
        for (let f = 0; f < width; f++) sum += (items[start + 1 + f] as number) * (taste[f] as number);
        scores[item] = (items[start] as number) + scale * sum;
      }
      return scores;
    },
  };
  return model;
}
