import { describe, expect, it } from 'vitest';
import { leastAge } from '../../../src/users/index.ts';

describe('the least age that somebody can have', () => {
  it('is as if the birthday were still to come', () => {
    expect(leastAge(2008, new Date('2026-12-31T23:59:59.999Z'))).toBe(17);
    expect(leastAge(2008, new Date('2027-01-01T00:00:00Z'))).toBe(18);
    expect(leastAge(1900, new Date('2026-06-01T00:00:00Z'))).toBe(125);
  });

  it('is nothing for somebody who did not say, and never less', () => {
    expect(leastAge(null, new Date('2026-06-01T00:00:00Z'))).toBe(0);
    expect(leastAge(2026, new Date('2026-06-01T00:00:00Z'))).toBe(0);
    expect(leastAge(2030, new Date('2026-06-01T00:00:00Z'))).toBe(0);
  });
});
