import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import { bulkInsert } from '../platform/bulk-insert.ts';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { readTextCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { TaxRateSchema } from './tax-rate.entity.ts';

type Tables = InferKyselyDB<typeof TaxRateSchema>;

export interface TaxRateRow {
  readonly id: string;
  readonly country: string;
  readonly percent: string;
  readonly validFrom: Date;
  readonly createdAt: Date;
}

const columns = ['id', 'country', 'percent', 'valid_from as validFrom', 'created_at as createdAt'] as const;

/** @returns false when a rate begins there already */
export async function insertTaxRate(em: EntityManager, rate: TaxRateRow, createdBy: string): Promise<boolean> {
  const { id, country, percent, validFrom: valid_from, createdAt: created_at } = rate;
  const row = { id, country, percent, valid_from, created_by: createdBy, created_at };
  return (await bulkInsert(em, 'tax_rates', [row])) === 1;
}

/** The rate that held in a country at an instant; null where none was set. */
export async function findTaxPercent(
  em: EntityManager,
  { country, at }: { country: string | null; at: Date },
): Promise<string | null> {
  if (country === null) return null;
  const row = await rowsOf<Tables>(em)
    .selectFrom('tax_rates')
    .select('percent')
    .where('country', '=', country)
    .where('valid_from', '<=', at)
    .orderBy('valid_from', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.percent ?? null;
}

/** By country, those of one in the order in which they were set. */
export async function findTaxRatePage(
  database: Database,
  { country, page }: { country: string | null; page: PageRequest },
): Promise<Page<TaxRateRow>> {
  const after = readTextCursor(page.after);
  const rows = await database
    .read<Tables>()
    .selectFrom('tax_rates')
    .select(columns)
    .$if(country !== null, (query) => query.where('country', '=', country as string))
    .$if(after !== null, (query) => query.where(sql<boolean>`(country, id) > (${after?.text}, ${after?.id}::uuid)`))
    .orderBy('country')
    .orderBy('id')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows, page);
}
