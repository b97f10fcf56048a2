import type { Role } from '../../src/shared/actor.ts';
import { User } from '../../src/users/index.ts';
import type { TestApp } from './test-app.ts';

/** A person with an open session. */
export interface TestPerson {
  readonly id: string;
  readonly token: string;
}

export interface PersonOptions {
  readonly displayName?: string;
  readonly roles?: readonly Role[];
  readonly email?: string;
  /** ISO 3166-1 alpha-2; null for a person who did not say. */
  readonly country?: string | null;
  readonly birthYear?: number;
  readonly occupation?: string;
  readonly interests?: readonly string[];
  readonly goals?: readonly string[];
  /** `zh-CN` unless given. */
  readonly locale?: string;
  readonly createdAt?: Date;
}

/** A person who signed up and is logged in; no password can open the account. */
export async function aPerson(app: TestApp, options: PersonOptions = {}): Promise<TestPerson> {
  const id = app.platform.ids.next();
  await app.platform.database.transaction(async (em) => {
    em.create(
      User,
      {
        id,
        email: options.email ?? `${id}@example.com`,
        displayName: options.displayName ?? '韦小宝',
        roles: [...(options.roles ?? ['LEARNER'])],
        locale: options.locale ?? 'zh-CN',
        country: options.country === undefined ? 'CN' : options.country,
        birthYear: options.birthYear ?? null,
        occupation: options.occupation ?? null,
        interests: [...(options.interests ?? [])],
        goals: [...(options.goals ?? [])],
        createdAt: options.createdAt ?? app.clock.now(),
      },
      { persist: true },
    );
  });
  return { id, token: await app.tokenOf(id) };
}

/** A learner in China. */
export function aLearner(app: TestApp, options: PersonOptions = {}): Promise<TestPerson> {
  return aPerson(app, options);
}

export function anAdmin(app: TestApp): Promise<TestPerson> {
  return aPerson(app, { displayName: 'Ada Admin', roles: ['ADMIN'] });
}

export function aFinanceClerk(app: TestApp): Promise<TestPerson> {
  return aPerson(app, { displayName: '钱会计', roles: ['FINANCE'] });
}
