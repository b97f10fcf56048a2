import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeenNames } from '../../../src/reconciliation/reading/duplicates.ts';

describe('names that were seen', () => {
  it('are known again by the line on which they came first, whatever order they come in', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 300 }), (names) => {
        const seen = new SeenNames();
        const first = new Map<string, number>();
        names.forEach((name, at) => {
          expect(seen.lineOf(name, at + 1)).toBe(first.get(name) ?? null);
          if (!first.has(name)) first.set(name, at + 1);
        });
      }),
    );
  });

  it('are told apart among two hundred thousand that look alike', () => {
    const seen = new SeenNames();
    let mistaken = 0;
    for (let at = 1; at <= 200_000; at++) if (seen.lineOf(`txn_${at}`, at) !== null) mistaken++;
    expect(mistaken).toBe(0);
    for (let at = 1; at <= 200_000; at += 997) expect(seen.lineOf(`txn_${at}`, 300_000)).toBe(at);
  });
});
