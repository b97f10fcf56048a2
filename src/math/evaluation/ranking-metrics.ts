/**
 * The head of one learner's ranking as marks, best rank first: 1 where the item is relevant, 0 where it is not. May be
 * shorter than k, when there were fewer candidates.
 */
export type RankingMarks = Uint8Array;

interface Cut {
  /** Length of the head that counts, from 1. */
  readonly k: number;
  /** Relevant items in all, from 1: also those outside the head. */
  readonly relevantCount: number;
}

/** Relevant items in the first k, divided by all relevant items. In [0, 1]; below 1 where there are more than k. */
export function recallAt(marks: RankingMarks, { k, relevantCount }: Cut): number {
  return countHits(marks, k) / relevantCount;
}

/**
 * Discounted gain of the first k over that of an ideal ranking cut at k, with binary relevance: each hit at rank r (from
 * 1) gains 1 / log2(r + 1). In [0, 1]. Source: Jarvelin and Kekalainen, ACM TOIS 20(4), 2002.
 */
export function ndcgAt(marks: RankingMarks, { k, relevantCount }: Cut): number {
  let gain = 0;
  for (let r = 0; r < Math.min(k, marks.length); r++) gain += (marks[r] as number) / Math.log2(r + 2);
  let ideal = 0;
  for (let r = 0; r < Math.min(k, relevantCount); r++) ideal += 1 / Math.log2(r + 2);
  return gain / ideal;
}

/**
 * Average precision: the mean of the precision at the rank of each hit in the first k, divided by what k could hold,
 * min(k, all relevant items). In [0, 1].
 */
export function averagePrecisionAt(marks: RankingMarks, { k, relevantCount }: Cut): number {
  let [hits, sum] = [0, 0];
  for (let r = 0; r < Math.min(k, marks.length); r++) {
    if (marks[r] === 0) continue;
    hits++;
    sum += hits / (r + 1);
  }
  return sum / Math.min(k, relevantCount);
}

function countHits(marks: RankingMarks, k: number): number {
  let hits = 0;
  for (let r = 0; r < Math.min(k, marks.length); r++) hits += marks[r] as number;
  return hits;
}
