/** Coefficients of Stirling's series, from 1 / (12 x). Source: NIST Digital Library of Mathematical Functions, 5.11.1. */
const STIRLING = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156];
/** From here on the series is exact to the last digit. */
const STIRLING_FROM = 12;
const HALF_LOG_TWO_PI = 0.9189385332046727;

/** ln of the gamma function, for x above 0. */
export function logGamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < STIRLING_FROM; at++) shift += Math.log(at);
  return (at - 0.5) * Math.log(at) - at + HALF_LOG_TWO_PI + stirlingRest(at) - shift;
}

function stirlingRest(x: number): number {
  const inverse = 1 / (x * x);
  return STIRLING.reduceRight((sum, coefficient) => sum * inverse + coefficient, 0) / x;
}

/** ln B(alpha, beta); for large parameters without the difference of large numbers that would lose the digits. */
export function logBeta(alpha: number, beta: number): number {
  const [small, large] = alpha < beta ? [alpha, beta] : [beta, alpha];
  if (large < STIRLING_FROM) return logGamma(small) + logGamma(large) - logGamma(small + large);
  const sum = small + large;
  const rest = stirlingRest(large) - stirlingRest(sum);
  if (small < STIRLING_FROM) {
    // ln of gamma(large) / gamma(sum), where both follow Stirling.
    return logGamma(small) + rest + (large - 0.5) * Math.log1p(-small / sum) - small * Math.log(sum) + small;
  }
  return (
    HALF_LOG_TWO_PI +
    stirlingRest(small) +
    rest +
    (small - 0.5) * Math.log(small / sum) +
    large * Math.log1p(-small / sum) -
    0.5 * Math.log(large)
  );
}

const MAX_STEPS = 100_000;
const TINY = 1e-300;

/**
 * P(Beta(alpha, beta) <= x) where x has the log-odds y, by the continued fraction of the incomplete beta function with Lentz's
 * method, on the side of the mean where it is short. Source: NIST Digital Library of Mathematical Functions, 8.17.22.
 */
export function regularisedBeta(
  y: number,
  { alpha, beta, logOfBeta }: { alpha: number; beta: number; logOfBeta: number },
): number {
  const x = 1 / (1 + Math.exp(-y));
  const rest = 1 / (1 + Math.exp(y));
  const logFront = -alpha * Math.log1p(Math.exp(-y)) - beta * Math.log1p(Math.exp(y)) - logOfBeta;
  if (y < -700) return Math.exp(alpha * y - logOfBeta) / alpha;
  if (y > 700) return 1 - Math.exp(-beta * y - logOfBeta) / beta;
  const front = Math.exp(logFront);
  if (x < (alpha + 1) / (alpha + beta + 2)) return Math.min(1, (front * fractionOf(x, alpha, beta)) / alpha);
  return Math.max(0, 1 - (front * fractionOf(rest, beta, alpha)) / beta);
}

function fractionOf(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 / nonZero(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= MAX_STEPS; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / nonZero(1 + even * d);
    c = nonZero(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / nonZero(1 + odd * d);
    c = nonZero(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 4 * Number.EPSILON) break;
  }
  return fraction;
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value;
}
