import { expect, it } from 'vitest';
import { InteractionColumns } from '../../../src/interactions/interaction-columns.ts';

it('numbers people as they come and contents in the order of their ids, over any number of rows', () => {
  const columns = new InteractionColumns();
  for (let at = 0; at < 3_000; at++) {
    const row = { kind: at % 7, occurredAtMs: at, value: at % 2 === 0 ? Number.NaN : at };
    columns.add({ userId: `u${at % 10}`, contentId: `c${9 - (at % 3)}`, ...row });
  }
  columns.finish();
  expect(columns.length).toBe(3_000);
  expect(columns.userCount).toBe(10);
  expect(columns.contentIds).toEqual(['c7', 'c8', 'c9']);
  expect(Array.from(columns.users.subarray(0, 12))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
  expect(Array.from(columns.contents.subarray(0, 4))).toEqual([2, 1, 0, 2]);
  expect(columns.kinds).toHaveLength(3_000);
  expect([columns.occurredAtMs[2_999], columns.values[2_999], columns.kinds[2_999]]).toEqual([2_999, 2_999, 2_999 % 7]);
});

it('has no rows and no contents of nothing', () => {
  const columns = new InteractionColumns();
  columns.finish();
  expect([columns.users.length, columns.contentIds, columns.userCount]).toEqual([0, [], 0]);
});
