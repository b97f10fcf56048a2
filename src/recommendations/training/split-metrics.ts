/** How a model that was trained on the past did on what people did next. */
export interface SplitMetrics {
  /** TIME: the newest tenth was held out. TENTH: all happened at one time, so that every tenth one was. */
  readonly split: 'TIME' | 'TENTH';
  /** People who count: they did something before and something new after. At most `MOST_JUDGED`. */
  readonly users: number;
  /** Means over the people, of the first 20: normalised discounted cumulative gain and recall. 0 without people. */
  readonly ndcg: number;
  readonly recall: number;
  /** The gain of popularity alone, on the same people. */
  readonly popularityNdcg: number;
}

/** With fewer people the figures say little, and nobody is turned away by them. */
export const LEAST_JUDGED = 50;
export const MOST_JUDGED = 2_000;
/** By so much, relative to that of the version that serves, the gain may fall: splits of two days are not the same. */
export const TOLERANCE = 0.1;

export interface Verdict {
  readonly isAccepted: boolean;
  readonly outcome: string;
}

/**
 * Whether a newly trained version may take over from the one that serves: its gain on its own split must not be lower
 * than that of the other, on the split of then, by more than `TOLERANCE`.
 *
 * @param incumbent figures of the version that serves; null without one, or when it was never measured
 */
export function judge(candidate: SplitMetrics, incumbent: SplitMetrics | null): Verdict {
  if (!incumbent) return { isAccepted: true, outcome: 'No measured version serves yet.' };
  if (candidate.users < LEAST_JUDGED || incumbent.users < LEAST_JUDGED) {
    return { isAccepted: true, outcome: `Fewer than ${LEAST_JUDGED} people can be judged by.` };
  }
  const figures = `nDCG@20 is ${candidate.ndcg.toFixed(4)}, that of the version that serves ${incumbent.ndcg.toFixed(4)}`;
  if (candidate.ndcg >= (1 - TOLERANCE) * incumbent.ndcg) return { isAccepted: true, outcome: `${figures}.` };
  return { isAccepted: false, outcome: `${figures}: lower by more than ${TOLERANCE * 100} %.` };
}
