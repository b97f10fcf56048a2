import { InvalidInputError } from './domain-error.ts';
import { isUuid } from './ids.ts';
import type { Cursor } from './page.ts';
import { isStorableInstant } from './storable.ts';

/** Cursor of a row in a list by time and then by id. */
export function instantCursor(at: Date, id: string): Cursor {
  return [at.toISOString(), id];
}

/** @throws InvalidInputError when the cursor is not one of a list by time */
export function readInstantCursor(after: Cursor | null): { at: Date; id: string } | null {
  if (!after) return null;
  const [text = '', id = ''] = after;
  const at = new Date(text);
  if (!isStorableInstant(at) || !isUuid(id)) throw wrongCursor();
  return { at, id };
}

/** @throws InvalidInputError when the cursor is not one of a list by a text and then by id */
export function readTextCursor(after: Cursor | null): { text: string; id: string } | null {
  if (!after) return null;
  const [text = '', id = ''] = after;
  if (!isUuid(id)) throw wrongCursor();
  return { text, id };
}

function wrongCursor(): InvalidInputError {
  return new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
