import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MerkleTree, merkleLeafHash } from '../../../src/ledger/index.ts';
import { checkProof } from '../../../src/statements/index.ts';
import {
  canonicalJson,
  headerRecord,
  leafBytes,
  lineRecord,
  STATEMENT_FORMAT,
} from '../../../src/statements/statement-leaf.ts';

const RUNS = 200;
const STATEMENT_ID = '0199c0de-0000-7000-8000-000000000001';
const KINDS = ['SALE', 'REFUND', 'PAYOUT'] as const;

const aLine = fc.record({
  id: fc.uuid(),
  shareId: fc.option(fc.uuid()),
  sourceId: fc.uuid(),
  kind: fc.constantFrom(...KINDS),
  amountMinor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  effectiveAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
  availableAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') }),
  latePeriod: fc.option(fc.constant('2026-09')),
  explanation: fc.string({ unit: 'binary' }),
});
const aStatement = fc.record({
  lines: fc.array(aLine, { minLength: 1, maxLength: 40 }),
  openingMinor: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
  currency: fc.constantFrom('CNY', 'JPY', 'KWD'),
});
type Drawn = typeof aStatement extends fc.Arbitrary<infer T> ? T : never;

/** The file of a closed statement, as the export writes it. */
function fileOf({ lines, openingMinor, currency }: Drawn) {
  const records = lines.map((line, at) => {
    const position = at + 1;
    const row = { ...line, statementId: STATEMENT_ID, position };
    return lineRecord(row, { statementId: STATEMENT_ID, position, currency });
  });
  const sumMinor = lines.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  const header = headerRecord({
    id: STATEMENT_ID,
    partnerId: STATEMENT_ID,
    currency,
    period: '2026-10',
    openingMinor,
    closingMinor: openingMinor + sumMinor,
    pendingMinor: 0n,
    lineCount: lines.length,
    closedAt: new Date('2026-11-03T04:00:00Z'),
    previousRoot: null,
  });
  const totals = [...Map.groupBy(lines, ({ kind }) => kind)].map(([kind, ofKind]) => ({
    kind,
    count: ofKind.length,
    amountMinor: ofKind.reduce((sum, { amountMinor }) => sum + amountMinor, 0n).toString(),
  }));
  const tree = new MerkleTree([header, ...records].map((leaf) => merkleLeafHash(leafBytes(leaf))));
  const file = { format: STATEMENT_FORMAT, merkleRoot: tree.root.toString('hex'), header, totals, lines: records };
  return { file: JSON.parse(JSON.stringify(file)) as typeof file, tree };
}

function proofOf({ file, tree }: ReturnType<typeof fileOf>, index: number) {
  const { size, path } = tree.proof(index);
  const leaf = canonicalJson(file.lines[index - 1] ?? {});
  return { leaf, index, size, path: path.map((hash) => hash.toString('hex')), root: file.merkleRoot };
}

describe(`checking proofs, over ${RUNS} random statements each`, () => {
  it('finds that every closed statement holds, and every line of it', () => {
    fc.assert(
      fc.property(aStatement, (drawn) => {
        const made = fileOf(drawn);
        expect(checkProof(made.file)).toMatchObject({ kind: 'STATEMENT', holds: true });
        for (const [at] of drawn.lines.entries()) {
          expect(checkProof(proofOf(made, at + 1), made.file.merkleRoot)).toMatchObject({ kind: 'LINE', holds: true });
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses a statement of which any one value was changed', () => {
    fc.assert(
      fc.property(aStatement, fc.nat(), fc.nat(), (drawn, whichRecord, whichName) => {
        const { file } = fileOf(drawn);
        const records = [file.header, ...file.lines] as Record<string, unknown>[];
        const changed = records[whichRecord % records.length] ?? {};
        const name = Object.keys(changed)[whichName % Object.keys(changed).length] ?? '';
        changed[name] = typeof changed[name] === 'number' ? 1_000 : `${changed[name]}0`;
        expect(holds(file)).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses lines that were left out, doubled or put in another order', () => {
    fc.assert(
      fc.property(aStatement, fc.nat(), fc.constantFrom('left out', 'doubled', 'swapped'), (drawn, which, how) => {
        const { file } = fileOf(drawn);
        const at = which % file.lines.length;
        const line = file.lines[at] ?? {};
        const lines = [...file.lines];
        if (how === 'left out') lines.splice(at, 1);
        else if (how === 'doubled') lines.splice(at, 0, line);
        else lines.push(...lines.splice(at, 1));
        fc.pre(JSON.stringify(lines) !== JSON.stringify(file.lines));
        expect(holds({ ...file, lines })).toBe(false);
        expect(holds({ ...file, lines, header: { ...file.header, lineCount: lines.length } })).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });

  it('refuses the proof of a line for another line, place or root', () => {
    fc.assert(
      fc.property(aStatement, fc.nat(), (drawn, which) => {
        const made = fileOf(drawn);
        const index = 1 + (which % drawn.lines.length);
        const proof = proofOf(made, index);
        const otherRoot = proof.root.replace(/^./, (digit) => (digit === '0' ? '1' : '0'));
        expect(holds({ ...proof, root: otherRoot })).toBe(false);
        expect(checkProof(proof, otherRoot).holds).toBe(false);
        expect(holds({ ...proof, index: index + 1, size: proof.size + 1 })).toBe(false);
        expect(holds({ ...proof, leaf: proof.leaf.replace('"record":"LINE"', '"record":"LINE "') })).toBe(false);
        expect(holds({ ...proof, path: proof.path.slice(1) })).toBe(false);
        expect(holds({ ...proof, leaf: canonicalJson(made.file.header), index: 1 })).toBe(false);
      }),
      { numRuns: RUNS },
    );
  });
});

describe('what is no proof', () => {
  it.each([null, [], 'text', 5, {}, { leaf: '{}' }, { format: 'other/1', lines: [] }])('is refused: %j', (document) => {
    expect(() => checkProof(document)).toThrow(/neither the proof of a line nor a statement/);
  });
});

/** Not readable counts as not holding, too. */
function holds(document: unknown): boolean {
  try {
    return checkProof(document).holds;
  } catch {
    return false;
  }
}
