import { assertWhole } from '../assert.ts';

/**
 * The n-th largest of the values, counted from 1, equal ones counted apart; in linear time on average (Hoare's "Find",
 * CACM 4(7), 1961, with the middle one of three as pivot). The values are left in another order.
 *
 * @throws RangeError unless n is from 1 to the number of values.
 */
export function nthLargest(values: Float64Array, n: number): number {
  assertWhole('n', n, { min: 1, max: values.length });
  const target = n - 1;
  let low = 0;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOfThree(values, low, high);
    let left = low;
    let right = high;
    while (left <= right) {
      while ((values[left] as number) > pivot) left++;
      while ((values[right] as number) < pivot) right--;
      if (left > right) break;
      swap(values, left++, right--);
    }
    if (target <= right) high = right;
    else if (target >= left) low = left;
    else break;
  }
  return values[target] as number;
}

function middleOfThree(values: Float64Array, low: number, high: number): number {
  const first = values[low] as number;
  const middle = values[(low + high) >> 1] as number;
  const last = values[high] as number;
  return Math.max(Math.min(first, middle), Math.min(Math.max(first, middle), last));
}

function swap(values: Float64Array, a: number, b: number): void {
  const kept = values[a] as number;
  values[a] = values[b] as number;
  values[b] = kept;
}
