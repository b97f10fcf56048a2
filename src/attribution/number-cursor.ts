import { InvalidInputError } from '../shared/domain-error.ts';
import type { Cursor } from '../shared/page.ts';

const LARGEST = 2_147_483_647;

/** Where a list that goes down by a number goes on: below the number returned. @throws InvalidInputError for another list's cursor */
export function readNumberCursor(after: Cursor | null): number {
  if (!after) return LARGEST;
  const [text = ''] = after;
  const number = Number(text);
  if (/^\d{1,10}$/.test(text) && number <= LARGEST) return number;
  throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
}
