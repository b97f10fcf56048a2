import { type ShareTrace, traceShares } from '../allocations/index.ts';
import { type ContractTables, findVersionsWithTerms, type TermRow, type VersionInForce } from '../contracts/index.ts';
import type { PartnerEntryKind } from '../partner-accounts/index.ts';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import type { Actor } from '../shared/actor.ts';
import { findDisputesByIds, type LineDisputeRow } from './line-dispute.queries.ts';
import type { StatementTables } from './open-lines.queries.ts';
import { findLinesByIds } from './statement-line.queries.ts';

/** Where a line comes from. What does not apply to its kind is null. */
export interface LineTrace {
  /** Of the line. */
  readonly id: string;
  readonly explanation: string;
  /** For what came from a sale, its return or its being split anew. */
  readonly share: ShareTrace | null;
  /** The clause that promised it, for an advance or a guaranteed minimum. */
  readonly clause: { readonly version: VersionInForce; readonly term: TermRow } | null;
  /** For an adjustment. */
  readonly dispute: LineDisputeRow | null;
  /** For money that was sent, or came back. */
  readonly payoutId: string | null;
}

const BY_TERM: readonly PartnerEntryKind[] = ['ADVANCE', 'GUARANTEE'];
const BY_PAYOUT: readonly PartnerEntryKind[] = ['PAYOUT', 'PAYOUT_RETURN'];

/**
 * Traces lines to what they came from, by a fixed number of statements however many lines.
 *
 * @param actor who reads: may see the lines asked for, which is for the caller to know
 */
export async function traceLines(database: Database, actor: Actor, lineIds: readonly string[]): Promise<LineTrace[]> {
  const lines = await findLinesByIds(database.read<StatementTables>(), lineIds);
  const sourcesOf = (isOfKind: (kind: PartnerEntryKind) => boolean) =>
    lines.filter(({ kind }) => isOfKind(kind)).map(({ sourceId }) => sourceId);
  const shareIds = lines.flatMap(({ shareId }) => shareId ?? []);
  const [shares, clauses, disputes] = await Promise.all([
    shareIds.length > 0 ? traceShares(database, actor, shareIds) : [],
    findClauses(
      database,
      sourcesOf((kind) => BY_TERM.includes(kind)),
    ),
    findDisputes(
      database,
      sourcesOf((kind) => kind === 'ADJUSTMENT'),
    ),
  ]);
  const shareOf = new Map(shares.map((share) => [share.id, share]));
  return lines.map(({ id, explanation, shareId, sourceId, kind }) => ({
    id,
    explanation,
    share: shareOf.get(shareId ?? '') ?? null,
    clause: clauses.get(sourceId) ?? null,
    dispute: disputes.get(sourceId) ?? null,
    payoutId: BY_PAYOUT.includes(kind) ? sourceId : null,
  }));
}

/** Terms by id, each with the version that it is part of. */
async function findClauses(
  database: Database,
  termIds: readonly string[],
): Promise<Map<string, NonNullable<LineTrace['clause']>>> {
  if (termIds.length === 0) return new Map();
  const terms = await database
    .read<ContractTables>()
    .selectFrom('contract_terms')
    .select('version_id as versionId')
    .where(isAnyOf('id', termIds))
    .distinct()
    .execute();
  const versionIds = terms.map(({ versionId }) => versionId);
  const versions = await findVersionsWithTerms(database.read<ContractTables>(), versionIds);
  return new Map(versions.flatMap((version) => version.terms.map((term) => [term.id, { version, term }] as const)));
}

async function findDisputes(database: Database, ids: readonly string[]): Promise<Map<string, LineDisputeRow>> {
  if (ids.length === 0) return new Map();
  return new Map((await findDisputesByIds(database, ids)).map((dispute) => [dispute.id, dispute]));
}
