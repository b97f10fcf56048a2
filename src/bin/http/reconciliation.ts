import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../../services.ts';
import { requireRole } from '../../shared/actor.ts';
import { InvalidInputError } from '../../shared/domain-error.ts';
import { globalId } from '../../shared/global-id.ts';
import { readInstant } from '../read-instant.ts';
import { actorOfToken, bearerToken } from './request-actor.ts';

type UploadRequest = FastifyRequest<{ Querystring: Record<string, unknown>; Body: Readable | undefined }>;

/**
 * Mounts `POST /reconciliation/files?profile=stripe[&provider=...][&name=...][&from=...&until=...]` for finance staff,
 * who send the token as they do to the API. The body is the file as it is; it goes to the disk as it comes, and never into memory as a whole.
 */
export async function mountSettlementFiles(
  app: FastifyInstance,
  { access, reconciliation }: Pick<Services, 'access' | 'reconciliation'>,
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.post(
      '/reconciliation/files',
      { config: { takesLongBodies: true } },
      async (request: UploadRequest, reply) => {
        const actor = await actorOfToken(bearerToken(request), access);
        requireRole(actor, 'FINANCE', 'ADMIN');
        const { profile, provider, name, from, until } = request.query;
        const upload = {
          profile: textOf('profile', profile) ?? '',
          provider: textOf('provider', provider),
          fileName: textOf('name', name) ?? 'upload',
          from: instantOf('from', from),
          until: instantOf('until', until),
        };
        const { runId, jobId, isNew } = await reconciliation.upload(actor, upload, request.body ?? Readable.from([]));
        const ids = { runId: globalId('ReconciliationRun', runId), jobId: globalId('Job', jobId) };
        return reply.code(isNew ? 202 : 200).send({ ...ids, isNew });
      },
    );
  });
}

/** @throws InvalidInputError unless it is an instant with its time zone */
function instantOf(name: string, parameter: unknown): Date | undefined {
  const text = textOf(name, parameter);
  return text === undefined ? undefined : readInstant(name, text);
}

/** @throws InvalidInputError when the parameter comes twice */
function textOf(name: string, parameter: unknown): string | undefined {
  if (parameter === undefined || typeof parameter === 'string') return parameter;
  throw new InvalidInputError(name, `"${name}" is given once.`);
}
