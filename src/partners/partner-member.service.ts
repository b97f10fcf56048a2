import { LockMode } from '@mikro-orm/core';
import type { EntityManager } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, type MemberRole, requirePartner } from '../shared/actor.ts';
import { ForbiddenError, InvalidInputError } from '../shared/domain-error.ts';
import { invariant } from '../shared/invariant.ts';
import type { UserService } from '../users/index.ts';
import { Partner } from './partner.entity.ts';
import { AlreadyMemberError, LastOwnerError, UnknownPersonError } from './partner.errors.ts';
import type { PartnerMemberRow } from './partner.queries.ts';
import { PartnerMember } from './partner-member.entity.ts';

/** More people than any partner needs, and few enough to list without pages. */
const MAX_MEMBERS = 200;

const WHO_MAY = { memberRoles: ['OWNER'], staffRoles: ['ADMIN'] } as const;

/** Who may do what for a partner. */
export class PartnerMemberService {
  readonly #platform: Platform;
  readonly #users: UserService;

  constructor(platform: Platform, users: UserService) {
    this.#platform = platform;
    this.#users = users;
  }

  /**
   * Gives a person who has signed up a role at a partner.
   *
   * @throws ForbiddenError unless the actor is an owner of the partner, or an admin
   * @throws UnknownPersonError, AlreadyMemberError
   * @throws InvalidInputError when the partner has as many members as it can
   */
  async add(actor: Actor, input: { partnerId: string; email: string; role: MemberRole }): Promise<PartnerMemberRow> {
    const { partnerId, role } = input;
    requirePartner(actor, partnerId, WHO_MAY);
    return this.#platform.database.transaction(async (em) => {
      const members = await this.#lockedMembers(em, partnerId);
      const user = await this.#users.findByEmail(em, input.email);
      if (!user) throw new UnknownPersonError();
      if (members.some((member) => member.userId === user.id)) throw new AlreadyMemberError();
      if (members.length >= MAX_MEMBERS) {
        throw new InvalidInputError('partnerId', `A partner has at most ${MAX_MEMBERS} members.`);
      }
      const createdAt = this.#platform.clock.now();
      const id = this.#platform.ids.next();
      em.create(PartnerMember, { id, partnerId, userId: user.id, role, createdAt }, { persist: true });
      return { partnerId, userId: user.id, displayName: user.displayName, role, createdAt };
    });
  }

  /**
   * Takes a person's role away. Their sessions lose it with their next request.
   *
   * @throws ForbiddenError unless the actor is an owner of the partner, or an admin; and when the person is no member
   * @throws LastOwnerError
   */
  async remove(actor: Actor, input: { partnerId: string; userId: string }): Promise<void> {
    requirePartner(actor, input.partnerId, WHO_MAY);
    await this.#platform.database.transaction(async (em) => {
      const members = await this.#lockedMembers(em, input.partnerId);
      const leaving = members.find((member) => member.userId === input.userId);
      if (!leaving) throw new ForbiddenError();
      const owners = members.filter((member) => member.role === 'OWNER');
      if (leaving.role === 'OWNER' && owners.length === 1) throw new LastOwnerError();
      em.remove(leaving);
    });
  }

  /** The members, with the partner locked: two owners who remove each other at once do not both succeed. */
  async #lockedMembers(em: EntityManager, partnerId: string): Promise<PartnerMember[]> {
    const partner = await em.findOne(Partner, { id: partnerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!partner) throw new ForbiddenError();
    const members = await em.find(PartnerMember, { partnerId });
    invariant(members.length <= MAX_MEMBERS, 'a partner has more members than it can');
    return members;
  }
}
