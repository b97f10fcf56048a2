import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { type ColumnTypes, columnsOf, unnestRows } from '../platform/unnest-rows.ts';
import type { PartnerEntryKind } from './partner-entry.entity.ts';

export interface PartnerEntryInsert {
  readonly posting_id: string;
  readonly partner_id: string;
  readonly currency: string;
  readonly kind: PartnerEntryKind;
  readonly amount_minor: bigint;
  readonly period: string;
  readonly effective_at: Date;
  readonly available_at: Date;
  readonly share_id: string | null;
  readonly source_id: string;
  readonly explanation: string;
  readonly recorded_at: Date;
}

const COLUMNS: ColumnTypes<PartnerEntryInsert> = {
  posting_id: 'uuid',
  partner_id: 'uuid',
  currency: 'text',
  kind: 'text',
  amount_minor: 'bigint',
  period: 'text',
  effective_at: 'timestamptz',
  available_at: 'timestamptz',
  share_id: 'uuid',
  source_id: 'uuid',
  explanation: 'text',
  recorded_at: 'timestamptz',
};

const CHUNK = 5_000;

/** Inserts entries, all of them new. */
export async function insertPartnerEntries(em: EntityManager, rows: readonly PartnerEntryInsert[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    await sql`
      insert into partner_entries (${columnsOf(COLUMNS)})
      select * from ${unnestRows(COLUMNS, rows.slice(from, from + CHUNK))}`.execute(rowsOf(em));
  }
}
