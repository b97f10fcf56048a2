import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Database } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { CampaignSchema, Channel } from './campaign.entity.ts';
import type { CampaignState } from './campaign.state.ts';
import type { CampaignContentSchema } from './campaign-content.entity.ts';
import type { CampaignPartnerSchema, CampaignRole } from './campaign-partner.entity.ts';
import type { CampaignStepSchema } from './campaign-step.entity.ts';

type Tables = InferKyselyDB<
  typeof CampaignSchema | typeof CampaignPartnerSchema | typeof CampaignContentSchema | typeof CampaignStepSchema
>;

/** The partners through which somebody may see campaigns; `'ALL'` for staff. */
export type PartnerScope = 'ALL' | readonly string[];

export interface CampaignRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly goal: string;
  readonly state: CampaignState;
  readonly leadPartnerId: string;
  readonly channels: readonly Channel[];
  readonly currency: string;
  readonly budgetMinor: bigint;
  /** Number of the plan as it stands. */
  readonly planVersion: number;
  readonly attributionWindowDays: number;
  readonly viewWindowDays: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly createdAt: Date;
}

export interface CampaignPartnerRow {
  readonly campaignId: string;
  readonly partnerId: string;
  readonly role: CampaignRole;
}

export interface CampaignContentRow {
  readonly campaignId: string;
  readonly contentId: string;
}

export interface CampaignStepRow {
  readonly campaignId: string;
  readonly fromState: CampaignState | null;
  readonly toState: CampaignState;
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

const columns = [
  'id',
  'name',
  'description',
  'goal',
  'state',
  'lead_partner_id as leadPartnerId',
  'channels',
  'currency',
  'budget_minor as budgetMinor',
  'plan_version as planVersion',
  'attribution_window_days as attributionWindowDays',
  'view_window_days as viewWindowDays',
  'starts_at as startsAt',
  'ends_at as endsAt',
  'created_at as createdAt',
] as const;

/** Those of the campaigns that the scope may see. */
export async function findCampaignsByIds(
  database: Database,
  { ids, scope }: { ids: readonly string[]; scope: PartnerScope },
): Promise<CampaignRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaigns')
    .select(columns)
    .where(sql<boolean>`id = any(${ids}::uuid[])`)
    .where((on) => within(on, scope))
    .execute();
}

/** Campaigns that the scope may see, the latest start first. */
export async function findCampaignPage(
  database: Database,
  { request, scope }: { request: PageRequest; scope: PartnerScope },
): Promise<Page<CampaignRow>> {
  const after = readInstantCursor(request.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('campaigns')
    .select(columns)
    .where((on) => within(on, scope))
    .$if(after !== null, (query) => query.where(beyond(present(after, 'a cursor'))))
    .orderBy('starts_at', 'desc')
    .orderBy('id', 'desc')
    .limit(request.first + 1)
    .execute();
  return pageOf(rows, request);
}

export async function findCampaignIdsIn(database: Database, states: readonly CampaignState[]): Promise<string[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('campaigns')
    .select('id')
    .where('state', 'in', states)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}

/** The lead first, the others by name of role and id. */
export async function findCampaignPartners(database: Database, ids: readonly string[]): Promise<CampaignPartnerRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaign_partners')
    .select(['campaign_id as campaignId', 'partner_id as partnerId', 'role'])
    .where(sql<boolean>`campaign_id = any(${ids}::uuid[])`)
    .orderBy(sql`role <> 'LEAD'`)
    .orderBy('role')
    .orderBy('partner_id')
    .execute();
}

export async function findCampaignContents(database: Database, ids: readonly string[]): Promise<CampaignContentRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaign_contents')
    .select(['campaign_id as campaignId', 'content_id as contentId'])
    .where(sql<boolean>`campaign_id = any(${ids}::uuid[])`)
    .orderBy('content_id')
    .execute();
}

/** Oldest first. */
export async function findCampaignSteps(database: Database, ids: readonly string[]): Promise<CampaignStepRow[]> {
  return database
    .read<Tables>()
    .selectFrom('campaign_steps')
    .select(['campaign_id as campaignId', 'from_state as fromState', 'to_state as toState', 'by', 'reason', 'at'])
    .where(sql<boolean>`campaign_id = any(${ids}::uuid[])`)
    .orderBy('at')
    .orderBy('id')
    .execute();
}

function within(on: ExpressionBuilder<Tables, 'campaigns'>, scope: PartnerScope): Expression<SqlBool> {
  if (scope === 'ALL') return sql<boolean>`true`;
  return on.exists(
    on
      .selectFrom('campaign_partners')
      .select('campaign_partners.id')
      .whereRef('campaign_partners.campaign_id', '=', 'campaigns.id')
      .where(sql<boolean>`campaign_partners.partner_id = any(${scope}::uuid[])`),
  );
}

/** @throws InvalidInputError when the cursor is not one of this list */
function beyond({ at, id }: { at: Date; id: string }): Expression<SqlBool> {
  return sql<boolean>`(starts_at, id) < (${at}::timestamptz, ${id}::uuid)`;
}
