import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { RequestContext } from '../../../schema/shared/context.ts';
import type { Logger } from '../../platform/logger.ts';
import { DomainError } from '../../shared/domain-error.ts';

/** What the caller may know of an error. */
type Verdict = 'CALLER' | 'DOMAIN' | 'INTERNAL';

const SUGGESTION = / ?Did you mean .+\?$/s;

/**
 * The form in which an error leaves: failures of the domain with their code and data, mistakes in the request as they
 * are but without hints at the schema, and everything else as "Internal error" with nothing but the request's id.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const { message, extensions, ...place } = formatted;
  const cause = causeOf(error);
  switch (verdictOn(error)) {
    case 'DOMAIN':
      return { message, ...place, extensions: { ...dataOf(cause as DomainError), requestId: extensions?.requestId } };
    case 'CALLER':
      return { message: message.replace(SUGGESTION, ''), ...place, extensions: { ...extensions, ...codeOf(error) } };
    case 'INTERNAL':
      return {
        message: 'Internal error',
        ...place,
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: extensions?.requestId },
      };
  }
}

/** Logs what is masked, and names the request in every error, so that a report can be found in the log. */
export function reportErrors(logger: Logger): ApolloServerPlugin<RequestContext> {
  return {
    contextCreationDidFail: async ({ error }) => logger.error({ err: error }, 'a request could not be prepared'),
    unexpectedErrorProcessingRequest: async ({ requestContext, error }) => {
      logger.error({ err: error, requestId: requestContext.contextValue.requestId }, 'a request failed');
    },
    requestDidStart: async () => ({
      didEncounterErrors: async ({ errors, contextValue, operationName }) => {
        const { requestId } = contextValue;
        for (const error of errors) {
          error.extensions.requestId = requestId;
          if (verdictOn(error) !== 'INTERNAL') continue;
          logger.error({ err: causeOf(error), requestId, operationName, path: error.path }, 'a resolver failed');
        }
      },
    }),
  };
}

/**
 * A resolver's error has a path and an original. Where the original is an error of graphql that points into the
 * document, an argument did not fit, which only the caller can mend; without a place in the document it was our value
 * that did not fit the schema. What fails before any resolver has a code, or no original, unless it is our failure.
 */
function verdictOn(error: unknown): Verdict {
  const cause = causeOf(error);
  if (cause instanceof DomainError) return 'DOMAIN';
  if (!(error instanceof GraphQLError)) return 'INTERNAL';
  const { path, originalError, extensions } = error;
  if (originalError === undefined) return 'CALLER';
  if (path === undefined) return extensions.code === undefined ? 'INTERNAL' : 'CALLER';
  return cause instanceof GraphQLError && cause.nodes !== undefined ? 'CALLER' : 'INTERNAL';
}

function causeOf(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

/** Fields of the error beside what every error has: `field`, `key`, `retryAfterSeconds`. */
function dataOf({ name, message, stack, cause, ...data }: DomainError): { code: string } {
  return data;
}

/** Apollo gives every refused document one code: the code of the rule that refused it says more. */
function codeOf(error: unknown): { code?: unknown } {
  const cause = causeOf(error);
  const code = cause instanceof GraphQLError ? cause.extensions.code : undefined;
  // Apollo's and graphql's word for refusals that have no code of their own, and they are the caller's to mend.
  if (code === 'INTERNAL_SERVER_ERROR') return { code: 'BAD_REQUEST' };
  if (code !== undefined) return { code };
  if (!(error instanceof GraphQLError)) return {};
  // An argument that fails while the operation runs has no code of its own, nor have some refusals of Apollo.
  if (error.path !== undefined) return { code: 'BAD_USER_INPUT' };
  return error.extensions.code === undefined ? { code: 'BAD_REQUEST' } : {};
}
