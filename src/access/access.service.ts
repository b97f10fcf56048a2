import { createHash, randomBytes } from 'node:crypto';
import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { verify } from '@node-rs/argon2';
import { sql } from 'kysely';
import type { PartnerMemberSchema } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import type { RateRule } from '../platform/rate-limiter.ts';
import { type Actor, anonymous, type MemberRole, type Role, requireUser } from '../shared/actor.ts';
import { normaliseEmail } from '../shared/email.ts';
import type { SignUpInput, User, UserSchema, UserService } from '../users/index.ts';
import { InvalidCredentialsError, TooManyAttemptsError } from './access.errors.ts';
import { Session, type SessionSchema } from './session.entity.ts';

type Tables = InferKyselyDB<typeof SessionSchema | typeof UserSchema | typeof PartnerMemberSchema>;

export interface OpenedSession {
  readonly user: User;
  /** Shown this once; only its hash is kept. */
  readonly token: string;
  readonly expiresAt: Date;
}

export interface LogInInput {
  readonly email: string;
  readonly password: string;
  /** Network address of the caller. */
  readonly clientAddress: string;
}

/**
 * An account is throttled for each address apart, so that nobody can lock its owner out from elsewhere; an address is
 * throttled over all accounts, against trying one password on many.
 */
const ATTEMPTS_ON_ACCOUNT: RateRule = { name: 'log-in-account', limit: 10, windowSeconds: 900 };
const ATTEMPTS_FROM_ADDRESS: RateRule = { name: 'log-in-address', limit: 100, windowSeconds: 900 };
/** Room for a class that signs up together behind one address, and none for making accounts by the thousand. */
const SIGN_UPS_FROM_ADDRESS: RateRule = { name: 'sign-up-address', limit: 100, windowSeconds: 3_600 };

const TOKEN_BYTES = 32;
/** A hash of nothing anybody knows: checking it makes an unknown address take as long as a known one. */
const DECOY_HASH = '$argon2id$v=19$m=19456,t=2,p=1$8AQbaB9CElxXD2OLHE5K5A$IpRHM1Te36RFQAhMYCf4jT408BZJkE5cSNau+E4dnYs';

/** Who is asking: log-in, log-out, and from a token to an actor. */
export class AccessService {
  readonly #platform: Platform;
  readonly #users: UserService;

  constructor(platform: Platform, users: UserService) {
    this.#platform = platform;
    this.#users = users;
  }

  /**
   * Makes a learner's account and opens its first session.
   *
   * @param input with the network address of the caller
   * @throws TooManyAttemptsError before anything is looked at: whether an address has an account is not told at will
   * @throws InvalidInputError
   * @throws EmailTakenError
   */
  async signUp({ clientAddress, ...input }: SignUpInput & { readonly clientAddress: string }): Promise<OpenedSession> {
    await this.#countAttempt(SIGN_UPS_FROM_ADDRESS, clientAddress);
    return this.openSession(await this.#users.signUp(input));
  }

  /**
   * @throws TooManyAttemptsError before the password is looked at, right or wrong
   * @throws InvalidCredentialsError
   */
  async logIn({ email, password, clientAddress }: LogInInput): Promise<OpenedSession> {
    const { database, rateLimiter } = this.#platform;
    const account = `${normaliseEmail(email) ?? ''} ${clientAddress}`;
    // Counted before the password is checked, since guesses that come together must not all pass the count.
    await this.#countAttempt(ATTEMPTS_FROM_ADDRESS, clientAddress);
    await this.#countAttempt(ATTEMPTS_ON_ACCOUNT, account);
    const user = await this.#users.findByEmail(database.orm.em.fork(), email);
    const matches = await verify(user?.passwordHash ?? DECOY_HASH, password.normalize('NFKC'));
    if (!user?.passwordHash || !matches) throw new InvalidCredentialsError();
    await rateLimiter.restore(ATTEMPTS_ON_ACCOUNT, account);
    return this.openSession(user);
  }

  /** Opens a session without asking for a password: for a person who signed up just now. */
  async openSession(user: User): Promise<OpenedSession> {
    const { clock, config, database, ids } = this.#platform;
    const token = randomBytes(TOKEN_BYTES).toString('base64url');
    const now = clock.now();
    const expiresAt = new Date(now.getTime() + config.sessionTtlHours * 3_600_000);
    await database.transaction(async (em) => {
      em.create(
        Session,
        { id: ids.next(), userId: user.id, tokenHash: hashToken(token), createdAt: now, expiresAt },
        { persist: true },
      );
    });
    return { user, token, expiresAt };
  }

  /** Ends the session that the request came with and says when. @throws UnauthenticatedError */
  async logOut(actor: Actor): Promise<Date> {
    const { sessionId } = requireUser(actor);
    const now = this.#platform.clock.now();
    await this.#platform.database.transaction(async (em) => {
      const session = await em.findOneOrFail(Session, { id: sessionId });
      session.revoke(now);
    });
    return now;
  }

  /** The actor behind a token; anonymous when it is unknown, expired or revoked. One statement. */
  async authenticate(token: string): Promise<Actor> {
    const row = await this.#platform.database
      .read<Tables>()
      .selectFrom('sessions')
      .innerJoin('users', 'users.id', 'sessions.user_id')
      .leftJoin('partner_members', 'partner_members.user_id', 'users.id')
      .select(['sessions.id as sessionId', 'users.id as userId', 'users.roles', 'users.country'])
      .select(sql<string[]>`array_remove(array_agg(partner_members.partner_id::text), null)`.as('partnerIds'))
      .select(sql<MemberRole[]>`array_remove(array_agg(partner_members.role), null)`.as('memberRoles'))
      .where('sessions.token_hash', '=', hashToken(token))
      .where('sessions.revoked_at', 'is', null)
      .where('sessions.expires_at', '>', this.#platform.clock.now())
      .groupBy(['sessions.id', 'users.id'])
      .executeTakeFirst();
    if (!row) return anonymous;
    const memberships = row.partnerIds.map((partnerId, at) => ({ partnerId, role: row.memberRoles[at] ?? 'VIEWER' }));
    const roles: readonly Role[] = row.roles;
    const { userId, sessionId, country } = row;
    return { kind: 'USER', userId, sessionId, country, roles, memberships };
  }

  async #countAttempt(rule: RateRule, subject: string): Promise<void> {
    const waitMs = await this.#platform.rateLimiter.take(rule, subject);
    if (waitMs > 0) throw new TooManyAttemptsError(Math.ceil(waitMs / 1_000));
  }
}

function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
