import { FEATURE_COUNT, FEATURE_UNITS } from '../feed/features.ts';
import { parseJsonLines } from '../training/json-lines.ts';
import type { FeedRow, PlacedContentRow } from './feed-log.reader.ts';
import type { RankedContent, RankedMoment } from './ranker-columns.ts';

/** A feed that somebody was given. */
export interface ShownFeed extends RankedMoment {
  /** Number of the person. */
  readonly user: number;
  /** Its places among the examples: from the first one on, and before the last. */
  readonly from: number;
  readonly to: number;
}

/** Places that feeds showed, in the order of time, and what came of them. */
export interface ShownExamplesLog {
  readonly feeds: readonly ShownFeed[];
  readonly contents: readonly RankedContent[];
  readonly userCount: number;
  /** Number of the content of each place. */
  readonly content: Int32Array;
  /** Place in its feed, from 0. */
  readonly position: Int32Array;
  /** What the ranker of then saw, `FEATURE_COUNT` numbers a place. */
  readonly features: Float32Array;
  /** How likely the place was to get this content, in (0, 1]. */
  readonly propensity: Float64Array;
  /** 1 or 0. */
  readonly clicked: Uint8Array;
  readonly converted: Uint8Array;
}

interface Decoded {
  readonly feeds: ShownFeed[];
  readonly rows: { readonly row: FeedRow; readonly width: number }[];
  readonly users: Map<string, number>;
}

/**
 * @param feedLines lines of `FeedRow`, in the order of time
 * @param contentLines lines of `PlacedContentRow`; places of contents that are not among them are left out
 */
export function readShownExamples(feedLines: readonly Uint8Array[], contentLines: Uint8Array): ShownExamplesLog {
  const { contents, numbers } = readContents(contentLines);
  const decoded = decode(feedLines, numbers);
  const count = decoded.feeds.at(-1)?.to ?? 0;
  const log: ShownExamplesLog = {
    feeds: decoded.feeds,
    contents,
    userCount: decoded.users.size,
    content: new Int32Array(count),
    position: new Int32Array(count),
    features: new Float32Array(count * FEATURE_COUNT),
    propensity: new Float64Array(count),
    clicked: new Uint8Array(count),
    converted: new Uint8Array(count),
  };
  let at = 0;
  for (const { row, width } of decoded.rows) {
    const [, , , places, features] = row;
    places.forEach(([contentId, propensity, clicked, converted], position) => {
      const content = numbers.get(contentId);
      if (content === undefined) return;
      log.content[at] = content;
      log.position[at] = position;
      log.propensity[at] = propensity;
      log.clicked[at] = clicked;
      log.converted[at] = converted;
      // A feed that was kept before a feature came has none of it.
      const seen = features.slice(position * width, position * width + Math.min(width, FEATURE_COUNT));
      log.features.set(
        seen.map((units) => units / FEATURE_UNITS),
        at * FEATURE_COUNT,
      );
      at++;
    });
  }
  return log;
}

function readContents(lines: Uint8Array): { contents: RankedContent[]; numbers: Map<string, number> } {
  const contents: RankedContent[] = [];
  const numbers = new Map<string, number>();
  for (const line of parseJsonLines(lines)) {
    const [id, domainCode, kind, module, partnerId] = line as PlacedContentRow;
    numbers.set(id, contents.length);
    contents.push({ domainCode, kind, module, partnerId });
  }
  return { contents, numbers };
}

function decode(feedLines: readonly Uint8Array[], numbers: ReadonlyMap<string, number>): Decoded {
  const decoded: Decoded = { feeds: [], rows: [], users: new Map() };
  for (const lines of feedLines) {
    for (const line of parseJsonLines(lines)) {
      const row = line as FeedRow;
      const [userId, atMs, occupation, places, features] = row;
      const user = decoded.users.get(userId) ?? decoded.users.size;
      decoded.users.set(userId, user);
      const from = decoded.feeds.at(-1)?.to ?? 0;
      const known = places.reduce((sum, [contentId]) => sum + (numbers.has(contentId) ? 1 : 0), 0);
      decoded.feeds.push({ user, atMs, occupation: nameOf(occupation), from, to: from + known });
      decoded.rows.push({ row, width: places.length === 0 ? 0 : features.length / places.length });
    }
  }
  return decoded;
}

/** As feeds know occupations. */
function nameOf(occupation: string | null): string | null {
  return occupation?.trim().toLowerCase() || null;
}
