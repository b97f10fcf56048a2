import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireUser } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { normaliseEmail } from '../shared/email.ts';
import { present } from '../shared/invariant.ts';
import { checkProfile, type Profile, UNTOLD } from './profile.ts';
import { User } from './user.entity.ts';
import { EmailTakenError } from './user.errors.ts';
import { findProfile, type UserRow } from './user.queries.ts';

export interface SignUpInput extends Partial<Omit<Profile, 'displayName' | 'locale'>> {
  readonly email: string;
  readonly password: string;
  readonly displayName: string;
  /** BCP 47. */
  readonly locale: string;
}

/** NIST 800-63B: length is what counts; no rules of composition. */
const PASSWORD_LENGTH = { min: 10, max: 128 };

/** People and their accounts. */
export class UserService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Makes a learner's account.
   *
   * @throws InvalidInputError for an address, a password or something of the profile that cannot be one
   * @throws EmailTakenError when the address has an account
   */
  async signUp(input: SignUpInput): Promise<User> {
    const email = requireEmail(input.email);
    const profile = checkProfile({ ...UNTOLD, ...input }, this.#platform.clock.now());
    const passwordHash = await hashPassword(input.password);
    const create = async (em: EntityManager) => {
      if (await this.findByEmail(em, email)) throw new EmailTakenError();
      return em.create(
        User,
        {
          id: this.#platform.ids.next(),
          email,
          passwordHash,
          roles: ['LEARNER'],
          ...profile,
          createdAt: this.#platform.clock.now(),
        },
        { persist: true },
      );
    };
    return this.#platform.database.transaction(create).catch((error: unknown) => {
      // Somebody took it between the look and the insert.
      if (error instanceof UniqueConstraintViolationException) throw new EmailTakenError();
      throw error;
    });
  }

  /**
   * Changes what the person who asks tells of themselves, with effect on their next feed; what is not given stays, also
   * when it changes at the same time.
   *
   * @throws UnauthenticatedError
   * @throws InvalidInputError naming the field
   */
  async updateProfile(actor: Actor, changes: Partial<Profile>): Promise<{ user: UserRow; profile: Profile }> {
    const { userId } = requireUser(actor);
    return this.#platform.database.transaction(async (em) => {
      const user = await em.findOneOrFail(User, { id: userId });
      const profile = checkProfile({ ...profileOf(user), ...changes }, this.#platform.clock.now());
      em.assign(user, profile);
      return { user: { ...user, email: user.email ?? null }, profile };
    });
  }

  /** What the person who asks told of themselves. @throws UnauthenticatedError */
  async findOwnProfile(actor: Actor): Promise<Profile> {
    const { userId } = requireUser(actor);
    return present(await findProfile(this.#platform.database, userId), 'the user of a live session');
  }

  /** @param address as typed; case and surrounding space do not matter */
  async findByEmail(em: EntityManager, address: string): Promise<User | null> {
    const email = normaliseEmail(address);
    return email === null ? null : em.findOne(User, { email });
  }
}

/** argon2id with the library's defaults, which follow OWASP. @throws InvalidInputError for a length out of bounds */
export async function hashPassword(password: string): Promise<string> {
  const length = [...password].length;
  if (length < PASSWORD_LENGTH.min || length > PASSWORD_LENGTH.max) {
    throw new InvalidInputError(
      'password',
      `A password has from ${PASSWORD_LENGTH.min} to ${PASSWORD_LENGTH.max} characters.`,
    );
  }
  return hash(password.normalize('NFKC'));
}

/** Nothing of a profile is lost on the way through an entity, whose empty columns may be null or absent. */
function profileOf(user: User): Profile {
  const { displayName, locale, country = null, birthYear = null, occupation = null, interests, goals } = user;
  return { displayName, locale, country, birthYear, occupation, interests, goals };
}

function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (email === null) throw new InvalidInputError('email', 'That is not an e-mail address.');
  return email;
}
