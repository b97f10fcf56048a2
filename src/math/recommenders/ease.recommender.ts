import { assertInput } from '../assert.ts';
import { easeByItems } from './ease-by-items.ts';
import { easeByUsers } from './ease-by-users.ts';
import type { Recommender } from './recommender.ts';

export interface EaseOptions {
  /** Penalty on the squares of what is learnt, in squared weight of an interaction; finite and above 0. */
  readonly l2: number;
  /**
   * Probability, from 0 to below 1, with which each interaction is imagined to be lost while all are to be explained. 0
   * is plain EASE; above it, a much chosen item is penalised more than a rare one.
   */
  readonly dropout: number;
}

/**
 * Chosen on validation splits cut from the training data of two sets: rated films were best from 200 to 500, enrolments
 * in online courses from 750 to 2000, both within two percent of their best here. A larger penalty shows fewer items.
 */
export const DEFAULT_EASE_OPTIONS: EaseOptions = { l2: 500, dropout: 0 };

/** A dense matrix of ten thousand rows takes 800 MB, and time grows with the cube. */
const MAX_SIZE = 10_000;

/**
 * A linear model from all items to each: the matrix B, items by items, that minimises |X - X B|^2 + |S B|^2 with a
 * diagonal of zeros, so that no item explains itself; S^2 is diagonal with S_i^2 = l2 + p / (1 - p) (X'X)_ii for a dropout
 * of p. score(u, j) = sum over i in the history of w_ui B_ij. With P = (X'X + S^2)^-1, B_ij = -P_ij / P_jj off the
 * diagonal. Weights may be negative, and so may scores. Sources: Steck, "Embarrassingly Shallow Autoencoders for Sparse
 * Data", WWW 2019; for the dropout, Steck, "Autoencoders that don't overfit towards the Identity", NeurIPS 2020.
 *
 * P is found by a matrix of items or of users, whichever are fewer. Fitting takes time in the cube of their number and
 * one such matrix of memory. Scoring takes the number of items times the length of the history by items, the square of
 * the number of users by users. Somebody whose history leads nowhere is scored by popularity.
 *
 * @throws RangeError for an option out of bounds; from `fit`, for more than 10,000 items and more than 10,000 users, or
 * when l2 is so small beside the weights that it is lost in double precision.
 */
export function easeRecommender(options: Partial<EaseOptions> = {}): Recommender {
  const { l2, dropout } = { ...DEFAULT_EASE_OPTIONS, ...options };
  assertInput(Number.isFinite(l2) && l2 > 0, `l2 must be finite and above 0, not ${l2}`);
  assertInput(dropout >= 0 && dropout < 1, `dropout must be from 0 to below 1, not ${dropout}`);
  const penalty = { l2, scale: dropout / (1 - dropout) };
  return {
    name: dropout > 0 ? 'edlae' : 'ease',
    fit(train) {
      const { rowCount: users, columnCount: items } = train;
      const fits = Math.min(users, items) <= MAX_SIZE;
      assertInput(fits, `ease takes at most ${MAX_SIZE} items or users, not ${items} items and ${users} users`);
      return users < items ? easeByUsers(train, penalty) : easeByItems(train, penalty);
    },
  };
}
