import { DomainError } from '../shared/domain-error.ts';
import type { Month } from '../shared/month.ts';

/** A month is closed once and for all. */
export class PeriodClosedError extends DomainError {
  readonly code = 'PERIOD_CLOSED';
  readonly period: Month;

  constructor(period: Month) {
    super(`${period} is closed. What came later is on the statement of a later month.`);
    this.period = period;
  }
}

/** Somewhere it is still that month. */
export class PeriodNotOverError extends DomainError {
  readonly code = 'PERIOD_NOT_OVER';
  /** From when on it can be closed. */
  readonly overAt: Date;

  constructor(period: Month, overAt: Date) {
    super(`${period} is over in the time zones of all contracts at ${overAt.toISOString()}, not before.`);
    this.overAt = overAt;
  }
}

/** Months close in order, each opening with what the one before it closed with. */
export class PeriodOrderError extends DomainError {
  readonly code = 'PERIOD_ORDER';
  /** The month whose turn it is. */
  readonly expected: Month;

  constructor(period: Month, expected: Month) {
    super(`Close ${expected} before ${period}: months close in order.`);
    this.expected = expected;
  }
}

/** Somebody disputes the line already, and finance has not answered yet. */
export class LineDisputedError extends DomainError {
  readonly code = 'LINE_DISPUTED';

  constructor() {
    super('The line is disputed already: wait for the answer, or withdraw that dispute.');
  }
}
