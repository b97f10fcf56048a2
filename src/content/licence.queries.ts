import { type RawBuilder, sql } from 'kysely';
import { WORLDWIDE } from './licence.entity.ts';

/**
 * Holds for a row of `contents` when a licence covers it at an instant and in a country. The statement must have the
 * table under its own name. One look into an index a content: as `exists` it became a join that reads all licences for
 * the few contents that are asked about.
 *
 * @param country ISO 3166-1 alpha-2; null where it is not known: then only a worldwide licence covers
 */
export function licenceCovers(at: Date, country: string | null): RawBuilder<boolean> {
  return sql<boolean>`coalesce((
    select true from licences
    where licences.content_id = contents.id
      and licences.valid_from <= ${at}
      and (licences.valid_until is null or licences.valid_until > ${at})
      and licences.territory && array[${WORLDWIDE}::text, ${country}::text]
    limit 1), false)`;
}
