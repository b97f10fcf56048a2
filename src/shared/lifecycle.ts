import { IllegalTransitionError } from './domain-error.ts';

/** A transition table as data: for each state, the states that may follow it. */
export type Lifecycle<State extends string> = Readonly<Record<State, readonly State[]>>;

/** @throws IllegalTransitionError when the table has no step from `from` to `to`. */
export function assertTransition<State extends string>(
  what: string,
  lifecycle: Lifecycle<State>,
  step: { from: State; to: State },
): void {
  if (!lifecycle[step.from].includes(step.to)) throw new IllegalTransitionError(what, step.from, step.to);
}
