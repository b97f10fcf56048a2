import { sql } from 'kysely';
import type { AuditFault } from '../ledger/index.ts';
import { type EntityManager, rowsOf } from '../platform/database.ts';
import type { Month } from '../shared/month.ts';
import type { StatementLineRow, StatementTables } from './open-lines.queries.ts';
import type { StatementHeader } from './statement-leaf.ts';
import { selectClosedLines } from './statement-line.queries.ts';

/** A closed statement with the one that it says it follows, and the one that it should. */
export interface StatedRow extends StatementHeader {
  readonly id: string;
  readonly merkleRoot: string | null;
  readonly previousPeriod: Month | null;
  readonly previousClosingMinor: bigint | null;
  /** Of the last statement of the account before this one. */
  readonly lastPeriod: Month | null;
}

/** Closed statements by id. */
export function findStatementsAfter(em: EntityManager, after: string | null, limit: number): Promise<StatedRow[]> {
  return rowsOf<StatementTables>(em)
    .selectFrom('statements as statement')
    .leftJoin('statements as previous', 'previous.id', 'statement.previous_id')
    .select(['statement.id', 'statement.partner_id as partnerId', 'statement.currency', 'statement.period'])
    .select(['statement.opening_minor as openingMinor', 'statement.closing_minor as closingMinor'])
    .select(['statement.pending_minor as pendingMinor', 'statement.line_count as lineCount'])
    .select(['statement.closed_at as closedAt', 'statement.merkle_root as merkleRoot'])
    .select(['previous.period as previousPeriod', 'previous.closing_minor as previousClosingMinor'])
    .select('previous.merkle_root as previousRoot')
    .select(({ selectFrom }) =>
      selectFrom('statements as earlier')
        .select(({ fn }) => fn.max('earlier.period').as('period'))
        .whereRef('earlier.partner_id', '=', 'statement.partner_id')
        .whereRef('earlier.currency', '=', 'statement.currency')
        .whereRef('earlier.period', '<', 'statement.period')
        .as('lastPeriod'),
    )
    .$if(after !== null, (query) => query.where('statement.id', '>', after ?? ''))
    .orderBy('statement.id')
    .limit(limit)
    .execute();
}

/** The next lines of a closed statement, with the hashes that the closing made of them. */
export function findHashedLines(
  em: EntityManager,
  statementId: string,
  { after, limit }: { after: number; limit: number },
): Promise<(StatementLineRow & { leafHash: string | null })[]> {
  return selectClosedLines(rowsOf(em))
    .select('line.leaf_hash as leafHash')
    .where('line.statement_id', '=', statementId)
    .where('line.position', '>', after)
    .orderBy('line.position')
    .limit(limit)
    .execute();
}

/**
 * The first posting on a partner's account that is not what its entry says, or whose entry is not what its line says;
 * null when all three agree.
 */
export async function findStrayEntry(em: EntityManager): Promise<AuditFault | null> {
  const { rows } = await sql<AuditFault>`
    select posting.transaction_id as "transactionId",
           'posting ' || coalesce(entry.posting_id, posting.id, line.posting_id) || ' is ' || case
             when entry.posting_id is null then 'on a partner''s account without an entry that explains it.'
             when posting.id is null then 'explained by an entry, and is not on the account of its partner.'
             when line.posting_id is null then 'said to be on a statement, and is not.'
             else 'on a statement with other figures than in the books.' end as detail
    from (select posting.id, posting.transaction_id, posting.amount_minor, posting.currency, account.code
          from ledger_postings posting join ledger_accounts account on account.id = posting.account_id
          where account.code like 'partner:%:payable') posting
    full join partner_entries entry
      on entry.posting_id = posting.id and posting.code = 'partner:' || entry.partner_id || ':payable'
      and posting.currency = entry.currency and posting.amount_minor = -entry.amount_minor
    full join statement_lines line on line.posting_id = entry.posting_id
    where entry.posting_id is null or posting.id is null
       or (entry.statement_id, entry.amount_minor, entry.kind)
          is distinct from (line.statement_id, coalesce(line.amount_minor, entry.amount_minor), coalesce(line.kind, entry.kind))
    limit 1`.execute(rowsOf(em));
  return rows[0] ?? null;
}
