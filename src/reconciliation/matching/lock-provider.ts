import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../../platform/database.ts';

/** Until the transaction ends nobody else matches movements of the provider: each is matched once. */
export async function lockProvider(em: EntityManager, provider: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('reconciliation'), hashtext(${provider}))`.execute(rowsOf(em));
}
