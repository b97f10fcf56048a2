/** Raised when only a bug can be the cause. Never caught to go on. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * States what must hold if the program is right.
 *
 * @throws InvariantError when it does not hold.
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantError(message);
}

/** Narrows a value that only a bug can leave empty. */
export function present<T>(value: T | null | undefined, what: string): T {
  invariant(value !== null && value !== undefined, `${what} is missing`);
  return value;
}
