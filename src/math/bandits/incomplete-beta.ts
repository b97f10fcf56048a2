import betainc from '@stdlib/math-base-special-betainc';

/** Beyond these log-odds a chance is too near to 0 or 1 for a number to hold it. */
const LARGEST_LOG_ODDS = 700;

/**
 * P(Beta(alpha, beta) <= x) where x has the log-odds y: by the side of 0 or 1 that x is nearer to, so that no digits are
 * lost there, and by the first term of its series where x itself is lost.
 *
 * @param logOfBeta ln B(alpha, beta)
 */
export function regularisedBeta(
  y: number,
  { alpha, beta, logOfBeta }: { alpha: number; beta: number; logOfBeta: number },
): number {
  if (y < -LARGEST_LOG_ODDS) return Math.exp(alpha * y - logOfBeta) / alpha;
  if (y > LARGEST_LOG_ODDS) return 1 - Math.exp(-beta * y - logOfBeta) / beta;
  return y <= 0
    ? betainc(1 / (1 + Math.exp(-y)), alpha, beta)
    : betainc(1 / (1 + Math.exp(y)), beta, alpha, true, true);
}
