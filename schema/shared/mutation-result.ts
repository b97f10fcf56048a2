import { createUnionType, Mutation } from 'type-graphql';
import type { FailureType } from './user-error.ts';

/** What a mutation answers: its success, or one of the failures that it declares. */
export interface MutationResult {
  readonly type: object;
  readonly failures: readonly FailureType[];
}

export function mutationResult(options: {
  name: string;
  success: new () => object;
  failures: readonly FailureType[];
}): MutationResult {
  const members = [options.success, ...options.failures] as const;
  const type = createUnionType({
    name: options.name,
    description: `${options.success.name.replace(/Type$/, '')}, or why not.`,
    types: () => members,
  });
  return { type, failures: options.failures };
}

/**
 * A mutation whose declared domain errors become members of the result. Services throw, so that their transaction
 * rolls back; here, outside of it, the error turns into data. Every other error goes on as it is.
 */
export function ResultMutation(result: MutationResult, options: { description: string }): MethodDecorator {
  return (target, key, descriptor: PropertyDescriptor) => {
    const resolve = descriptor.value as (...args: unknown[]) => Promise<unknown>;
    descriptor.value = async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      try {
        return await resolve.apply(this, args);
      } catch (error) {
        const failure = result.failures.find((candidate) => error instanceof candidate.source);
        if (!failure) throw error;
        return Object.assign(new failure(), error, { message: (error as Error).message });
      }
    };
    Mutation(() => result.type, options)(target, key, descriptor);
  };
}
