import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { assertWhole } from '../assert.ts';

/** A stream of chance that is the same at every run with the same seed. */
export interface SeededDraws {
  /** In [0, 1). */
  uniform(): number;
  /** From the normal distribution with mean 0 and deviation 1. */
  normal(): number;
  /** From the gamma distribution with this shape, from 1, and scale 1. */
  gamma(shape: number): number;
  /** Puts the elements into a random order, in place. */
  shuffle(elements: Int32Array): void;
}

/** @throws RangeError when the seed is no integer of 32 bits. */
export function seededDraws(seed: number): SeededDraws {
  assertWhole('the seed', seed, { min: -(2 ** 31), max: 2 ** 31 - 1 });
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  const normal = polarNormal(uniform);
  return {
    uniform,
    normal,
    gamma: (shape) => drawGamma(shape, { uniform, normal }),
    shuffle(elements) {
      for (let last = elements.length - 1; last > 0; last--) {
        const other = Math.floor(uniform() * (last + 1));
        const element = elements[last] as number;
        elements[last] = elements[other] as number;
        elements[other] = element;
      }
    },
  };
}

/** Marsaglia's polar method, which yields two at a time. */
function polarNormal(uniform: () => number): () => number {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    for (;;) {
      const x = 2 * uniform() - 1;
      const y = 2 * uniform() - 1;
      const square = x * x + y * y;
      if (square === 0 || square >= 1) continue;
      const stretch = Math.sqrt((-2 * Math.log(square)) / square);
      spare = y * stretch;
      return x * stretch;
    }
  };
}

/** Marsaglia and Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3), 2000. */
function drawGamma(shape: number, { uniform, normal }: { uniform(): number; normal(): number }): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}
