import { assertAtLeast, assertFinite, assertInput, assertWhole } from '../assert.ts';

export interface Criterion {
  readonly name: string;
  /** BENEFIT: more is better. COST: less is. */
  readonly direction: 'BENEFIT' | 'COST';
}

export interface Candidate {
  readonly id: string;
  /** One for each criterion, at least 0, all of one criterion in one unit; null for a figure that is not known. */
  readonly figures: readonly (number | null)[];
}

export interface RankingOptions {
  /** One for each criterion, at least 0, of any sum above 0; or found by the entropy method. */
  readonly weights: readonly number[] | 'ENTROPY';
  /**
   * IMPUTE: a figure that is not known is taken to be the median of the known ones, and flagged. LEAVE_OUT: a partner with
   * such a figure is not ranked.
   */
  readonly missing: 'IMPUTE' | 'LEAVE_OUT';
}

const MAX_CANDIDATES = 1_000_000;
const MAX_CRITERIA = 1_000;

/** @throws RangeError that names the first thing that is wrong, and where it stands. */
export function assertRanking(
  criteria: readonly Criterion[],
  candidates: readonly Candidate[],
  { weights }: RankingOptions,
): void {
  assertWhole('the number of criteria', criteria.length, { min: 1, max: MAX_CRITERIA });
  assertWhole('the number of partners', candidates.length, { min: 0, max: MAX_CANDIDATES });
  assertOnce(
    'criterion',
    criteria.map(({ name }) => name),
  );
  assertOnce(
    'partner',
    candidates.map(({ id }) => id),
  );
  for (const { id, figures } of candidates) {
    const fits = figures.length === criteria.length;
    assertInput(fits, `partner ${id} must have ${criteria.length} figures, not ${figures.length}`);
    figures.forEach((figure, c) => {
      if (figure !== null) assertAtLeast(`${criteria[c]?.name} of partner ${id}`, figure, 0);
    });
  }
  if (weights === 'ENTROPY') return;
  assertInput(weights.length === criteria.length, `there must be ${criteria.length} weights, not ${weights.length}`);
  assertFinite('weight', weights);
  weights.forEach((weight, c) => {
    assertAtLeast(`the weight of ${criteria[c]?.name}`, weight, 0);
  });
  assertInput(
    weights.some((weight) => weight > 0),
    'a weight must be above 0',
  );
}

function assertOnce(kind: string, names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    assertInput(!seen.has(name), `${kind} ${name} stands there twice`);
    seen.add(name);
  }
}

/** The middle one; of an even number of values the mean of the two in the middle. Null of none. */
export function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : low + (high - low) / 2;
}
