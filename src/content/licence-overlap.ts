import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { present } from '../shared/invariant.ts';
import { LicenceOverlapError } from './content.errors.ts';
import { Licence } from './licence.entity.ts';
import type { LicenceRow } from './supply.queries.ts';

/**
 * Refuses an exclusive licence beside another one of the content in a country at a time. The database refuses it too,
 * whoever writes it; here the refusal says what stands in the way.
 *
 * @param em with the content locked
 * @throws LicenceOverlapError
 */
export async function assertExclusiveAlone(em: EntityManager, licence: LicenceRow): Promise<void> {
  if (!licence.exclusive) return;
  const { id, contentId, territory, validFrom, validUntil } = licence;
  const { rows } = await sql<{ otherId: string | null }>`
    select exclusive_licence_beside(${contentId}::uuid, ${id}::uuid, ${territory}::text[], ${validFrom}::timestamptz,
      ${validUntil}::timestamptz) as "otherId"`.execute(rowsOf(em));
  const otherId = rows[0]?.otherId;
  if (!otherId) return;
  const other = present(await em.findOne(Licence, { id: otherId }), 'a licence that was just found');
  throw new LicenceOverlapError(licence, { ...licenceOf(other), contentId });
}

function licenceOf({ id, territory, exclusive, validFrom, validUntil = null }: Licence): Omit<LicenceRow, 'contentId'> {
  return { id, territory, exclusive, validFrom, validUntil };
}
