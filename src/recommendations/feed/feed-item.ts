import type { Cursor } from '../../shared/page.ts';
import type { FeedReason } from './feed-reason.ts';

export interface FeedItem {
  readonly contentId: string;
  /** In (0, 1); higher is better. */
  readonly score: number;
  /** Whether chance gave it the place, to learn what is little known. */
  readonly isDiscovery: boolean;
  readonly reasons: readonly FeedReason[];
  readonly cursor: Cursor;
}
