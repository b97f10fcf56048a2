export type { Closing } from './closing.ts';
export type { StatementLineRow } from './open-lines.queries.ts';
export { PeriodClosing, PeriodClosingSchema } from './period-closing.entity.ts';
export { Statement, StatementSchema } from './statement.entity.ts';
export { PeriodClosedError, PeriodNotOverError, PeriodOrderError } from './statement.errors.ts';
export { lineCursor, type StatementRow } from './statement.queries.ts';
export { StatementService } from './statement.service.ts';
export { STATEMENT_LINE_KINDS, StatementLine, StatementLineSchema } from './statement-line.entity.ts';
