import type { z } from 'zod';
import type { Recommender } from '../../math/recommenders/index.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { type SearchSpace, type SearchSpaceInput, searchSpace } from './search-space.ts';

/** A recommender together with all its settings, also those that nobody gave. */
export interface ConfiguredModel {
  readonly recommender: Recommender;
  readonly params: Readonly<Record<string, unknown>>;
}

/** A model that can be measured by its name. */
export interface RankingModel {
  /** One line for each setting: its name, its default in brackets, what it does. Empty where there is none. */
  readonly help: readonly string[];
  /** What `tune` tries unless told otherwise. */
  readonly space: SearchSpace;
  /** @throws InvalidInputError for a parameter that the model does not have, or a value out of bounds. */
  configure(params: unknown): ConfiguredModel;
}

/** Joins the settings of a model, what may be tried for them, and how it is made. */
export function rankingModel<Params extends Record<string, unknown>>(parts: {
  readonly help: readonly string[];
  readonly schema: z.ZodType<Params>;
  readonly space: { readonly [Name in keyof Params]?: SearchSpaceInput[string] };
  readonly make: (params: Params) => Recommender;
}): RankingModel {
  return {
    help: parts.help,
    space: searchSpace.parse(parts.space),
    configure(given) {
      const params = parseParams(parts.schema, given);
      return { params, recommender: parts.make(params) };
    },
  };
}

/** @throws InvalidInputError that names the parameter. */
export function parseParams<Params>(schema: z.ZodType<Params>, params: unknown): Params {
  const result = schema.safeParse(params);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = ['params', ...(issue?.path ?? [])].join('.');
  throw new InvalidInputError(field, `${field}: ${issue?.message ?? 'is not valid'}`);
}
