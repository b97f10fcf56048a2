import { type Options, stringify } from 'csv-stringify/sync';
import { Money } from '../../shared/money.ts';
import type { FiledStatement, StatementLineRow } from '../../statements/index.ts';

const COLUMNS = [
  'partner',
  'period',
  'position',
  'kind',
  'effective_at',
  'available_at',
  'late_period',
  'currency',
  'amount',
  'amount_minor',
  'balance',
  'balance_minor',
  'explanation',
  'posting_id',
  'share_id',
  'source_id',
] as const;

/** A text that a spreadsheet would take for a formula gets an apostrophe; amounts are ours, and stay numbers. */
const OPTIONS: Options = {
  escape_formulas: true,
  record_delimiter: 'windows',
  cast: { object: (money) => ({ value: (money as unknown as Money).toDecimal(), escape_formulas: false }) },
};

/**
 * A statement as CSV (RFC 4180), piece by piece: UTF-8 with a byte-order mark, by which spreadsheets know it. Each
 * line shows the balance that it leads to: the first from the opening balance on, the last to the closing one.
 */
export async function* statementCsv(filed: FiledStatement): AsyncGenerator<string> {
  yield stringify([[...COLUMNS]], { ...OPTIONS, bom: true });
  let [position, balanceMinor] = [0, filed.statement.openingMinor];
  for await (const page of filed.pages()) {
    const rows = page.map((line) => {
      position += 1;
      balanceMinor += line.amountMinor;
      return toRow(line, { filed, position, balanceMinor });
    });
    yield stringify(rows, OPTIONS);
  }
}

function toRow(
  line: StatementLineRow,
  { filed, position, balanceMinor }: { filed: FiledStatement; position: number; balanceMinor: bigint },
) {
  const { period, currency } = filed.statement;
  return [
    filed.partner.name,
    period,
    position,
    line.kind,
    line.effectiveAt.toISOString(),
    line.availableAt.toISOString(),
    line.latePeriod,
    currency,
    Money.ofMinor(line.amountMinor, currency),
    line.amountMinor,
    Money.ofMinor(balanceMinor, currency),
    balanceMinor,
    line.explanation,
    line.id,
    line.shareId,
    line.sourceId,
  ];
}
