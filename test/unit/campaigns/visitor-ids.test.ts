import { describe, expect, it } from 'vitest';
import { isVisitorId, VisitorIds } from '../../../src/campaigns/visitor-ids.ts';

const seen = { code: '0123456789', address: '192.0.2.1', userAgent: 'Firefox', at: new Date('2026-11-01T08:00:00Z') };

describe('the pseudonym of a visitor without a cookie', () => {
  it('is the same for a second request moments later, in another process too', () => {
    const first = new VisitorIds('a secret of the operator').first(seen);
    const again = new VisitorIds('a secret of the operator').first({
      ...seen,
      at: new Date('2026-11-01T08:00:09.999Z'),
    });
    expect(again).toBe(first);
    expect(isVisitorId(first)).toBe(true);
  });

  it('is another one for anything else', () => {
    const ids = new VisitorIds('a secret of the operator');
    const others = [
      { ...seen, code: '9876543210' },
      { ...seen, address: '192.0.2.2' },
      { ...seen, userAgent: 'Safari' },
      { ...seen, at: new Date('2026-11-01T08:00:10Z') },
    ];
    const all = [seen, ...others].map((visit) => ids.first(visit));
    expect(new Set([...all, new VisitorIds('another secret').first(seen)]).size).toBe(6);
  });

  it('is told from whatever else a cookie may hold', () => {
    for (const text of ['', 'w.', 'w.short', `w.${'a'.repeat(23)}`, `x.${'a'.repeat(22)}`, `w.${'é'.repeat(22)}`]) {
      expect(isVisitorId(text)).toBe(false);
    }
  });
});
