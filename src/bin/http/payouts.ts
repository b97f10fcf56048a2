import type { FastifyInstance, FastifyReply } from 'fastify';
import type { AccessService } from '../../access/index.ts';
import { NoPayoutFileError, type PayoutBatchService, StaleBatchError } from '../../payouts/index.ts';
import { DomainError, ForbiddenError, InvalidInputError, UnauthenticatedError } from '../../shared/domain-error.ts';
import { localId } from '../../shared/global-id.ts';
import { actorOfToken, bearerToken } from './request-actor.ts';

const SUFFIX = '.csv';

/**
 * Mounts `GET /payouts/<global id of the batch>.csv` for finance staff, who send the token as they do to the API. The
 * digest in the answer is the one that was recorded at the approval (RFC 9530).
 */
export function mountPayoutFiles(
  app: FastifyInstance,
  { access, payoutBatches }: { access: AccessService; payoutBatches: PayoutBatchService },
): void {
  app.get<{ Params: { file: string } }>('/payouts/:file', async (request, reply) => {
    const { file } = request.params;
    try {
      if (!file.endsWith(SUFFIX)) return reply.callNotFound();
      const actor = await actorOfToken(bearerToken(request), access);
      const batchId = localId('PayoutBatch', file.slice(0, -SUFFIX.length));
      return await sendFile(reply, { file, ...(await payoutBatches.file(actor, batchId)) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const { message, code } = error;
      return reply.code(statusOf(error)).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
    }
  });
}

async function sendFile(
  reply: FastifyReply,
  { file, content, sha256 }: { file: string; content: string; sha256: string },
) {
  const digest = Buffer.from(sha256, 'hex').toString('base64');
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="payouts-${file}"`)
    .header('cache-control', 'no-store')
    .header('repr-digest', `sha-256=:${digest}:`)
    .send(content);
}

function statusOf(error: DomainError): number {
  if (error instanceof UnauthenticatedError) return 401;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof InvalidInputError) return 404;
  return error instanceof NoPayoutFileError || error instanceof StaleBatchError ? 409 : 400;
}
