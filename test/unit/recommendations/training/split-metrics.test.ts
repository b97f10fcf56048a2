import { describe, expect, it } from 'vitest';
import { judge, type SplitMetrics } from '../../../../src/recommendations/training/split-metrics.ts';

const figures = (ndcg: number, users = 500): SplitMetrics => ({
  split: 'TIME',
  users,
  ndcg,
  recall: ndcg,
  popularityNdcg: 0.01,
});

describe('whether a version may take over', () => {
  it('follows from its gain beside that of the one that serves', () => {
    expect(judge(figures(0.2), figures(0.15)).isAccepted).toBe(true);
    expect(judge(figures(0.1801), figures(0.2)).isAccepted).toBe(true);
    expect(judge(figures(0.1799), figures(0.2))).toEqual({
      isAccepted: false,
      outcome: 'nDCG@20 is 0.1799, that of the version that serves 0.2000: lower by more than 10 %.',
    });
  });

  it('is yes where nothing serves yet, or too few people can be judged by', () => {
    expect(judge(figures(0), null).isAccepted).toBe(true);
    expect(judge(figures(0, 49), figures(0.2)).isAccepted).toBe(true);
    expect(judge(figures(0), figures(0.2, 49)).isAccepted).toBe(true);
  });
});
