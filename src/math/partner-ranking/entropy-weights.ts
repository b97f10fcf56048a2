/**
 * Weights by how much a criterion tells the candidates apart: with p_i = x_i / sum x, its entropy is
 * e = -sum p ln p / ln n, and its weight is (1 - e) over the sum of 1 - e. A constant criterion gets none; when all are
 * constant, all weigh the same. Sources: Shannon 1948; Hwang and Yoon, "Multiple attribute decision making", 1981, 3.2.
 *
 * @param columns for each criterion its known figures, at least 0
 * @returns at least 0 each, summing to 1
 */
export function entropyWeights(columns: readonly (readonly number[])[]): number[] {
  const diversities = columns.map(diversityOf);
  const sum = diversities.reduce((total, diversity) => total + diversity, 0);
  return diversities.map((diversity) => (sum > 0 ? diversity / sum : 1 / columns.length));
}

/** Rounding alone must not make a constant column tell anybody apart. */
const NOISE = 1e-12;

function diversityOf(column: readonly number[]): number {
  const sum = column.reduce((total, figure) => total + figure, 0);
  if (column.length < 2 || sum === 0) return 0;
  const entropy = column.reduce((total, figure) => {
    const share = figure / sum;
    return share > 0 ? total - share * Math.log(share) : total;
  }, 0);
  const diversity = 1 - entropy / Math.log(column.length);
  return diversity > NOISE ? diversity : 0;
}
