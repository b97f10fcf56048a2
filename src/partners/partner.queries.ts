import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { type Actor, type MemberRole, partnerScope } from '../shared/actor.ts';
import { readTextCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { UserSchema } from '../users/index.ts';
import type { PartnerKind, PartnerSchema } from './partner.entity.ts';
import type { PartnerState } from './partner.state.ts';
import type { PartnerMemberSchema } from './partner-member.entity.ts';
import type { PartnerStepSchema } from './partner-step.entity.ts';

type Tables = InferKyselyDB<
  typeof PartnerSchema | typeof PartnerMemberSchema | typeof PartnerStepSchema | typeof UserSchema
>;

export interface PartnerRow {
  readonly id: string;
  readonly name: string;
  readonly kind: PartnerKind;
  readonly domainCode: string;
  readonly state: PartnerState;
  readonly country: string;
  readonly description: string;
  readonly audienceSize: number | null;
  readonly createdAt: Date;
}

export interface PartnerMemberRow {
  readonly partnerId: string;
  readonly userId: string;
  readonly displayName: string;
  readonly role: MemberRole;
  readonly createdAt: Date;
}

export interface PartnerStepRow {
  readonly partnerId: string;
  readonly fromState: PartnerState | null;
  readonly toState: PartnerState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

export interface PartnerFilter {
  readonly domainCode?: string | undefined;
  readonly kind?: PartnerKind | undefined;
  readonly state?: PartnerState | undefined;
}

/** Staff who see every partner, whatever its state. */
const STAFF = ['ADMIN', 'FINANCE'] as const;

const columns = [
  'partners.id',
  'partners.name',
  'partners.kind',
  'partners.domain_code as domainCode',
  'partners.state',
  'partners.country',
  'partners.description',
  'partners.audience_size as audienceSize',
  'partners.created_at as createdAt',
] as const;

/** Partners of any state, in no order, for showing beside what they brought. */
export function findPartnersByIds(database: Database, ids: readonly string[]): Promise<PartnerRow[]> {
  return database.read<Tables>().selectFrom('partners').select(columns).where(isAnyOf('id', ids)).execute();
}

/** The partner, when it is active or the actor's own, or the actor is staff. */
export async function findVisiblePartner(database: Database, actor: Actor, id: string): Promise<PartnerRow | null> {
  const row = await visiblePartners(database, actor).where('partners.id', '=', id).executeTakeFirst();
  return row ?? null;
}

/** Visible partners by name. */
export async function findPartnerPage(
  database: Database,
  actor: Actor,
  { filter, page }: { filter: PartnerFilter; page: PageRequest },
): Promise<Page<PartnerRow>> {
  const { domainCode, kind, state } = filter;
  const after = readTextCursor(page.after);
  const rows = await visiblePartners(database, actor)
    .where((builder) =>
      builder.and([
        ...(domainCode === undefined ? [] : [builder('domain_code', '=', domainCode)]),
        ...(kind === undefined ? [] : [builder('kind', '=', kind)]),
        ...(state === undefined ? [] : [builder('state', '=', state)]),
        ...(after === null ? [] : [sql<boolean>`(name, id) > (${after.text}, ${after.id}::uuid)`]),
      ]),
    )
    .orderBy('name')
    .orderBy('id')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** Every partner that the person is a member of, with the role, oldest membership first. */
export function findPartnersOfMember(
  database: Database,
  userId: string,
): Promise<(PartnerRow & { role: MemberRole })[]> {
  return database
    .read<Tables>()
    .selectFrom('partner_members')
    .innerJoin('partners', 'partners.id', 'partner_members.partner_id')
    .select(columns)
    .select('partner_members.role')
    .where('partner_members.user_id', '=', userId)
    .orderBy('partner_members.created_at')
    .orderBy('partners.id')
    .execute();
}

/** Members of those of the partners that the actor belongs to; of all for an admin. Oldest first. */
export function findMembersOfPartners(
  database: Database,
  actor: Actor,
  partnerIds: readonly string[],
): Promise<PartnerMemberRow[]> {
  return database
    .read<Tables>()
    .selectFrom('partner_members')
    .innerJoin('users', 'users.id', 'partner_members.user_id')
    .select(['partner_members.partner_id as partnerId', 'users.id as userId', 'users.display_name as displayName'])
    .select(['partner_members.role', 'partner_members.created_at as createdAt'])
    .where(isAnyOf('partner_members.partner_id', allowedOf(partnerScope(actor), partnerIds)))
    .orderBy('partner_members.created_at')
    .orderBy('partner_members.id')
    .execute();
}

/** Steps of those of the partners that the actor belongs to; of all for an admin. Oldest first. */
export function findStepsOfPartners(
  database: Database,
  actor: Actor,
  partnerIds: readonly string[],
): Promise<PartnerStepRow[]> {
  return database
    .read<Tables>()
    .selectFrom('partner_steps')
    .select(['partner_id as partnerId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(isAnyOf('partner_id', allowedOf(partnerScope(actor), partnerIds)))
    .orderBy('at')
    .orderBy('id')
    .execute();
}

function visiblePartners(database: Database, actor: Actor) {
  const scope = partnerScope(actor, { staffRoles: STAFF });
  const query = database.read<Tables>().selectFrom('partners').select(columns);
  if (scope === 'ALL') return query;
  return query.where((builder) => builder.or([builder('state', '=', 'ACTIVE'), isAnyOf('partners.id', scope)]));
}

function allowedOf(scope: 'ALL' | readonly string[], ids: readonly string[]): readonly string[] {
  return scope === 'ALL' ? ids : ids.filter((id) => scope.includes(id));
}
