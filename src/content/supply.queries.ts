import type { Database } from '../platform/database.ts';
import { isAnyOf, isInScope } from '../platform/is-any-of.ts';
import { type Actor, partnerScope } from '../shared/actor.ts';
import type { ContentTables } from './content.queries.ts';
import type { ContentState } from './content.state.ts';

export interface LicenceRow {
  readonly id: string;
  readonly contentId: string;
  readonly territory: readonly string[];
  readonly exclusive: boolean;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
}

export interface ContentStepRow {
  readonly contentId: string;
  readonly fromState: ContentState | null;
  readonly toState: ContentState;
  readonly by: string;
  readonly reasons: readonly string[];
  readonly at: Date;
}

/** Licences of those of the contents that a partner of the actor supplies; of all for an admin. Earliest first. */
export function findLicencesOfContents(
  database: Database,
  actor: Actor,
  contentIds: readonly string[],
): Promise<LicenceRow[]> {
  return database
    .read<ContentTables>()
    .selectFrom('licences')
    .innerJoin('contents', 'contents.id', 'licences.content_id')
    .select(['licences.id', 'licences.content_id as contentId', 'licences.territory', 'licences.exclusive'])
    .select(['licences.valid_from as validFrom', 'licences.valid_until as validUntil'])
    .where(isAnyOf('licences.content_id', contentIds))
    .where(isInScope('contents.partner_id', partnerScope(actor)))
    .orderBy('licences.valid_from')
    .orderBy('licences.id')
    .execute();
}

/** Steps of those of the contents that a partner of the actor supplies; of all for an admin. Oldest first. */
export function findStepsOfContents(
  database: Database,
  actor: Actor,
  contentIds: readonly string[],
): Promise<ContentStepRow[]> {
  return database
    .read<ContentTables>()
    .selectFrom('content_steps')
    .innerJoin('contents', 'contents.id', 'content_steps.content_id')
    .select(['content_steps.content_id as contentId', 'content_steps.from_state as fromState'])
    .select(['content_steps.to_state as toState', 'content_steps.by', 'content_steps.reasons', 'content_steps.at'])
    .where(isAnyOf('content_steps.content_id', contentIds))
    .where(isInScope('contents.partner_id', partnerScope(actor)))
    .orderBy('content_steps.at')
    .orderBy('content_steps.id')
    .execute();
}
