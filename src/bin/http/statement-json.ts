import { globalId } from '../../shared/global-id.ts';
import { type FiledStatement, headerRecord, lineRecord, STATEMENT_FORMAT } from '../../statements/index.ts';

/**
 * A statement in JSON, piece by piece. Header and lines are written as they were hashed, so that the file proves
 * itself: hashing them again must lead to the root.
 */
export async function* statementJson(filed: FiledStatement): AsyncGenerator<string> {
  const { statement, partner, previousRoot, readAt } = filed;
  const { id: statementId, currency, carriedFrom, totals, merkleRoot, closedAt } = statement;
  const head = {
    format: STATEMENT_FORMAT,
    partner: { id: globalId('Partner', partner.id), name: partner.name },
    // What is closed stays as it is, and so does its file: only an open one says when it was read.
    ...(closedAt ? {} : { readAt: readAt.toISOString() }),
    carriedFrom,
    merkleRoot,
    header: headerRecord({ ...statement, previousRoot }),
    totals,
  };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "lines": [`;
  let position = 0;
  for await (const page of filed.pages()) {
    const records = page.map((line) => {
      position += 1;
      const separator = position === 1 ? '\n' : ',\n';
      return `${separator}    ${JSON.stringify(lineRecord(line, { statementId, position, currency }))}`;
    });
    yield records.join('');
  }
  yield position === 0 ? ']\n}\n' : '\n  ]\n}\n';
}
