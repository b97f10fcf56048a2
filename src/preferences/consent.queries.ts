import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { type RawBuilder, sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { ConsentChoiceSchema } from './consent-choice.entity.ts';
import { CONSENT_PURPOSES, type ConsentPurpose, PURPOSES } from './consent-purposes.ts';

type Tables = InferKyselyDB<typeof ConsentChoiceSchema>;

/** How a person stands to one purpose. */
export interface Consent {
  readonly purpose: ConsentPurpose;
  readonly granted: boolean;
  /** When the person chose so; null while the default holds. */
  readonly since: Date | null;
}

export interface ConsentChoiceRow {
  readonly id: string;
  readonly purpose: ConsentPurpose;
  readonly granted: boolean;
  readonly chosenAt: Date;
}

/**
 * Whether a person consents to a purpose at the moment of the statement that this is part of: the last choice, and
 * without one the default. One look into an index.
 *
 * @param userId an identifier, or an expression of the statement such as `sql.ref('users.id')`; a column is given with
 *   its table, since this has a `user_id` of its own. An identifier of nobody stands as the default does.
 */
export function hasConsent(purpose: ConsentPurpose, userId: string | RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`coalesce((
    select consent_choices.granted from consent_choices
    where consent_choices.user_id = ${userId} and consent_choices.purpose = ${purpose}
    order by consent_choices.number desc
    limit 1), ${PURPOSES[purpose].isGrantedByDefault}::boolean)`;
}

/** How a person stands to every purpose, in the order of `CONSENT_PURPOSES`. One statement. */
export async function findConsents(database: Database, userId: string): Promise<Consent[]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('consent_choices')
    .distinctOn('purpose')
    .select(['purpose', 'granted', 'chosen_at as since'])
    .where('user_id', '=', userId)
    .orderBy('purpose')
    .orderBy('number', 'desc')
    .execute();
  return CONSENT_PURPOSES.map(
    (purpose) =>
      rows.find((row) => row.purpose === purpose) ?? {
        purpose,
        granted: PURPOSES[purpose].isGrantedByDefault,
        since: null,
      },
  );
}

/** Every choice of a person about the purposes that there are, newest first. */
export async function findConsentHistoryPage(
  database: Database,
  userId: string,
  page: PageRequest,
): Promise<Page<ConsentChoiceRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('consent_choices')
    .select(['id', 'purpose', 'granted', 'chosen_at as chosenAt'])
    .where('user_id', '=', userId)
    .where('purpose', 'in', CONSENT_PURPOSES)
    .$if(after !== null, (query) => query.where(sql<boolean>`(chosen_at, id) < (${after?.at}, ${after?.id}::uuid)`))
    .orderBy('chosen_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}

/** The last choice of a person about a purpose; null when there is none. */
export async function findLastChoice(
  em: EntityManager,
  { userId, purpose }: { userId: string; purpose: ConsentPurpose },
): Promise<{ number: number; granted: boolean; chosenAt: Date } | null> {
  const row = await rowsOf<Tables>(em)
    .selectFrom('consent_choices')
    .select(['number', 'granted', 'chosen_at as chosenAt'])
    .where('user_id', '=', userId)
    .where('purpose', '=', purpose)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}
