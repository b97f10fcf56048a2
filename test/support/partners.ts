import { Domain } from '../../src/domains/index.ts';
import { type PARTNER_KINDS, Partner, PartnerMember, type PartnerState } from '../../src/partners/index.ts';
import type { MemberRole } from '../../src/shared/actor.ts';
import { aPerson, type TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

export interface PartnerOptions {
  readonly id?: string;
  readonly name?: string;
  readonly kind?: (typeof PARTNER_KINDS)[number];
  readonly domainCode?: string;
  readonly state?: PartnerState;
  readonly country?: string;
}

/** A domain, made unless it is there. @returns its code */
export async function aDomain(app: TestApp, code = 'technology'): Promise<string> {
  await app.platform.database.transaction(async (em) => {
    await em.upsert(Domain, { code, name: `Domain ${code}`, nameZh: `领域 ${code}` });
  });
  return code;
}

/** An active partner without members. */
export async function aPartner(app: TestApp, options: PartnerOptions = {}): Promise<{ id: string }> {
  const id = options.id ?? app.platform.ids.next();
  const domainCode = await aDomain(app, options.domainCode);
  await app.platform.database.transaction(async (em) => {
    em.create(
      Partner,
      {
        id,
        name: options.name ?? `Partner ${id.slice(-4)}`,
        kind: options.kind ?? 'SCHOOL',
        domainCode,
        state: options.state ?? 'ACTIVE',
        country: options.country ?? 'CN',
        description: 'A partner of the tests.',
        createdAt: app.clock.now(),
      },
      { persist: true },
    );
  });
  return { id };
}

/** A person with a role at a partner; a new one unless `personId` names one. The session sees the new role. */
export async function aMember(
  app: TestApp,
  options: { partnerId: string; role?: MemberRole; personId?: string },
): Promise<TestPerson> {
  const { partnerId, role = 'OWNER', personId } = options;
  const person = personId
    ? { id: personId, token: await app.tokenOf(personId) }
    : await aPerson(app, { displayName: `${role} of a partner` });
  await app.platform.database.transaction(async (em) => {
    const id = app.platform.ids.next();
    em.create(PartnerMember, { id, partnerId, userId: person.id, role, createdAt: app.clock.now() }, { persist: true });
  });
  return person;
}
