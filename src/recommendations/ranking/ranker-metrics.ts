/** How a ranker did on the latest fifth of what was shown, which it was not shown itself. */
export interface RankerMetrics {
  /** Places of feeds that were judged, and how many of them were clicked. */
  readonly examples: number;
  readonly clicks: number;
  /** Mean of -log of the chance that it gave to what happened, click or not, knowing the place; 0 is best. */
  readonly logLoss: number;
  /** How likely what was clicked has a higher score than what was not; null when all were, or none. */
  readonly auc: number | null;
  /** The same of the rule by hand, with as much to learn the effect of places from. */
  readonly priorLogLoss: number;
  readonly priorAuc: number | null;
  /** The same of the version that served; null without one. */
  readonly servingLogLoss: number | null;
  readonly servingAuc: number | null;
}

export interface RankerVerdict {
  readonly isAccepted: boolean;
  readonly outcome: string;
}

/**
 * Whether a newly trained ranker may take over: it must give what happened no lower chances than the version that serves
 * and the rule by hand did, on the same examples, which none of them has learnt from.
 */
export function judgeRanker({ logLoss, priorLogLoss, servingLogLoss }: RankerMetrics): RankerVerdict {
  const rivals = [
    { name: 'the rule by hand', loss: priorLogLoss },
    ...(servingLogLoss === null ? [] : [{ name: 'the version that serves', loss: servingLogLoss }]),
  ];
  const told = rivals.map(({ name, loss }) => `that of ${name} ${loss.toFixed(4)}`).join(', ');
  const isAccepted = rivals.every(({ loss }) => logLoss <= loss);
  return { isAccepted, outcome: `Log-loss is ${logLoss.toFixed(4)}, ${told}${isAccepted ? '.' : ': it is worse.'}` };
}
