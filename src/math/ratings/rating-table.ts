import { assertFinite, assertIndices, assertInput, assertWhole } from '../assert.ts';

/** Ratings in any order: user `users[r]` gave item `items[r]` the rating `values[r]`, on any finite scale. */
export interface RatingData {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: ArrayLike<number>;
  readonly items: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

/** Ratings grouped by one side: those of group g are `offsets[g]` to `offsets[g + 1] - 1`. */
export interface RatingGroups {
  readonly offsets: Int32Array;
  /** The other side of each rating: items when grouped by user, users when grouped by item. */
  readonly others: Int32Array;
  readonly values: Float64Array;
}

/** The same ratings in two orders, so that a kernel walks either side through memory in a line. */
export interface RatingTable {
  readonly userCount: number;
  readonly itemCount: number;
  readonly count: number;
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  /** By user, and by item within a user, whatever order they came in: what is learnt does not depend on it. */
  readonly byUser: RatingGroups;
  /** By item, and by user within an item; `positions` says where each rating stands in `byUser`. */
  readonly byItem: RatingGroups & { readonly positions: Int32Array };
}

const MAX_COUNT = 2 ** 31 - 1;

/**
 * @throws RangeError when there is no rating, lists differ in length, an index is out of bounds, or a value is not
 * finite. Somebody may rate an item more than once: each of the ratings counts.
 */
export function tabulateRatings(data: RatingData): RatingTable {
  checkRatings(data);
  const { userCount, itemCount, users, items, values } = data;
  const input = Int32Array.from({ length: values.length }, (_, r) => r);
  const byItemOnly = sortedBy(items, itemCount, input);
  const byUser = grouped({ groups: users, count: userCount, others: items, values }, byItemOnly.order);
  const user = { order: byUser.order, rank: new Int32Array(values.length) };
  user.order.forEach((rating, position) => {
    user.rank[rating] = position;
  });
  const byItem = grouped({ groups: items, count: itemCount, others: users, values }, user.order);
  const sum = byUser.values.reduce((a, b) => a + b, 0);
  return {
    userCount,
    itemCount,
    count: values.length,
    mean: sum / values.length,
    min: byUser.values.reduce((a, b) => Math.min(a, b)),
    max: byUser.values.reduce((a, b) => Math.max(a, b)),
    byUser,
    byItem: { ...byItem, positions: byItem.order.map((rating) => user.rank[rating] as number) },
  };
}

function checkRatings({ userCount, itemCount, users, items, values }: RatingData): void {
  assertWhole('userCount', userCount, { min: 1, max: MAX_COUNT });
  assertWhole('itemCount', itemCount, { min: 1, max: MAX_COUNT });
  assertInput(values.length > 0, 'there must be a rating');
  const sameLength = users.length === values.length && items.length === values.length;
  assertInput(sameLength, 'users, items and values must have the same length');
  assertIndices('user', users, userCount);
  assertIndices('item', items, itemCount);
  assertFinite('rating', values);
}

interface Side {
  readonly groups: ArrayLike<number>;
  readonly count: number;
  readonly others: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

function grouped({ groups, count, others, values }: Side, input: Int32Array): RatingGroups & { order: Int32Array } {
  const { offsets, order } = sortedBy(groups, count, input);
  return {
    offsets,
    order,
    others: order.map((rating) => others[rating] as number),
    values: Float64Array.from(order, (rating) => values[rating] as number),
  };
}

/** A stable counting sort of the ratings in `input` by their group. */
function sortedBy(
  groups: ArrayLike<number>,
  count: number,
  input: Int32Array,
): { offsets: Int32Array; order: Int32Array } {
  const offsets = new Int32Array(count + 1);
  for (const rating of input) {
    const group = groups[rating] as number;
    offsets[group + 1] = (offsets[group + 1] as number) + 1;
  }
  for (let g = 0; g < count; g++) offsets[g + 1] = (offsets[g + 1] as number) + (offsets[g] as number);
  const next = offsets.slice();
  const order = new Int32Array(input.length);
  for (const rating of input) {
    const group = groups[rating] as number;
    const place = next[group] as number;
    order[place] = rating;
    next[group] = place + 1;
  }
  return { offsets, order };
}
