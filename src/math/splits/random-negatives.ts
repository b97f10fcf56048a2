import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { assertInput, assertWhole } from '../assert.ts';
import type { CsrMatrix } from '../sparse/index.ts';

/**
 * Draws distinct items that a user never touched, each as likely as any other, for one user after another.
 *
 * @param touched Users by items: all that is known of the users, train and test together.
 * @param options `users`: rows, one draw for each; `count` from 1; `seed` any 32-bit integer.
 * @throws RangeError when a user has fewer untouched items than are asked for, or an option is out of bounds.
 */
export function drawNegatives(
  touched: CsrMatrix,
  { users, count, seed }: { users: ArrayLike<number>; count: number; seed: number },
): Int32Array[] {
  assertWhole('the count', count, { min: 1, max: 1_000_000 });
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  const random = xoroshiro128plus(seed);
  return Array.from(users, (user) => {
    const taken = new Set<number>(touched.row(user).indices);
    const free = touched.columnCount - taken.size;
    assertInput(free >= count, `user ${user} has ${free} untouched items, fewer than the ${count} to draw`);
    return Int32Array.from({ length: count }, () => {
      let item: number;
      do item = uniformInt(random, 0, touched.columnCount - 1);
      while (taken.has(item));
      taken.add(item);
      return item;
    });
  });
}
