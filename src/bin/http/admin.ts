import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { JobDashboard } from '../../../jobs/dashboard.ts';
import type { QueueBackend } from '../../../jobs/queues.ts';
import { type AccessService, InvalidCredentialsError, TooManyAttemptsError } from '../../access/index.ts';
import type { Config } from '../../platform/config.ts';
import { hasRole } from '../../shared/actor.ts';
import { LOG_IN_PAGE_POLICY, logInPage } from './admin.page.ts';
import { actorOfToken, bearerToken } from './request-actor.ts';

const COOKIE = 'tributary_admin';
const COOKIE_VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]{20,200})(?:;|$)`);
const LONGEST_FORM_BYTES = 4_096;
const DASHBOARD = '/admin/jobs';
/** Scripts and styles are the dashboard's own files; it sets styles on elements. */
const DASHBOARD_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'; form-action 'none'";

export interface AdminOptions {
  readonly access: AccessService;
  readonly queues: QueueBackend;
  readonly config: Config;
}

/**
 * Pages for admins. A browser keeps the session in a cookie that scripts cannot read and that other sites cannot make
 * it send; programs send the token as they do to the API.
 */
export async function mountAdmin(app: FastifyInstance, options: AdminOptions): Promise<void> {
  app.get('/admin', async (_request, reply) => reply.redirect(DASHBOARD, 303));
  await app.register(async (scope) => mountLogIn(scope, options));
  await app.register(async (scope) => mountDashboard(scope, options));
}

async function mountLogIn(scope: FastifyInstance, { access, config }: AdminOptions): Promise<void> {
  scope.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LONGEST_FORM_BYTES },
    async (_request: FastifyRequest, body: string | Buffer) => new URLSearchParams(String(body)),
  );
  const page = (reply: FastifyReply, failure?: string) =>
    reply
      .header('content-security-policy', LOG_IN_PAGE_POLICY)
      .type('text/html; charset=utf-8')
      .send(logInPage(failure));
  const attributes = `HttpOnly; SameSite=Strict; Path=/admin${config.environment === 'production' ? '; Secure' : ''}`;

  scope.get('/admin/login', async (_request, reply) => page(reply));

  scope.post('/admin/login', async (request, reply) => {
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    try {
      const token = await openAdminSession(access, form, request.ip);
      const maxAge = `Max-Age=${config.sessionTtlHours * 3_600}`;
      return reply.header('set-cookie', `${COOKIE}=${token}; ${maxAge}; ${attributes}`).redirect(DASHBOARD, 303);
    } catch (error) {
      if (error instanceof TooManyAttemptsError) {
        return page(reply.code(429).header('retry-after', error.retryAfterSeconds), error.message);
      }
      if (error instanceof InvalidCredentialsError) return page(reply.code(401), error.message);
      throw error;
    }
  });

  scope.post('/admin/logout', async (request, reply) => {
    const actor = await actorOfToken(adminToken(request), access);
    if (actor.kind === 'USER') await access.logOut(actor);
    return reply.header('set-cookie', `${COOKIE}=; Max-Age=0; ${attributes}`).redirect('/admin/login', 303);
  });
}

/** @throws InvalidCredentialsError also for the right password of a person who is no admin */
async function openAdminSession(access: AccessService, form: URLSearchParams, clientAddress: string): Promise<string> {
  const credentials = { email: form.get('email') ?? '', password: form.get('password') ?? '' };
  const { token } = await access.logIn({ ...credentials, clientAddress });
  const actor = await access.authenticate(token);
  if (hasRole(actor, 'ADMIN')) return token;
  await access.logOut(actor);
  throw new InvalidCredentialsError();
}

async function mountDashboard(scope: FastifyInstance, { access, queues }: AdminOptions): Promise<void> {
  const dashboard = new JobDashboard(queues);
  scope.addHook('onRequest', async (request, reply) => {
    const actor = await actorOfToken(adminToken(request), access);
    if (!hasRole(actor, 'ADMIN')) return refuse(request, reply, actor.kind === 'USER' ? 403 : 401);
    reply.header('content-security-policy', DASHBOARD_POLICY);
    await dashboard.open();
  });
  scope.addHook('onClose', () => dashboard.close());
  await dashboard.mount(scope, DASHBOARD);
}

function refuse(request: FastifyRequest, reply: FastifyReply, status: 401 | 403): FastifyReply {
  if (request.method === 'GET' && request.headers.accept?.includes('text/html')) {
    return reply.redirect('/admin/login', 303);
  }
  const code = status === 401 ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  const message = status === 401 ? 'Log in first.' : 'This is for admins.';
  return reply.code(status).send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}

function adminToken(request: FastifyRequest): string | undefined {
  return bearerToken(request) ?? COOKIE_VALUE.exec(request.headers.cookie ?? '')?.[1];
}
