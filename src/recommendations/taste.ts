import type { InteractionKind } from '../math/weighting/index.ts';
import { type TimedInteraction, weightAt } from './interaction-weighing.ts';

/** A content that a person did something with, and the contents most like it. */
export interface HistoryEntry {
  readonly contentId: string;
  readonly title: string;
  readonly interactions: readonly TimedInteraction[];
  readonly neighbourIds: readonly string[];
  /** Similarity of each neighbour, in (0, 1]. */
  readonly similarities: readonly number[];
}

/** Why something is near to a person's taste: the one thing of theirs that brought it most. */
export interface Origin {
  readonly contentId: string;
  readonly title: string;
  /** The strongest thing that the person did with it. */
  readonly kind: InteractionKind;
}

export interface NearContent {
  readonly contentId: string;
  /** In (0, 1]. */
  readonly taste: number;
  readonly because: Origin;
}

interface Liked {
  readonly entry: HistoryEntry;
  readonly weight: number;
  readonly kind: InteractionKind;
}

/** Candidates that one feed looks at; beyond these, similarity has little to say. */
const MOST_NEAR = 500;

/**
 * The contents nearest to a person's recent interactions, best first, equal ones in falling order of id:
 * taste(j) = sum over i of w_i s(i, j) / sum over i of w_i, with w_i = log(1 + the summed weights of what the person
 * did with i), as in training, at the moment of their newest interaction. A content whose sum is not positive says
 * nothing about others.
 */
export function nearTo(history: readonly HistoryEntry[]): NearContent[] {
  const liked = likedOf(history);
  const totalWeight = liked.reduce((sum, { weight }) => sum + weight, 0);
  const found = new Map<string, { sum: number; most: number; from: Liked }>();
  for (const from of liked) {
    const { neighbourIds, similarities } = from.entry;
    neighbourIds.forEach((contentId, position) => {
      const part = from.weight * (similarities[position] ?? 0);
      const known = found.get(contentId);
      if (!known) found.set(contentId, { sum: part, most: part, from });
      else {
        known.sum += part;
        if (part > known.most) Object.assign(known, { most: part, from });
      }
    });
  }
  return Array.from(found, ([contentId, { sum, from }]) => ({ contentId, taste: sum / totalWeight, from }))
    .sort((one, other) => other.taste - one.taste || (one.contentId < other.contentId ? 1 : -1))
    .slice(0, MOST_NEAR)
    .map(({ contentId, taste, from }) => ({ contentId, taste, because: originOf(from) }));
}

/** How much one thing of a person's own brings a content: the parts of all add up to its taste. */
export interface Contribution extends Origin {
  /** In (0, 1]. */
  readonly part: number;
}

/** What `nearTo` counts for one content, taken apart; the greatest part first. */
export function contributionsTo(history: readonly HistoryEntry[], contentId: string): Contribution[] {
  const liked = likedOf(history);
  const totalWeight = liked.reduce((sum, { weight }) => sum + weight, 0);
  return liked
    .flatMap((from) => {
      const similarity = from.entry.similarities[from.entry.neighbourIds.indexOf(contentId)];
      return similarity === undefined ? [] : [{ ...originOf(from), part: (from.weight * similarity) / totalWeight }];
    })
    .sort((one, other) => other.part - one.part || (one.contentId < other.contentId ? 1 : -1));
}

function likedOf(history: readonly HistoryEntry[]): Liked[] {
  const newestMs = Math.max(...history.flatMap((entry) => entry.interactions.map((one) => one.occurredAtMs)));
  return history.flatMap((entry) => {
    const weights = entry.interactions.map((one) => weightAt(one, newestMs));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const strongest = entry.interactions[weights.indexOf(Math.max(...weights))];
    return sum > 0 && strongest ? [{ entry, weight: Math.log1p(sum), kind: strongest.kind }] : [];
  });
}

function originOf({ entry, kind }: Liked): Origin {
  return { contentId: entry.contentId, title: entry.title, kind };
}
