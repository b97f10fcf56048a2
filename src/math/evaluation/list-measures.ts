import type { CsrMatrix } from '../sparse/index.ts';

/** Two numbers for each length of the head of a list: place r stands for the first r + 1 items. */
export interface ListMeasures {
  readonly novelty: Float64Array;
  readonly diversity: Float64Array;
}

/**
 * Measures what lists show, whatever the learner went on to choose. Knows the items by their columns in train.
 *
 * Novelty of a list: the mean self-information of its items, -log2(learners of the item / learners), in bits; an item
 * that nobody has counts as one that a single learner has. Source: Zhou, Kuscsik, Liu, Medo, Wakeling, Zhang, "Solving
 * the apparent diversity-accuracy dilemma of recommender systems", PNAS 107(10), 2010.
 *
 * Diversity within a list: 1 less the mean cosine of its pairs of items, each item a vector over the learners, in [0, 1]
 * for weights from 0; 0 for fewer than two items. Source: Ziegler, McNee, Konstan, Lausen, "Improving recommendation
 * lists through topic diversification", WWW 2005, as one minus their intra-list similarity, averaged.
 *
 * A list takes time in the sum of the lengths of its items' columns: with unit vectors x_i, the sum of the cosines of
 * one more item with all before it is its product with the sum of theirs, so no pair is computed by itself.
 */
export class ListMeter {
  readonly #columns: CsrMatrix;
  readonly #selfInformation: Float64Array;
  readonly #inverseNorms: Float64Array;
  /** The sum of the unit vectors of the list under way; all zero between two lists. */
  readonly #sum: Float64Array;

  /** @param train Users by items. */
  constructor(train: CsrMatrix) {
    this.#columns = train.transpose();
    this.#sum = new Float64Array(train.rowCount);
    this.#selfInformation = new Float64Array(train.columnCount);
    this.#inverseNorms = new Float64Array(train.columnCount);
    for (let item = 0; item < train.columnCount; item++) {
      const { values } = this.#columns.row(item);
      const squares = values.reduce((sum, value) => sum + value * value, 0);
      this.#selfInformation[item] = -Math.log2(Math.max(1, values.length) / train.rowCount);
      this.#inverseNorms[item] = squares > 0 ? 1 / Math.sqrt(squares) : 0;
    }
  }

  /** @param list Distinct items, best first. */
  measure(list: Int32Array): ListMeasures {
    const novelty = new Float64Array(list.length);
    const diversity = new Float64Array(list.length);
    let [information, cosines] = [0, 0];
    list.forEach((item, r) => {
      information += this.#selfInformation[item] as number;
      cosines += this.#cosinesWithSum(item);
      const pairs = (r * (r + 1)) / 2;
      novelty[r] = information / (r + 1);
      // Rounding may lift the mean of equal columns above 1 by some units in the last place.
      diversity[r] = pairs === 0 ? 0 : Math.max(0, 1 - cosines / pairs);
      this.#addToSum(item, this.#inverseNorms[item] as number);
    });
    this.#clearSum(list);
    return { novelty, diversity };
  }

  #cosinesWithSum(item: number): number {
    const { offsets, columns: users, values } = this.#columns;
    const end = offsets[item + 1] as number;
    let product = 0;
    for (let e = offsets[item] as number; e < end; e++) {
      product += (values[e] as number) * (this.#sum[users[e] as number] as number);
    }
    return product * (this.#inverseNorms[item] as number);
  }

  #addToSum(item: number, scale: number): void {
    const { offsets, columns: users, values } = this.#columns;
    const end = offsets[item + 1] as number;
    for (let e = offsets[item] as number; e < end; e++) {
      const user = users[e] as number;
      this.#sum[user] = (this.#sum[user] as number) + scale * (values[e] as number);
    }
  }

  /** Sets to zero and does not subtract, so that no rounding goes from one list into the next. */
  #clearSum(list: Int32Array): void {
    const { offsets, columns: users } = this.#columns;
    for (const item of list) {
      const end = offsets[item + 1] as number;
      for (let e = offsets[item] as number; e < end; e++) this.#sum[users[e] as number] = 0;
    }
  }
}
