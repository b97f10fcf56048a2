import { z } from 'zod';
import { MerkleTree, merkleLeafHash, verifyMerkleProof } from '../ledger/index.ts';
import { canonicalJson, type LeafRecord, leafBytes, STATEMENT_FORMAT } from './statement-leaf.ts';

/** What checking a proof brought. */
export interface ProofVerdict {
  /** One line with its way to the root, or a whole statement. */
  readonly kind: 'LINE' | 'STATEMENT';
  readonly holds: boolean;
  /** The root that the proof claims. */
  readonly root: string | null;
  /** What does not hold, or what is shown. */
  readonly detail: string;
}

/** The text is neither a line's proof nor a statement. */
export class UnreadableProofError extends Error {
  override readonly name = 'UnreadableProofError';
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const record = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const lineProof = z.object({
  leaf: z.string(),
  index: z.int().min(1),
  size: z.int().min(2),
  path: z.array(hash).max(64),
  root: hash,
});
const minor = z.string().regex(/^-?\d{1,19}$/);
const wholeStatement = z.object({
  format: z.literal(STATEMENT_FORMAT),
  merkleRoot: hash.nullable(),
  header: record.and(
    z.object({ statementId: z.string().nullable(), openingMinor: minor, closingMinor: minor, lineCount: z.number() }),
  ),
  totals: z.array(z.object({ kind: z.string(), count: z.number(), amountMinor: minor })),
  lines: z.array(
    record.and(
      z.object({ statementId: z.string().nullable(), position: z.number(), kind: z.string(), amountMinor: minor }),
    ),
  ),
});
type WholeFile = z.infer<typeof wholeStatement>;

/**
 * Checks what `StatementLine.proof` or the JSON export of a statement says, from the text alone: no database, no
 * network. That a proof holds shows that the line belongs to the root; whose root it is, is for the reader to compare
 * with the one that was noted when the month was closed.
 *
 * @param expectedRoot a root that was noted earlier; absent for the root of the proof itself
 * @throws UnreadableProofError when the document is neither
 */
export function checkProof(document: unknown, expectedRoot?: string): ProofVerdict {
  const line = lineProof.safeParse(document);
  if (line.success) return verdictOf('LINE', line.data.root, lineFault(line.data), expectedRoot);
  const whole = wholeStatement.safeParse(document);
  if (whole.success) return verdictOf('STATEMENT', whole.data.merkleRoot, wholeFault(whole.data), expectedRoot);
  throw new UnreadableProofError('The file holds neither the proof of a line nor a statement in JSON.');
}

function verdictOf(
  kind: ProofVerdict['kind'],
  root: string | null,
  fault: string | null,
  expectedRoot: string | undefined,
): ProofVerdict {
  if (fault !== null) return { kind, holds: false, root, detail: fault };
  if (expectedRoot !== undefined && expectedRoot !== root) {
    return { kind, holds: false, root, detail: `It holds for another root than ${expectedRoot}.` };
  }
  const shown = kind === 'LINE' ? 'The line is one of the statement' : 'Header and lines are those of the statement';
  return { kind, holds: true, root, detail: `${shown} with this root.` };
}

function lineFault(proof: z.infer<typeof lineProof>): string | null {
  const leaf = readLeaf(proof.leaf);
  if (leaf === null) return 'The leaf is not a line of a statement.';
  if (leaf.position !== proof.index)
    return `The leaf is line ${leaf.position}, and the proof is of line ${proof.index}.`;
  const path = proof.path.map((neighbour) => Buffer.from(neighbour, 'hex'));
  const { index, size } = proof;
  const holds = verifyMerkleProof(
    Buffer.from(proof.leaf, 'utf8'),
    { index, size, path },
    Buffer.from(proof.root, 'hex'),
  );
  return holds ? null : 'The way from the leaf does not lead to the root.';
}

function readLeaf(text: string): LeafRecord | null {
  try {
    const leaf = record.parse(JSON.parse(text));
    return leaf.record === 'LINE' && canonicalJson(leaf) === text ? leaf : null;
  } catch {
    return null;
  }
}

function wholeFault({ merkleRoot, header, totals, lines }: WholeFile): string | null {
  if (merkleRoot === null) return 'The statement has no root: it is open, or was closed before there were roots.';
  if (header.lineCount !== lines.length)
    return `The header tells of ${header.lineCount} lines; there are ${lines.length}.`;
  const stray = lines.findIndex(({ position, statementId }, at) => {
    return position !== at + 1 || statementId !== header.statementId;
  });
  if (stray !== -1) return `Line ${stray + 1} is not the one that belongs there.`;
  const root = new MerkleTree([header, ...lines].map((leaf) => merkleLeafHash(leafBytes(leaf)))).root.toString('hex');
  if (root !== merkleRoot) return `Header and lines hash to ${root}.`;
  return figuresFault(header, lines) ?? totalsFault(totals, lines);
}

function figuresFault({ openingMinor, closingMinor }: WholeFile['header'], lines: WholeFile['lines']): string | null {
  const reached = BigInt(openingMinor) + sumOf(lines);
  return reached === BigInt(closingMinor) ? null : `Opening and lines come to ${reached}, and not to ${closingMinor}.`;
}

function totalsFault(totals: WholeFile['totals'], lines: WholeFile['lines']): string | null {
  const byKind = Map.groupBy(lines, ({ kind }) => kind);
  const isRight = totals.every(({ kind, count, amountMinor }) => {
    const ofKind = byKind.get(kind) ?? [];
    return ofKind.length === count && sumOf(ofKind) === BigInt(amountMinor);
  });
  return isRight && totals.length === byKind.size ? null : 'The totals are not the sums of the lines.';
}

function sumOf(lines: readonly { readonly amountMinor: string }[]): bigint {
  return lines.reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);
}
