import { describe, expect, it } from 'vitest';
import { AllocationInputError, guaranteeTopUp } from '../../../../src/math/allocation/index.ts';

describe('guaranteeTopUp', () => {
  it.each<[what: string, earned: bigint, guaranteed: bigint, topUp: bigint]>([
    ['what is missing', 30_000n, 50_000n, 20_000n],
    ['nothing when it is just reached', 50_000n, 50_000n, 0n],
    ['nothing above it', 50_001n, 50_000n, 0n],
    ['all of it when nothing was earned', 0n, 50_000n, 50_000n],
    ['more than it when refunds exceeded sales', -1_000n, 50_000n, 51_000n],
    ['nothing when nothing is guaranteed', 10n, 0n, 0n],
  ])('is %s', (_, earnedMinor, guaranteedMinor, topUp) => {
    expect(guaranteeTopUp({ earnedMinor, guaranteedMinor })).toBe(topUp);
  });

  it('refuses a negative guarantee', () => {
    expect(() => guaranteeTopUp({ earnedMinor: 0n, guaranteedMinor: -1n })).toThrow(AllocationInputError);
  });
});
