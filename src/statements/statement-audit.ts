import { type AuditFault, type LedgerAudit, MerkleTree, merkleLeafHash } from '../ledger/index.ts';
import type { EntityManager } from '../platform/database.ts';
import { findHashedLines, findStatementsAfter, findStrayEntry, type StatedRow } from './audit.queries.ts';
import { headerRecord, leafBytes, lineRecord } from './statement-leaf.ts';

const PAGE = 1_000;

/**
 * Closed statements beside the books: each adds up, follows the one before it, and hashes to its root line by line,
 * and each line is a posting on the partner's account that no other statement shows.
 */
export const statementAudit: LedgerAudit = {
  name: 'statements',
  async check(em, goOn) {
    goOn();
    const stray = await findStrayEntry(em);
    if (stray) return stray;
    for (let after: string | null = null; ; ) {
      goOn();
      const statements: StatedRow[] = await findStatementsAfter(em, after, PAGE);
      for (const statement of statements) {
        const detail = headFault(statement) ?? (await linesFault(em, statement, goOn));
        if (detail !== null) return faultOf(statement, detail);
      }
      after = statements.at(-1)?.id ?? null;
      if (statements.length < PAGE) return null;
    }
  },
};

function faultOf({ partnerId, period, currency }: StatedRow, detail: string): AuditFault {
  return { transactionId: null, detail: `Statement of ${period} in ${currency} of partner ${partnerId}: ${detail}` };
}

/** What is wrong with how a statement follows the one before it. */
function headFault(statement: StatedRow): string | null {
  const { openingMinor, previousClosingMinor, merkleRoot, previousRoot, previousPeriod, lastPeriod } = statement;
  if (previousPeriod !== lastPeriod) return `it follows ${previousPeriod}, and the one before is of ${lastPeriod}.`;
  if (openingMinor !== (previousClosingMinor ?? 0n)) {
    return `it opens with ${openingMinor}, and the one before closed with ${previousClosingMinor ?? 0n}.`;
  }
  if (merkleRoot === null && previousRoot !== null) return 'it has no root, and the one before has one.';
  return null;
}

/** What is wrong with the lines: the first that is not as it was hashed, then count, sum and root. */
async function linesFault(em: EntityManager, statement: StatedRow, goOn: () => void): Promise<string | null> {
  const { id: statementId, currency, merkleRoot, openingMinor, closingMinor, lineCount } = statement;
  const hashes = [merkleLeafHash(leafBytes(headerRecord(statement)))];
  let [sumMinor, position] = [openingMinor, 0];
  for (let hasMore = true; hasMore; goOn()) {
    const lines = await findHashedLines(em, statementId, { after: position, limit: PAGE });
    for (const line of lines) {
      position += 1;
      sumMinor += line.amountMinor;
      if (line.position !== position) return `line ${position} is missing.`;
      const hash = merkleLeafHash(leafBytes(lineRecord(line, { statementId, position, currency })));
      if (merkleRoot !== null && hash.toString('hex') !== line.leafHash) {
        return `line ${position}, posting ${line.id}, is not what was closed.`;
      }
      hashes.push(hash);
    }
    hasMore = lines.length === PAGE;
  }
  if (position !== lineCount) return `it has ${position} lines, and was closed with ${lineCount}.`;
  if (sumMinor !== closingMinor) return `opening and lines come to ${sumMinor}, and it closed with ${closingMinor}.`;
  const root = new MerkleTree(hashes).root.toString('hex');
  return merkleRoot === null || root === merkleRoot ? null : `it hashes to ${root}, and was closed with ${merkleRoot}.`;
}
