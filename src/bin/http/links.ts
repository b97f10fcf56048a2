import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkVisitService } from '../../campaigns/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { RateRule } from '../../platform/rate-limiter.ts';

const COOKIE = 'tributary_visitor';
const COOKIE_VALUE = new RegExp(`(?:^|;\\s*)${COOKIE}=([^;\\s]*)`);
/** The longest that a touchpoint can earn credit. */
const COOKIE_SECONDS = 365 * 24 * 3_600;
/** Enough for an office behind one address that opens the same mail; too few to look for codes. */
const FROM_ADDRESS: RateRule = { name: 'link-address', limit: 600, windowSeconds: 60 };
const PURPOSES = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz'] as const;

/**
 * Mounts `GET /l/<code>`: leads to what was registered for the code, and nowhere else, by a redirect that nobody may
 * store. Nothing of the request goes into the answer. The click is kept before the answer
 * goes out (`LinkVisitService`).
 */
export function mountLinks(
  app: FastifyInstance,
  { platform, linkVisits }: { platform: Platform; linkVisits: LinkVisitService },
): void {
  const isSecure = platform.config.environment === 'production';
  app.addHook('onClose', () => linkVisits.settle());
  app.route<{ Params: { code: string } }>({
    method: ['GET', 'HEAD'],
    url: '/l/:code',
    handler: async (request, reply) => {
      const waitMs = await waitOf(request, platform);
      if (waitMs > 0) {
        reply.header('retry-after', Math.ceil(waitMs / 1_000));
        return say(reply, 429, 'Too many links were opened from here: try again in a moment.');
      }
      const answer = await linkVisits.open(request.params.code, visitorOf(request));
      if (!answer) return say(reply, 404, 'There is no such link, or it is no longer in use.');
      if (answer.newVisitorId !== null) reply.header('set-cookie', cookieOf(answer.newVisitorId, isSecure));
      return reply.code(302).headers({ location: answer.destination, 'cache-control': 'no-store' }).send();
    },
  });
}

/** A limit that cannot be counted holds nobody up. */
async function waitOf(request: FastifyRequest, { rateLimiter }: Platform): Promise<number> {
  try {
    return await rateLimiter.take(FROM_ADDRESS, request.ip);
  } catch (error) {
    request.log.error({ err: error }, 'links were not counted');
    return 0;
  }
}

function visitorOf({ method, headers, ip }: FastifyRequest) {
  return {
    method,
    userAgent: headers['user-agent'] ?? null,
    purpose: PURPOSES.map((name) => headers[name] ?? '').join(' '),
    cookie: COOKIE_VALUE.exec(headers.cookie ?? '')?.[1] ?? null,
    address: ip,
  };
}

/** Of this host alone, unseen by scripts, and sent along when somebody follows a link to us. */
function cookieOf(visitorId: string, isSecure: boolean): string {
  const secure = isSecure ? '; Secure' : '';
  return `${COOKIE}=${visitorId}; Max-Age=${COOKIE_SECONDS}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

function say(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
