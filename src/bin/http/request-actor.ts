import type { FastifyRequest } from 'fastify';
import type { AccessService } from '../../access/index.ts';
import { type Actor, anonymous } from '../../shared/actor.ts';

const BEARER = /^Bearer ([\w-]{20,200})$/;

/** The session token that the request carries in its `Authorization` header. */
export function bearerToken({ headers }: FastifyRequest): string | undefined {
  return BEARER.exec(headers.authorization ?? '')?.[1];
}

/** The actor behind a session token; anonymous without one. */
export async function actorOfToken(token: string | undefined, access: AccessService): Promise<Actor> {
  return token === undefined ? anonymous : access.authenticate(token);
}
