import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { createGraphqlSchema } from '../../../schema/build-schema.ts';
import { createLoaders } from '../../../schema/loaders.ts';
import type { RequestContext } from '../../../schema/shared/context.ts';
import { assertAffordable } from '../../../schema/shared/query-cost.ts';
import { MAX_TOKENS, queryLimitsRule } from '../../../schema/shared/query-limits.ts';
import { assertStorableVariables, storableLiteralsRule } from '../../../schema/shared/storable-input.ts';
import type { Config } from '../../platform/config.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Services } from '../../services.ts';
import { mountExplorer } from './explorer.ts';
import { formatError, reportErrors } from './graphql-errors.ts';
import { statusByMediaType } from './graphql-status.ts';
import { persistedQueries } from './persisted-queries.ts';
import { actorOfToken, bearerToken } from './request-actor.ts';

export interface ApiOptions {
  readonly platform: Platform;
  readonly services: Services;
}

/** Mounts the API at `/graphql`, and its explorer where the schema may be looked at. */
export async function mountGraphql(app: FastifyInstance, { platform, services }: ApiOptions): Promise<void> {
  const { config, logger } = platform;
  const apollo = new ApolloServer<RequestContext>({
    schema: await createGraphqlSchema(),
    introspection: config.introspection,
    // The process has one place that minds signals.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    parseOptions: { maxTokens: MAX_TOKENS },
    maxRecursiveSelections: true,
    validationRules: [queryLimitsRule(), storableLiteralsRule],
    persistedQueries: persistedQueries(platform.cache),
    formatError,
    logger,
    plugins: [...leanPlugins(), checkVariables(config), reportErrors(logger), statusByMediaType()],
  });
  await apollo.start();
  app.addHook('onClose', () => apollo.stop());
  const context = async (request: FastifyRequest): Promise<RequestContext> => {
    const actor = await actorOfToken(bearerToken(request), services.access);
    return {
      actor,
      services,
      loaders: createLoaders({ platform, actor }),
      requestId: request.id,
      clientAddress: request.ip,
    };
  };
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: fastifyApolloHandler(apollo, { context }) });
  if (config.introspection) mountExplorer(app);
}

/** Off is what costs every request something, reports to others, or loads pages from other hosts. */
function leanPlugins(): ApolloServerPlugin<RequestContext>[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}

/** Variables decide on the cost too, so it is known only after validation, whose result is kept by document. */
function checkVariables({ graphqlMaxCost }: Config): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, request, operationName }) => {
        const variables = request.variables ?? {};
        assertStorableVariables(variables);
        assertAffordable({ schema, document, variables, operationName: operationName ?? undefined }, graphqlMaxCost);
      },
    }),
  };
}
