/** 1 / (1 + e^-z), without overflow at either end. */
export function logistic(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const power = Math.exp(z);
  return power / (1 + power);
}

/** -log of the probability that the label had, for a prediction on the scale of log odds; precise far out too. */
export function logisticLoss(logOdds: number, label: number): number {
  const z = label === 1 ? -logOdds : logOdds;
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** The z whose logistic is p, for p within (0, 1). */
export function logOddsOf(probability: number): number {
  return Math.log(probability) - Math.log1p(-probability);
}
