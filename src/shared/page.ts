import { InvalidInputError } from './domain-error.ts';
import { isStorableText } from './storable.ts';

/** What a list was asked for: at most `first` rows after the row that `after` names. */
export interface PageRequest {
  readonly first: number;
  readonly after: Cursor | null;
}

/** The sort key of the last row seen, most significant first. Text, so that every key type fits. */
export type Cursor = readonly string[];

export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly hasNextPage: boolean;
}

export const MAX_PAGE_SIZE = 100;

/** @throws InvalidInputError when `first` is outside 1..100 or `after` is no cursor of ours. */
export function pageRequest(first: number, after: string | null | undefined): PageRequest {
  if (!Number.isInteger(first) || first < 1 || first > MAX_PAGE_SIZE) {
    throw new InvalidInputError('first', `"first" must be a whole number from 1 to ${MAX_PAGE_SIZE}, not ${first}.`);
  }
  return { first, after: after ? decodeCursor(after) : null };
}

/** Cuts the extra row that a query with `limit first + 1` fetched to learn whether there is more. */
export function pageOf<Row>(rows: readonly Row[], request: PageRequest): Page<Row> {
  return { rows: rows.slice(0, request.first), hasNextPage: rows.length > request.first };
}

export function encodeCursor(cursor: Cursor): string {
  return Buffer.from(JSON.stringify(cursor), 'utf8').toString('base64url');
}

function decodeCursor(text: string): Cursor {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length <= 4 && value.every(isCursorPart)) return value;
  } catch {
    // Falls through to the one answer for every text that is no cursor.
  }
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}

function isCursorPart(part: unknown): part is string {
  return typeof part === 'string' && isStorableText(part);
}
