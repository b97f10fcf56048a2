import { sql } from 'kysely';
import { type Database, type EntityManager, rowsOf } from '../platform/database.ts';
import { readInstantCursor } from '../shared/keyset.ts';
import { type Page, type PageRequest, pageOf } from '../shared/page.ts';
import type { LedgerTables } from './ledger.queries.ts';
import type { LedgerFaultKind } from './ledger-faults.ts';
import type { LedgerVerification } from './ledger-verification.ts';

/** A verification that a job did. */
export interface VerificationRow {
  readonly id: string;
  readonly requestedBy: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly result: LedgerVerification;
}

/** Keeps what was found, unless it is kept already. */
export async function insertVerification(em: EntityManager, row: VerificationRow): Promise<void> {
  const { fault, headHash, transactions, postings, links, unsealed } = row.result;
  await rowsOf<LedgerTables>(em)
    .insertInto('ledger_verifications')
    .values({
      id: row.id,
      requested_by: row.requestedBy,
      started_at: row.startedAt,
      finished_at: row.finishedAt,
      fault_kind: fault?.kind ?? null,
      fault_transaction_id: fault?.transactionId ?? null,
      fault_sequence: fault?.sequence ?? null,
      fault_detail: fault?.detail ?? null,
      transactions: BigInt(transactions),
      postings: BigInt(postings),
      links: BigInt(links),
      unsealed: BigInt(unsealed),
      head_hash: headHash,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** Latest first. */
export async function findVerificationPage(database: Database, page: PageRequest): Promise<Page<VerificationRow>> {
  const after = readInstantCursor(page.after);
  const rows = await database
    .read<LedgerTables>()
    .selectFrom('ledger_verifications')
    .selectAll()
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(finished_at, id) < (${after?.at}::timestamptz, ${after?.id}::uuid)`),
    )
    .orderBy('finished_at', 'desc')
    .orderBy('id', 'desc')
    .limit(page.first + 1)
    .execute();
  return pageOf(rows.map(toRow), page);
}

type Stored = Record<'transactions' | 'postings' | 'links' | 'unsealed', bigint> & {
  readonly id: string;
  readonly requested_by: string;
  readonly started_at: Date;
  readonly finished_at: Date;
  readonly fault_kind: string | null;
  readonly fault_transaction_id: string | null;
  readonly fault_sequence: bigint | null;
  readonly fault_detail: string | null;
  readonly head_hash: string;
};

function toRow(row: Stored): VerificationRow {
  const fault = row.fault_kind && {
    kind: row.fault_kind as LedgerFaultKind,
    transactionId: row.fault_transaction_id,
    sequence: row.fault_sequence,
    detail: row.fault_detail ?? '',
  };
  return {
    id: row.id,
    requestedBy: row.requested_by,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    result: {
      fault: fault || null,
      transactions: Number(row.transactions),
      postings: Number(row.postings),
      links: Number(row.links),
      unsealed: Number(row.unsealed),
      headHash: row.head_hash,
    },
  };
}
