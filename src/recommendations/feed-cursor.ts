import { InvalidInputError } from '../shared/domain-error.ts';
import { isUuid } from '../shared/ids.ts';
import type { Cursor } from '../shared/page.ts';
import { FEED_TIERS, type FeedTier } from './feed-tier.ts';

/** Microseconds of the year 2286: nothing ranks higher. */
const MOST_RANK = 1e16;
/** Of an ISO instant of a year with four digits. */
const INSTANT_LENGTH = 24;

/** A place in a feed as it was when its first page was made. */
export interface FeedPlace {
  /** What was received later does not move the list. */
  readonly asOf: Date;
  /** The model that ranked it; null for none. */
  readonly versionId: string | null;
  readonly tier: FeedTier;
  readonly rank: number;
  readonly contentId: string;
}

export function toCursor({ asOf, versionId, tier, rank, contentId }: FeedPlace): Cursor {
  return [asOf.toISOString(), versionId ?? '', `${tier}:${rank}`, contentId];
}

/** @throws InvalidInputError when the cursor is not one that `toCursor` made */
export function toPlace(cursor: Cursor): FeedPlace {
  const [asOfText = '', versionId = '', rankText = '', contentId = ''] = cursor;
  const [tierText = '', digits = ''] = rankText.split(':');
  const tier = FEED_TIERS.find((known) => known === tierText);
  const place = { asOf: new Date(asOfText), versionId: versionId || null, rank: Number(digits), contentId };
  const isOurs =
    asOfText.length === INSTANT_LENGTH &&
    place.asOf.getTime() >= 0 &&
    (versionId === '' || isUuid(versionId)) &&
    digits !== '' &&
    place.rank >= 0 &&
    place.rank <= MOST_RANK &&
    isUuid(contentId);
  if (!tier || !isOurs) throw new InvalidInputError('after', 'The cursor is not one that this list gave out.');
  return { ...place, tier };
}
