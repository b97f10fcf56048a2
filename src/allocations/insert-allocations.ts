import { sql } from 'kysely';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import { type ColumnTypes, columnsOf, unnestRows } from '../platform/unnest-rows.ts';
import type { AllocationRow, ShareRow } from './allocation.queries.ts';
import type { ShareDraft } from './share-draft.ts';

/** An allocation with what it is stored with. */
interface StoredAllocation extends AllocationRow {
  readonly ledgerTransactionId: string | null;
  readonly createdAt: Date;
  readonly shares: readonly (ShareDraft & Pick<ShareRow, 'id' | 'postingId'>)[];
}

const ALLOCATION_COLUMNS: ColumnTypes<ReturnType<typeof allocationColumns>> = {
  id: 'uuid',
  kind: 'text',
  order_item_id: 'uuid',
  refund_id: 'uuid',
  chargeback_id: 'uuid',
  supersedes_id: 'uuid',
  contract_version_id: 'uuid',
  ledger_transaction_id: 'uuid',
  amount_minor: 'bigint',
  currency: 'text',
  period: 'text',
  effective_at: 'timestamptz',
  facts: 'jsonb',
  created_at: 'timestamptz',
};

const SHARE_COLUMNS: ColumnTypes<ReturnType<typeof shareColumns>[number]> = {
  id: 'uuid',
  allocation_id: 'uuid',
  position: 'smallint',
  party: 'text',
  partner_id: 'uuid',
  term_id: 'uuid',
  touchpoint_id: 'uuid',
  posting_id: 'uuid',
  amount_minor: 'bigint',
  posted_minor: 'bigint',
  basis_minor: 'bigint',
  explanation: 'text',
};

const CHUNK = 500;

/** Inserts allocations in their order, with their shares, by one statement for some hundreds. */
export async function insertAllocations(em: EntityManager, rows: readonly StoredAllocation[]): Promise<void> {
  for (let from = 0; from < rows.length; from += CHUNK) {
    const chunk = rows.slice(from, from + CHUNK);
    await sql`
      with inserted as (
        insert into allocations (${columnsOf(ALLOCATION_COLUMNS)})
        select * from ${unnestRows(ALLOCATION_COLUMNS, chunk.map(allocationColumns))})
      insert into allocation_shares (${columnsOf(SHARE_COLUMNS)})
      select * from ${unnestRows(SHARE_COLUMNS, chunk.flatMap(shareColumns))}`.execute(rowsOf(em));
  }
}

function allocationColumns(row: StoredAllocation) {
  return {
    id: row.id,
    kind: row.kind,
    order_item_id: row.orderItemId,
    refund_id: row.refundId,
    chargeback_id: row.chargebackId,
    supersedes_id: row.supersedesId,
    contract_version_id: row.contractVersionId,
    ledger_transaction_id: row.ledgerTransactionId,
    amount_minor: row.amountMinor,
    currency: row.currency,
    period: row.period,
    effective_at: row.effectiveAt,
    facts: JSON.stringify(row.facts),
    created_at: row.createdAt,
  };
}

function shareColumns({ id: allocationId, shares }: StoredAllocation) {
  return shares.map((share, position) => ({
    id: share.id,
    allocation_id: allocationId,
    position,
    party: share.party,
    partner_id: share.partnerId,
    term_id: share.termId,
    touchpoint_id: share.touchpointId,
    posting_id: share.postingId,
    amount_minor: share.amountMinor,
    posted_minor: share.postedMinor,
    basis_minor: share.basisMinor,
    explanation: share.explanation,
  }));
}
