/**
 * A pseudo-random number from 0 to 2^32 - 1 that depends on nothing but seed, user and item: which of two equal scores
 * ranks first is a coin toss, yet the same at every run, in any order of users and on any machine.
 * Mixing step: the finaliser of MurmurHash3 (Appleby, public domain).
 *
 * @param seed Any 32-bit integer.
 */
export function tieKey(seed: number, user: number, item: number): number {
  return mix(mix(mix(seed) ^ user) ^ item) >>> 0;
}

function mix(value: number): number {
  let h = (value + 0x9e3779b9) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
