import { type Kysely, type RawBuilder, sql } from 'kysely';

export const BLOCKER_KINDS = [
  'END_PASSED',
  'APPROVAL_MISSING',
  'TASK_OPEN',
  'CONTRACT_MISSING',
  'LICENCE_MISSING',
] as const;
export type BlockerKind = (typeof BLOCKER_KINDS)[number];

/** One thing that keeps a campaign from going live, or from running until its end. */
export interface LaunchBlocker {
  readonly campaignId: string;
  readonly kind: BlockerKind;
  /** The partner, task or content that it is about; the campaign itself when it is about none. */
  readonly subjectId: string;
  readonly message: string;
}

interface BlockerRow extends Omit<LaunchBlocker, 'message'> {
  readonly name: string;
}

const messages: Readonly<Record<BlockerKind, (name: string) => string>> = {
  END_PASSED: () => 'Its planned end has passed.',
  APPROVAL_MISSING: (name) => `${name} has not approved the plan as it stands.`,
  TASK_OPEN: (name) => `The required task "${name}" is open.`,
  CONTRACT_MISSING: (name) => `${name} has no contract in force until the campaign ends.`,
  LICENCE_MISSING: (name) => `"${name}" has no licence until the campaign ends.`,
};

/**
 * What is missing before campaigns may run until their end, as it is now: one statement, however many campaigns. Of
 * campaigns that are over nothing is.
 *
 * - Every partner has approved the plan at its present number.
 * - No required task is open.
 * - From now, or the start when that is later, until the end every partner is a party to contracts without a gap. As for
 *   sales, dates decide and not states: a signed version in effect, and no end that is known to come before.
 * - In the same span every content is licensed without a gap, wherever that may be.
 */
export async function findLaunchBlockers<Tables>(
  rows: Kysely<Tables>,
  { campaignIds, now }: { campaignIds: readonly string[]; now: Date },
): Promise<LaunchBlocker[]> {
  const found = await sql<BlockerRow>`
    with asked as (
      select id, name, plan_version, ends_at, tstzrange(greatest(starts_at, least(${now}, ends_at)), ends_at) as span
      from campaigns where id = any(${campaignIds}::uuid[]) and state not in ('ENDED', 'SETTLED')
    ), blockers as (
      select id, 0 as rank, 'END_PASSED' as kind, id as subject_id, name from asked where ends_at <= ${now}
      union all ${missingApprovals}
      union all
      select asked.id, 2, 'TASK_OPEN', task.id, task.title
      from asked join campaign_tasks task on task.campaign_id = asked.id
      where task.required and task.state = 'OPEN'
      union all ${missingContracts}
      union all ${missingLicences}
    )
    select id as "campaignId", kind, subject_id as "subjectId", name from blockers order by rank, name, subject_id
  `.execute(rows);
  return found.rows.map(({ name, ...blocker }) => ({ ...blocker, message: messages[blocker.kind](name) }));
}

const missingApprovals: RawBuilder<unknown> = sql`
  select asked.id, 1, 'APPROVAL_MISSING', partner.id, partner.name
  from asked
  join campaign_partners part on part.campaign_id = asked.id
  join partners partner on partner.id = part.partner_id
  where not exists (
    select 1 from campaign_approvals approval
    where approval.campaign_id = asked.id and approval.partner_id = part.partner_id
      and approval.plan_version = asked.plan_version)`;

const missingContracts: RawBuilder<unknown> = sql`
  select asked.id, 3, 'CONTRACT_MISSING', partner.id, partner.name
  from asked
  join campaign_partners part on part.campaign_id = asked.id
  join partners partner on partner.id = part.partner_id
  where not coalesce((
    select range_agg(tstzrange(bound.since, bound.ends_at)) @> asked.span
    from (
      select min(version.effective_from) as since, contract.ends_at
      from contract_parties party
      join contracts contract on contract.id = party.contract_id
      join contract_versions version on version.contract_id = contract.id
      where party.partner_id = part.partner_id and version.recorded_at is not null
        and contract.state not in ('DRAFT', 'PROPOSED', 'COUNTERED')
      group by contract.id
    ) bound
    where bound.ends_at is null or bound.since < bound.ends_at), false)`;

const missingLicences: RawBuilder<unknown> = sql`
  select asked.id, 4, 'LICENCE_MISSING', content.id, content.title
  from asked
  join campaign_contents part on part.campaign_id = asked.id
  join contents content on content.id = part.content_id
  where not coalesce((
    select range_agg(tstzrange(licence.valid_from, licence.valid_until)) @> asked.span
    from licences licence
    where licence.content_id = content.id
      and (licence.valid_until is null or licence.valid_from < licence.valid_until)), false)`;
