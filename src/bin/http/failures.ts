import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from '../../shared/domain-error.ts';

/** Statuses of domain errors that are not 400. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  DOWNLOAD_LINK_INVALID: 401,
  FORBIDDEN: 403,
  PAYLOAD_TOO_LARGE: 413,
};

/** Answers every failure outside the API with JSON that tells nothing of the inside. */
export function answerFailures(app: FastifyInstance): void {
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send(failure({ code: 'NOT_FOUND', message: 'There is nothing here.', requestId: request.id })),
  );
  app.setErrorHandler((error: FastifyError | DomainError, request, reply) => {
    if (error instanceof DomainError) {
      const { code, message } = error;
      return reply.code(STATUS_BY_CODE[code] ?? 400).send(failure({ code, message, requestId: request.id }));
    }
    const status = error.statusCode ?? 500;
    const isCallers = status >= 400 && status < 500;
    if (!isCallers) request.log.error({ err: error }, 'a request failed');
    const code = isCallers ? codeOf(status) : 'INTERNAL_SERVER_ERROR';
    const message = isCallers ? error.message : 'Internal error';
    return reply.code(status).send(failure({ code, message, requestId: request.id }));
  });
}

/** Answers an address that cannot even be read, such as `/%`, as one where there is nothing. */
export function answerUnreadableAddress(_error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  const message = 'There is nothing here.';
  reply.code(404).send(failure({ code: 'NOT_FOUND', message, requestId: request.id }));
}

/** `413` is PAYLOAD_TOO_LARGE. */
function codeOf(status: number): string {
  return (STATUS_CODES[status] ?? 'Bad Request').toUpperCase().replaceAll(/\W+/g, '_');
}

/** The form of GraphQL's errors, so that a client of the API reads every failure alike. */
function failure({ code, message, requestId }: { code: string; message: string; requestId: string }) {
  return { errors: [{ message, extensions: { code, requestId } }] };
}
