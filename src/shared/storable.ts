/** Whether the database can keep the text as it is: PostgreSQL takes no NUL, and UTF-8 no half of a surrogate pair. */
export function isStorableText(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z');
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** Whether the instant falls into a year of four digits, in UTC: others have no form that every part of us reads. */
export function isStorableInstant(at: Date): boolean {
  return at.getTime() >= EARLIEST_MS && at.getTime() <= LATEST_MS;
}
