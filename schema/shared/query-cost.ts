import { createRequire } from 'node:module';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
} from 'graphql';
import type { ComplexityEstimator } from 'graphql-query-complexity';

// Its ES build loads the ES build of graphql, and two builds of graphql in one process refuse each other's types.
const { fieldExtensionsEstimator, getComplexity }: typeof import('graphql-query-complexity') = createRequire(
  import.meta.url,
)('graphql-query-complexity');

/** Entries assumed in a list that does not say how many are wanted. */
const ASSUMED_LIST_LENGTH = 10;

/**
 * What a field costs: each object that it may answer with costs 1, and what is asked of it that often. Plain values
 * are free. A field of another price says so itself (`complexity` of type-graphql). A list within a connection is not
 * multiplied again: its length is the `first` of the field that leads to the connection.
 */
const objectsEstimator: ComplexityEstimator = ({ type, field, args, childComplexity }) => {
  if (type.name.startsWith('__') || field.name.startsWith('__')) return 0;
  if (isLeafType(getNamedType(field.type))) return 0;
  return (1 + childComplexity) * lengthOf({ type, field, args });
};

function lengthOf({ type, field, args }: Pick<Parameters<ComplexityEstimator>[0], 'type' | 'field' | 'args'>): number {
  if (typeof args.first === 'number') return Math.max(1, args.first);
  const isList = isListType(getNullableType(field.type));
  return isList && !type.name.endsWith('Connection') ? ASSUMED_LIST_LENGTH : 1;
}

export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Record<string, unknown>;
  readonly operationName: string | undefined;
}

/**
 * Upper bound of the objects that an operation may answer with.
 *
 * @throws GraphQLError for variables or arguments that do not fit, and for fragments that multiply beyond measure
 */
export function costOf({ schema, document, variables, operationName }: CostedOperation): number {
  const operation = operationName === undefined ? {} : { operationName };
  const estimators = [fieldExtensionsEstimator(), objectsEstimator];
  try {
    return getComplexity({ schema, query: document, variables, ...operation, estimators });
  } catch (error) {
    // Never let through unmeasured: the rest of the operation would run although one part of it does not fit.
    if (error instanceof GraphQLError) throw refusal(error.message, { code: 'BAD_USER_INPUT' });
    throw error;
  }
}

/** @throws GraphQLError when the operation costs more than `maxCost` */
export function assertAffordable(operation: CostedOperation, maxCost: number): void {
  const cost = costOf(operation);
  if (cost <= maxCost) return;
  const message = `The operation costs ${cost}, and at most ${maxCost} is allowed: ask for smaller pages.`;
  throw refusal(message, { code: 'QUERY_TOO_COSTLY', cost, maxCost });
}

function refusal(message: string, extensions: { code: string; [key: string]: unknown }): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, http: { status: 400 } } });
}
