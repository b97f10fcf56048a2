import { type RawBuilder, sql } from 'kysely';
import { InvalidInputError } from '../shared/domain-error.ts';

/** The time that a file is about: from one instant up to another, which is no part of it. */
export interface RunPeriod {
  readonly from: Date;
  readonly until: Date;
}

/** From the first to the last instant of the file's lines; null when no line that moves money has one. */
export interface Span {
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/**
 * @returns null when neither end is given: the lines of the file say then what it is about
 * @throws InvalidInputError when one end is missing, or they are the wrong way round
 */
export function requirePeriod({
  from,
  until,
}: {
  from?: Date | undefined;
  until?: Date | undefined;
}): RunPeriod | null {
  if (from === undefined && until === undefined) return null;
  if (from === undefined || until === undefined) {
    throw new InvalidInputError(from === undefined ? 'from' : 'until', 'A period has both ends, or is left out.');
  }
  if (from >= until) throw new InvalidInputError('until', 'A period ends after it begins.');
  return { from, until };
}

/** Whether the instant `at` is of the time that the file is about. */
export function isOfFile(at: RawBuilder<unknown>, period: RunPeriod | null, span: Span | null): RawBuilder<boolean> {
  if (period) return sql<boolean>`(${at} >= ${period.from}::timestamptz and ${at} < ${period.until}::timestamptz)`;
  if (span) return sql<boolean>`(${at} between ${span.firstAt}::timestamptz and ${span.lastAt}::timestamptz)`;
  return sql<boolean>`false`;
}
