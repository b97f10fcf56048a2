import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createGraphqlSchema } from '../../../schema/build-schema.ts';
import { createLoaders } from '../../../schema/loaders.ts';
import type { RequestContext } from '../../../schema/shared/context.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Services } from '../../services.ts';
import { anonymous } from '../../shared/actor.ts';

/** Mounts the API at `/graphql`. */
export async function mountGraphql(
  app: FastifyInstance,
  { platform, services }: { platform: Platform; services: Services },
): Promise<void> {
  const apollo = new ApolloServer<RequestContext>({
    schema: await createGraphqlSchema(),
    introspection: platform.config.introspection,
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await apollo.start();
  const context = async (request: FastifyRequest): Promise<RequestContext> => {
    const actor = await actorOf(request, services);
    return { actor, services, loaders: createLoaders({ platform, actor }), requestId: request.id };
  };
  await app.register(fastifyApollo(apollo), { path: '/graphql', context });
}

const BEARER = /^Bearer ([\w-]{20,200})$/;

function actorOf(request: FastifyRequest, services: Services) {
  const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? anonymous : services.access.authenticate(token);
}
