import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Services } from '../../services.ts';
import { localId } from '../../shared/global-id.ts';
import type { FiledStatement, StatementFile, StatementFileFormat } from '../../statements/index.ts';
import { actorOfToken, bearerToken } from './request-actor.ts';
import { statementCsv } from './statement-csv.ts';
import { statementJson } from './statement-json.ts';
import { STATEMENT_PAGE_POLICY, statementPage } from './statement-page.ts';

/** Whoever reads more slowly than this loses the rest: an open statement holds a snapshot of the database as long. */
const SEND_WITHIN_MS = 120_000;
/** Of those that are read at once; each holds a connection to the database. */
const MOST_AT_ONCE = 4;
const RETRY_AFTER_SECONDS = 5;

interface Rendering {
  readonly type: string;
  readonly render: (filed: FiledStatement) => AsyncIterable<string>;
}

const RENDERINGS: Readonly<Record<StatementFileFormat, Rendering>> = {
  JSON: { type: 'application/json; charset=utf-8', render: statementJson },
  CSV: { type: 'text/csv; charset=utf-8', render: statementCsv },
  HTML: { type: 'text/html; charset=utf-8', render: statementPage },
};

const FILE = /^(?<period>[^.]{1,20})\.(?<format>json|csv|html)$/;

type FileServices = Pick<Services, 'access' | 'statementFiles'>;
type StatementRequest = FastifyRequest<{
  Params: { partnerId: string; file: string };
  Querystring: Record<string, unknown>;
}>;

/**
 * Mounts `GET /statements/<global id of the partner>/<month>.json|csv|html`, with `?currency=` where there are several.
 * Programs send the session's token as they do to the API; a browser opens a link that `statementDownload` gave.
 */
export function mountStatements(app: FastifyInstance, services: FileServices): void {
  let underWay = 0;
  app.get('/statements/:partnerId/:file', async (request: StatementRequest, reply) => {
    const file = await fileOf(request, services);
    if (!file) return reply.callNotFound();
    if (underWay >= MOST_AT_ONCE) return refuseForNow(request, reply);
    underWay += 1;
    const done = () => {
      underWay -= 1;
    };
    const body = new PassThrough();
    const sent = send(body, { file, services });
    sent.then(done, (error: unknown) => {
      done();
      body.destroy(error instanceof Error ? error : undefined);
      request.log.warn({ err: error }, 'a statement was not sent to its end');
    });
    return describe(reply, file).send(body);
  });
}

/** @returns null when there is no such file @throws DomainError for those who may not have it */
async function fileOf(
  request: StatementRequest,
  { access, statementFiles }: FileServices,
): Promise<StatementFile | null> {
  const { period, format } = FILE.exec(request.params.file)?.groups ?? {};
  if (period === undefined || format === undefined) return null;
  const [currency, link] = [textOf(request.query.currency), textOf(request.query.link)];
  const partnerId = localId('Partner', request.params.partnerId);
  const named = { partnerId, period, currency, format: format.toUpperCase() as StatementFileFormat };
  if (link !== undefined) return statementFiles.open(named, link);
  return statementFiles.resolve(await actorOfToken(bearerToken(request), access), named);
}

/** A parameter that comes twice is none. */
function textOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}

function send(body: PassThrough, { file, services }: { file: StatementFile; services: FileServices }): Promise<void> {
  const { render } = RENDERINGS[file.format];
  return services.statementFiles.read(file, (filed) =>
    pipeline(Readable.from(render(filed)), body, { signal: AbortSignal.timeout(SEND_WITHIN_MS) }),
  );
}

function describe(reply: FastifyReply, { period, currency, format }: StatementFile): FastifyReply {
  const name = `statement-${period}-${currency}.${format.toLowerCase()}`;
  const disposition = format === 'HTML' ? 'inline' : 'attachment';
  if (format === 'HTML') reply.header('content-security-policy', STATEMENT_PAGE_POLICY);
  return reply
    .type(RENDERINGS[format].type)
    .header('content-disposition', `${disposition}; filename="${name}"`)
    .header('cache-control', 'no-store');
}

function refuseForNow(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const message = 'Too many statements are being read just now: try again in a moment.';
  const extensions = { code: 'TRY_AGAIN', requestId: request.id };
  return reply
    .code(503)
    .header('retry-after', RETRY_AFTER_SECONDS)
    .send({ errors: [{ message, extensions }] });
}
