import type { Kysely } from 'kysely';
import { MerkleTree, merkleLeafHash } from '../ledger/index.ts';
import type { Database } from '../platform/database.ts';
import { isAnyOf } from '../platform/is-any-of.ts';
import { present } from '../shared/invariant.ts';
import type { StatementTables } from './open-lines.queries.ts';
import { canonicalJson, headerRecord, leafBytes, lineRecord, type StatementHeader } from './statement-leaf.ts';
import { findLinesByIds, type OwnedLineRow } from './statement-line.queries.ts';

/** What shows that a line is on a statement with a certain root. Hashes are hexadecimal. */
export interface LineProof {
  /** Of the line. */
  readonly id: string;
  /** The line as it was hashed. */
  readonly leaf: string;
  readonly hash: string;
  /** Place among the leaves: 0 is the header, 1 the first line. */
  readonly index: number;
  /** Number of leaves. */
  readonly size: number;
  readonly path: readonly string[];
  readonly root: string;
}

interface HashedStatement extends StatementHeader {
  readonly id: string;
  readonly merkleRoot: string | null;
}

/**
 * Proofs of lines by id. Lines of open statements, and of those that were closed before there were roots, have none.
 * The tree of each statement is built once for all of its lines that are asked for.
 */
export async function findLineProofs(database: Database, ids: readonly string[]): Promise<LineProof[]> {
  const rows = database.read<StatementTables>();
  const lines = Map.groupBy(await findLinesByIds(rows, ids), ({ statementId }) => statementId);
  const statements = await findHeaders(
    rows,
    [...lines.keys()].flatMap((id) => id ?? []),
  );
  const proofs = [];
  for (const statement of statements) {
    if (statement.merkleRoot === null) continue;
    const tree = await plantTree(rows, statement);
    const place = { tree, root: statement.merkleRoot };
    proofs.push(...(lines.get(statement.id) ?? []).map((line) => prove(line, place)));
  }
  return proofs;
}

/** What the first leaves of statements are made of. */
export function findHeaders(rows: Kysely<StatementTables>, ids: readonly string[]): Promise<HashedStatement[]> {
  return rows
    .selectFrom('statements as statement')
    .leftJoin('statements as previous', 'previous.id', 'statement.previous_id')
    .select(['statement.id', 'statement.partner_id as partnerId', 'statement.currency', 'statement.period'])
    .select(['statement.opening_minor as openingMinor', 'statement.closing_minor as closingMinor'])
    .select(['statement.pending_minor as pendingMinor', 'statement.line_count as lineCount'])
    .select(['statement.closed_at as closedAt', 'statement.merkle_root as merkleRoot'])
    .select('previous.merkle_root as previousRoot')
    .where(isAnyOf('statement.id', ids))
    .execute();
}

/** From the header and the hashes of the lines, which are the leaves that the closing hashed. */
async function plantTree(rows: Kysely<StatementTables>, statement: HashedStatement): Promise<MerkleTree> {
  const lines = await rows
    .selectFrom('statement_lines')
    .select('leaf_hash as hash')
    .where('statement_id', '=', statement.id)
    .orderBy('position')
    .execute();
  const hashes = lines.map(({ hash }) => Buffer.from(hash ?? '', 'hex'));
  return new MerkleTree([merkleLeafHash(leafBytes(headerRecord(statement))), ...hashes]);
}

function prove(line: OwnedLineRow, { tree, root }: { tree: MerkleTree; root: string }): LineProof {
  const { id, statementId, currency } = line;
  const position = present(line.position, 'the position of a line on a closed statement');
  const leaf = canonicalJson(lineRecord(line, { statementId, position, currency }));
  const { index, size, path } = tree.proof(position);
  return {
    id,
    leaf,
    hash: merkleLeafHash(Buffer.from(leaf, 'utf8')).toString('hex'),
    index,
    size,
    path: path.map((hash) => hash.toString('hex')),
    root,
  };
}
