import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { hash } from '@node-rs/argon2';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { normaliseEmail } from '../shared/email.ts';
import { requireLanguageTag, requireText } from '../shared/input.ts';
import { User } from './user.entity.ts';
import { EmailTakenError } from './user.errors.ts';

export interface SignUpInput {
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
   * @throws InvalidInputError for an address, password or name that cannot be one
   * @throws EmailTakenError when the address has an account
   */
  async signUp(input: SignUpInput): Promise<User> {
    const email = requireEmail(input.email);
    const displayName = requireText('displayName', input.displayName, { maxLength: 80 });
    const locale = requireLanguageTag('locale', input.locale);
    const passwordHash = await hashPassword(input.password);
    const create = async (em: EntityManager) => {
      if (await this.findByEmail(em, email)) throw new EmailTakenError();
      return em.create(
        User,
        {
          id: this.#platform.ids.next(),
          email,
          passwordHash,
          displayName,
          roles: ['LEARNER'],
          locale,
          interests: [],
          goals: [],
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

function requireEmail(text: string): string {
  const email = normaliseEmail(text);
  if (email === null) throw new InvalidInputError('email', 'That is not an e-mail address.');
  return email;
}
