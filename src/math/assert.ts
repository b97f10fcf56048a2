/**
 * States what a kernel needs of its input. Kernels check once, at the door, and trust their arrays from there on.
 *
 * @throws RangeError with the message when the condition does not hold.
 */
export function assertInput(condition: boolean, message: string): asserts condition {
  if (!condition) throw new RangeError(message);
}

/** @throws RangeError when the value is no whole number from `min` to `max`. */
export function assertWhole(name: string, value: number, bounds: { min: number; max?: number }): void {
  const { min, max = Number.MAX_SAFE_INTEGER } = bounds;
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  throw new RangeError(`${name} must be a whole number from ${min} to ${max}, not ${value}`);
}

/** @throws RangeError when the value is not finite or below `min`. */
export function assertAtLeast(name: string, value: number, min: number): void {
  if (Number.isFinite(value) && value >= min) return;
  throw new RangeError(`${name} must be a finite number of at least ${min}, not ${value}`);
}

/** @throws RangeError at the first value that is no whole number from 0 to `count - 1`. */
export function assertIndices(name: string, indices: ArrayLike<number>, count: number): void {
  for (let p = 0; p < indices.length; p++) {
    const index = indices[p] as number;
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new RangeError(`${name} ${index} at position ${p} must be a whole number from 0 to ${count - 1}`);
    }
  }
}

/** @throws RangeError at the first value that is not finite. */
export function assertFinite(name: string, values: ArrayLike<number>): void {
  for (let p = 0; p < values.length; p++) {
    if (!Number.isFinite(values[p])) throw new RangeError(`${name} at position ${p} must be finite, not ${values[p]}`);
  }
}
