import { InvalidInputError } from '../shared/domain-error.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** @throws InvalidInputError unless it is an instant with its time zone, as ISO 8601 writes it */
export function readInstant(name: string, text: string): Date {
  const at = INSTANT.test(text) ? new Date(text) : null;
  if (at && !Number.isNaN(at.getTime())) return at;
  throw new InvalidInputError(name, `"${name}" is an instant with its time zone, such as 2026-10-01T00:00:00+08:00.`);
}
