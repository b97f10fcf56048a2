export { PeriodClosing, PeriodClosingSchema } from './period-closing.entity.ts';
export { Statement, StatementSchema } from './statement.entity.ts';
export { STATEMENT_LINE_KINDS, StatementLine, StatementLineSchema } from './statement-line.entity.ts';
