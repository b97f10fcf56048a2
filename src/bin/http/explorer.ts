import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ruruHTML } from 'ruru/server';
import { getStaticFile } from 'ruru/static';

const STATIC_PATH = '/explorer/';
const INLINE_SCRIPT = /<script(?: type="module")?>([\s\S]*?)<\/script>/g;

/** The explorer: a page at `GET /graphql` for browsers, and its scripts and styles, all of them from this server. */
export function mountExplorer(app: FastifyInstance): void {
  const html = ruruHTML({ endpoint: '/graphql', staticPath: STATIC_PATH });
  const policy = policyFor(html);
  app.addHook('onRequest', async (request, reply) => {
    if (!asksForPage(request)) return;
    return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(html);
  });
  app.get(`${STATIC_PATH}*`, async (request, reply) => {
    const acceptEncoding = request.headers['accept-encoding'];
    const file = await getStaticFile({ staticPath: STATIC_PATH, urlPath: request.url, acceptEncoding });
    if (!file) return reply.callNotFound();
    // A worker of the page lives by the policy that its own file came with.
    reply.header('content-security-policy', policy);
    reply.headers({ ...file.headers, vary: 'accept-encoding', 'cache-control': 'public, max-age=3600' });
    const isKnown = request.headers['if-none-match'] === file.headers.etag;
    return isKnown ? reply.code(304).send() : reply.send(file.content);
  });
}

function asksForPage({ method, url, headers }: FastifyRequest): boolean {
  return method === 'GET' && url === '/graphql' && (headers.accept ?? '').includes('text/html');
}

/** Scripts of this server and the page's own, known by their digests; nothing from any other host. */
function policyFor(html: string): string {
  const digests = [...html.matchAll(INLINE_SCRIPT)].map(([, script = '']) => {
    return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
  });
  return [
    "default-src 'none'",
    `script-src 'self' ${digests.join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "worker-src 'self' blob:",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
