import { MerkleTree, merkleLeafHash } from '../ledger/index.ts';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import { bulkInsert } from '../platform/bulk-insert.ts';
import type { EntityManager } from '../platform/database.ts';

import { invariant } from '../shared/invariant.ts';
import type { Month } from '../shared/month.ts';
import { type Carried, type ClosingLine, findCarried, findPending, readLines } from './closing.queries.ts';
import type { KindTotal } from './statement.entity.ts';
import { headerRecord, leafBytes, lineRecord } from './statement-leaf.ts';
import { statementIdOf } from './statement-reading.ts';

interface Account {
  readonly partnerId: string;
  readonly currency: string;
}

interface ClosingMonth {
  readonly period: Month;
  readonly closedAt: Date;
}

/**
 * Writes one statement for every partner and currency with lines in the month, or with an earlier statement, which it
 * carries on. Lines are read, hashed and written in one pass; of a statement only its hashes stay in memory.
 */
export async function writeStatements(
  em: EntityManager,
  month: ClosingMonth,
): Promise<{ statements: number; lines: number }> {
  const carried = new Map((await findCarried(em, month.period)).map((statement) => [keyOf(statement), statement]));
  const pending = await findPending(em, { period: month.period, at: month.closedAt });
  const pendingOf = new Map(pending.map((account) => [keyOf(account), account.pendingMinor]));
  const drafts: StatementDraft[] = [];
  const begin = (account: Account): StatementDraft => {
    const key = keyOf(account);
    const draft = new StatementDraft(account, { period: month.period, carried: carried.get(key) ?? null });
    carried.delete(key);
    drafts.push(draft);
    return draft;
  };
  let lines = 0;
  let current: StatementDraft | null = null;
  for await (const page of readLines(em, month.period)) {
    const rows = [];
    for (const line of page) {
      if (!current?.isOf(line)) current = begin(line);
      rows.push(current.add(line));
    }
    lines += await insertAll(em, 'statement_lines', rows);
  }
  for (const account of [...carried.values()]) begin(account);
  const statements = drafts.map((draft) => draft.finish({ ...month, pendingMinor: pendingOf.get(draft.key) ?? 0n }));
  return { statements: await insertAll(em, 'statements', statements), lines };
}

/** A statement that takes line after line. */
class StatementDraft {
  readonly key: string;
  readonly #id: string;
  readonly #account: Account;
  readonly #carried: Carried | null;
  readonly #hashes: Buffer[] = [];
  readonly #totals = new Map<PartnerEntryKind, { count: number; amountMinor: bigint }>();

  constructor(account: Account, { period, carried }: { period: Month; carried: Carried | null }) {
    const { partnerId, currency } = account;
    this.key = keyOf(account);
    this.#id = statementIdOf({ ...account, period });
    this.#account = { partnerId, currency };
    this.#carried = carried;
  }

  isOf(account: Account): boolean {
    return keyOf(account) === this.key;
  }

  /** @returns the row of the line */
  add(line: ClosingLine): Record<string, unknown> {
    const [statementId, position] = [this.#id, this.#hashes.length + 1];
    const leafHash = merkleLeafHash(leafBytes(lineRecord(line, { statementId, position, currency: line.currency })));
    this.#hashes.push(leafHash);
    const total = this.#totals.get(line.kind) ?? { count: 0, amountMinor: 0n };
    this.#totals.set(line.kind, { count: total.count + 1, amountMinor: total.amountMinor + line.amountMinor });
    return {
      id: line.id,
      statement_id: statementId,
      position,
      posting_id: line.id,
      allocation_share_id: line.shareId,
      source_id: line.sourceId,
      kind: line.kind,
      amount_minor: line.amountMinor,
      effective_at: line.effectiveAt,
      available_at: line.availableAt,
      late_period: line.latePeriod,
      explanation: line.explanation,
      leaf_hash: leafHash.toString('hex'),
    };
  }

  /** @returns the row of the statement */
  finish({ period, closedAt, pendingMinor }: ClosingMonth & { pendingMinor: bigint }): Record<string, unknown> {
    const openingMinor = this.#carried?.closingMinor ?? 0n;
    const totals = [...this.#totals].map(([kind, total]) => ({ kind, ...total }));
    const closingMinor = totals.reduce((sum, { amountMinor }) => sum + amountMinor, openingMinor);
    const figures = { openingMinor, closingMinor, pendingMinor, lineCount: this.#hashes.length, closedAt };
    const previousRoot = this.#carried?.merkleRoot ?? null;
    const header = headerRecord({ id: this.#id, ...this.#account, period, ...figures, previousRoot });
    return {
      id: this.#id,
      partner_id: this.#account.partnerId,
      currency: this.#account.currency,
      period,
      opening_minor: openingMinor,
      closing_minor: closingMinor,
      pending_minor: pendingMinor,
      line_count: figures.lineCount,
      totals: totals.map((total): KindTotal => ({ ...total, amountMinor: total.amountMinor.toString() })),
      previous_id: this.#carried?.id ?? null,
      merkle_root: new MerkleTree([merkleLeafHash(leafBytes(header)), ...this.#hashes]).root.toString('hex'),
      closed_at: closedAt,
    };
  }
}

async function insertAll(
  em: EntityManager,
  table: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<number> {
  const inserted = await bulkInsert(em, table, rows);
  invariant(inserted === rows.length, `every row of ${table} is new`);
  return inserted;
}

function keyOf({ partnerId, currency }: Account): string {
  return `${partnerId} ${currency}`;
}
