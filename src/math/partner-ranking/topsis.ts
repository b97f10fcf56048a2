import type { Criterion } from './criteria.ts';

/** How near to the best a candidate is in one criterion, and what that does to its closeness. */
export interface CriterionPart {
  /** The figure over the root of the sum of squares of all, times the weight. */
  readonly weighted: number;
  /** What the distance from the worst adds to the closeness; those of all criteria add up to it. */
  readonly gained: number;
  /** What the distance from the best takes from 1; those of all criteria add up to 1 less the closeness. */
  readonly lost: number;
}

export interface Closeness {
  /** 1 for one that is best in everything, 0 for one that is worst. */
  readonly closeness: number;
  readonly parts: readonly CriterionPart[];
}

/**
 * TOPSIS: candidates by their distances from an ideal, which has the best weighted figure of each criterion, and from the
 * worst of everything: closeness = D- / (D+ + D-). Since each distance is sum d_j^2 / D, a criterion's part of the
 * closeness is (d-_j^2 / D-) / (D+ + D-), exactly. Where all candidates are alike the closeness is a half, and the parts
 * are those of the weights. Source: Hwang and Yoon, "Multiple attribute decision making", 1981, 3.2.
 *
 * @param figures by candidate and criterion, at least 0
 * @param weights summing to 1
 */
export function topsis(
  figures: readonly (readonly number[])[],
  criteria: readonly Criterion[],
  weights: readonly number[],
): Closeness[] {
  const norms = criteria.map((_, c) => normOf(figures.map((row) => row[c] as number)));
  const weighted = figures.map((row) =>
    row.map((figure, c) => (norms[c] === 0 ? 0 : ((weights[c] as number) * figure) / (norms[c] as number))),
  );
  const ends = criteria.map(({ direction }, c) => {
    const [low, high] = endsOf(weighted.map((row) => row[c] as number));
    return direction === 'BENEFIT' ? { best: high, worst: low } : { best: low, worst: high };
  });
  return weighted.map((row) => closenessOf(row, { ends, weights }));
}

function endsOf(column: readonly number[]): [low: number, high: number] {
  return [
    column.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY),
    column.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY),
  ];
}

function closenessOf(
  row: readonly number[],
  { ends, weights }: { ends: readonly { best: number; worst: number }[]; weights: readonly number[] },
): Closeness {
  const fromBest = row.map((value, c) => value - (ends[c]?.best ?? 0));
  const fromWorst = row.map((value, c) => value - (ends[c]?.worst ?? 0));
  const [toBest, toWorst] = [normOf(fromBest), normOf(fromWorst)];
  const both = toBest + toWorst;
  const partOf = (distance: number, all: number) => (all === 0 ? 0 : (distance / all) * (distance / both));
  const parts = row.map((value, c): CriterionPart => {
    const half = (weights[c] as number) / 2;
    if (both === 0) return { weighted: value, gained: half, lost: half };
    return {
      weighted: value,
      gained: partOf(fromWorst[c] as number, toWorst),
      lost: partOf(fromBest[c] as number, toBest),
    };
  });
  return { closeness: both === 0 ? 0.5 : toWorst / both, parts };
}

/** Scaled by the largest, so that no square overflows. */
function normOf(values: readonly number[]): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return largest === 0 ? 0 : largest * Math.sqrt(values.reduce((sum, value) => sum + (value / largest) ** 2, 0));
}
