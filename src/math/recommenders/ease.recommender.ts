import { assertInput, assertWhole } from '../assert.ts';
import { easeByItems } from './ease-by-items.ts';
import { easeByUsers } from './ease-by-users.ts';
import { type EaseOptions, easeTerms } from './ease-terms.ts';
import type { Recommender } from './recommender.ts';

/** A dense matrix of ten thousand rows takes 800 MB, and time grows with the cube. */
const MAX_SIZE = 10_000;

/**
 * Chosen on validation splits cut from the training data of two sets: rated films were best from 200 to 500, enrolments
 * in online courses from 750 to 2000, both within two percent of their best here. A larger penalty shows fewer items.
 */
export const DEFAULT_EASE_OPTIONS: EaseOptions = { l2: 500, dropout: 0, popularityPower: 0, maxSize: MAX_SIZE };

/**
 * With dropout, chosen on a validation split cut from enrolments in online courses: flat from 50 to 200 and from .7 to .8. A
 * power of .1 gained half a percent; from .2 on it lost.
 */
export const DEFAULT_EDLAE_OPTIONS: EaseOptions = { l2: 100, dropout: 0.75, popularityPower: 0.1, maxSize: MAX_SIZE };

/**
 * A linear model from all items to each: the matrix B, items by items, that minimises |X - X B|^2 + |S B|^2 with a
 * diagonal of zeros, so that no item explains itself; S^2 is diagonal with S_i^2 = l2 + p / (1 - p) (X'X)_ii for a dropout
 * of p. score(u, j) = sum over i in the history of w_ui B_ij. With P = (X'X + S^2)^-1, B_ij = -P_ij / P_jj off the
 * diagonal. Scores are divided by a power of what the item was chosen. Weights may be negative, and so may scores. Sources: Steck, "Embarrassingly Shallow Autoencoders for Sparse
 * Data", WWW 2019; for the dropout, Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020.
 *
 * P is found by a matrix of items or of users, whichever are fewer. Fitting takes time in the cube of their number and
 * one such matrix of memory. Scoring takes the number of items times the length of the history by items, the square of
 * the number of users by users. Somebody whose history leads nowhere is scored by popularity.
 *
 * @throws RangeError for an option out of bounds; from `fit`, for more items and more users than `maxSize`, or
 * when l2 is so small beside the weights that it is lost in double precision.
 */
export function easeRecommender(options: Partial<EaseOptions> = {}): Recommender {
  const all = { ...DEFAULT_EASE_OPTIONS, ...options };
  const { l2, dropout, popularityPower, maxSize } = all;
  assertInput(Number.isFinite(l2) && l2 > 0, `l2 must be finite and above 0, not ${l2}`);
  assertInput(dropout >= 0 && dropout < 1, `dropout must be from 0 to below 1, not ${dropout}`);
  const inRange = popularityPower >= -1 && popularityPower <= 1;
  assertInput(inRange, `popularityPower must be from -1 to 1, not ${popularityPower}`);
  assertWhole('maxSize', maxSize, { min: 1, max: MAX_SIZE });
  return {
    name: dropout > 0 ? 'edlae' : 'ease',
    fit(train) {
      const { rowCount: users, columnCount: items } = train;
      const fits = Math.min(users, items) <= maxSize;
      assertInput(fits, `ease takes at most ${maxSize} items or users, not ${items} items and ${users} users`);
      const terms = easeTerms(train, all);
      return users < items ? easeByUsers(train, terms) : easeByItems(train, terms);
    },
  };
}
