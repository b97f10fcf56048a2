import { present } from '../../src/shared/invariant.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';

/** A stream of its own for each part of the scenario, so that a change in one part leaves the others as they were. */
export function randomStream(seed: number, part: string): Random {
  let hash = seed | 0;
  for (const letter of part) hash = (Math.imul(hash, 31) + letter.charCodeAt(0)) | 0;
  return seededRandom(hash);
}

export function between(random: Random, low: number, high: number): number {
  return low + (high - low) * random.next();
}

/** A whole number from `low` to `high`, both included. */
export function wholeBetween(random: Random, low: number, high: number): number {
  return low + Math.floor((high - low + 1) * random.next());
}

export function chance(random: Random, probability: number): boolean {
  return random.next() < probability;
}

export function pick<Item>(random: Random, items: readonly Item[]): Item {
  return present(items[Math.floor(random.next() * items.length)], 'an item to pick');
}

/** Log-normal with the given median; `spread` is the standard deviation of the logarithm (Box and Muller, 1958). */
export function logNormal(random: Random, median: number, spread: number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random.next()));
  return median * Math.exp(spread * radius * Math.cos(2 * Math.PI * random.next()));
}

/** Poisson by Knuth's product of uniforms; fit for means up to some hundreds. */
export function poisson(random: Random, mean: number): number {
  const floor = Math.exp(-mean);
  let count = 0;
  for (let product = random.next(); product > floor; product *= random.next()) count += 1;
  return count;
}

/** Draws items in proportion to their weights. */
export interface WeightedTable<Item> {
  draw(random: Random): Item;
}

export function weightedTable<Item>(items: readonly Item[], weightOf: (item: Item) => number): WeightedTable<Item> {
  const upTo = new Float64Array(items.length);
  let total = 0;
  items.forEach((item, index) => {
    total += weightOf(item);
    upTo[index] = total;
  });
  return { draw: (random) => present(items[firstAbove(upTo, random.next() * total)], 'a weighted item') };
}

/** Index of the first of the ascending values that exceeds `value`; the last index when none does. */
export function firstAbove(ascending: Float64Array, value: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) > value) high = middle;
    else low = middle + 1;
  }
  return low;
}
