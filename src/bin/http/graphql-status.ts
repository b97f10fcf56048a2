import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestContext } from '../../../schema/shared/context.ts';

/**
 * GraphQL over HTTP: with the old media type `application/json` a well-formed request is answered with 200 even when
 * the document is refused, since such clients take another status for a failure of a proxy. With
 * `application/graphql-response+json` the status says what happened.
 */
export function statusByMediaType(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response, source }) => {
        const isNew = request.http?.headers.get('accept')?.includes('application/graphql-response+json');
        const isDocumentRefused = source !== undefined && response.http.status === 400;
        if (!isNew && isDocumentRefused) response.http.status = 200;
      },
    }),
  };
}
