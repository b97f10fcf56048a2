export type { StatementLineRow } from './open-lines.queries.ts';
export { PeriodClosingSchema } from './period-closing.entity.ts';
export { StatementSchema } from './statement.entity.ts';
export { PeriodClosedError, PeriodNotOverError, PeriodOrderError } from './statement.errors.ts';
export { lineCursor, type StatementRow } from './statement.queries.ts';
export { StatementService } from './statement.service.ts';
export { STATEMENT_LINE_KINDS, StatementLineSchema } from './statement-line.entity.ts';
