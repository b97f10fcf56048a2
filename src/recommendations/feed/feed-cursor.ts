import { InvalidInputError } from '../../shared/domain-error.ts';
import { isUuid } from '../../shared/ids.ts';
import type { Cursor } from '../../shared/page.ts';

/** No list is as long. */
const MOST_PLACES = 1_000_000;

/** A place in a list that was given out. */
export interface FeedPlace {
  readonly feedId: string;
  /** From 0. */
  readonly position: number;
}

export function toCursor({ feedId, position }: FeedPlace): Cursor {
  return [feedId, String(position)];
}

/** @throws InvalidInputError when the cursor is not one that `toCursor` made */
export function toPlace(cursor: Cursor): FeedPlace {
  const [feedId = '', text = ''] = cursor;
  const position = Number(text);
  const isOurs = cursor.length === 2 && isUuid(feedId) && /^\d+$/.test(text) && position < MOST_PLACES;
  if (!isOurs) throw unknownPlace();
  return { feedId, position };
}

export function unknownPlace(): InvalidInputError {
  return new InvalidInputError('after', 'The cursor is not one that this list gave out, or is too old.');
}
