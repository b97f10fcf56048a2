import 'reflect-metadata';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from 'type-graphql';
import { AccessResolver } from './access/access.resolver.ts';
import { ViewerResolver } from './users/viewer.resolver.ts';

const resolvers = [AccessResolver, ViewerResolver] as const;

/** The whole API. Inputs are checked by the services, which know what a value means. */
export function createGraphqlSchema(): Promise<GraphQLSchema> {
  return buildSchema({ resolvers, validate: false });
}
