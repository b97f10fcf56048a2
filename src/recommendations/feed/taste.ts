import type { InteractionKind } from '../../math/weighting/index.ts';
import { type TimedInteraction, weightAt } from '../interaction-weighing.ts';
import type { ModelView } from './model-view.ts';
import type { Deeds } from './person.queries.ts';

/** What a person did with a content, as it is told to them. */
export type Deed = InteractionKind | 'FINISH';

/** A content that a person likes, by what they did with it. */
export interface Liked {
  readonly number: number;
  /** Share of all that they like; the shares of all add up to 1. */
  readonly share: number;
  /** The strongest thing that they did with it. */
  readonly deed: Deed;
}

/** How near each content of the catalogue is to a person's taste, in [0, 1]. */
export interface Taste {
  readonly liked: readonly Liked[];
  readonly byPeople: Float64Array;
  readonly byText: Float64Array;
  /** The greatest of each, or 1 where all are 0. */
  readonly most: { readonly byPeople: number; readonly byText: number };
}

/**
 * taste(j) = sum over i of share_i s(i, j), with share_i proportional to log(1 + the summed weights of what the person
 * did with i), as in training, at the moment of their newest interaction. A content whose sum is not positive says
 * nothing about others.
 */
export function tasteOf(history: readonly Deeds[], view: ModelView): Taste {
  const liked = likedOf(history, view);
  const byPeople = new Float64Array(view.catalogue.size);
  const byText = new Float64Array(view.catalogue.size);
  const shares = new Map(liked.map(({ number, share }) => [number, share]));
  for (const { number, share } of liked) {
    view.addNeighbours(number, { share, to: byPeople });
    view.addTextNeighbours(number, { share, to: byText });
  }
  // A content that came after the training stands in no list; its own list tells what it is like.
  for (const number of view.unknown) {
    view.forEachTextNeighbour(number, (other, similarity) => {
      byText[number] = (byText[number] as number) + (shares.get(other) ?? 0) * similarity;
    });
  }
  return { liked, byPeople, byText, most: { byPeople: greatest(byPeople), byText: greatest(byText) } };
}

function greatest(values: Float64Array): number {
  let most = 0;
  for (let at = 0; at < values.length; at++) if ((values[at] as number) > most) most = values[at] as number;
  return most || 1;
}

/** How much one thing of a person's own brings a content. */
export interface Contribution extends Liked {
  /** In (0, 1]; those of all the person's contents add up to the content's taste. */
  readonly part: number;
}

/** What `tasteOf` counts for one content, taken apart; the greatest part first. */
export function contributionsTo(
  number: number,
  { liked, view, by }: { liked: readonly Liked[]; view: ModelView; by: 'PEOPLE' | 'TEXT' },
): Contribution[] {
  const parts = liked.flatMap((one): Contribution[] => {
    const similarity = by === 'PEOPLE' ? view.similarity(one.number, number) : view.textSimilarity(one.number, number);
    return similarity > 0 ? [{ ...one, part: one.share * similarity }] : [];
  });
  return parts.sort((one, other) => other.part - one.part || one.number - other.number);
}

/** The first of `contributionsTo`, by itself. */
export function greatestContributionTo(
  number: number,
  { liked, view, by }: { liked: readonly Liked[]; view: ModelView; by: 'PEOPLE' | 'TEXT' },
): Liked | null {
  let greatest: Liked | null = null;
  let most = 0;
  for (const one of liked) {
    const similarity = by === 'PEOPLE' ? view.similarity(one.number, number) : view.textSimilarity(one.number, number);
    const part = one.share * similarity;
    if (part > most || (part === most && greatest && one.number < greatest.number)) [greatest, most] = [one, part];
  }
  return greatest;
}

function likedOf(history: readonly Deeds[], { catalogue }: ModelView): Liked[] {
  const newestMs = Math.max(...history.flatMap((one) => one.interactions.map(({ occurredAtMs }) => occurredAtMs)));
  const weighed = history.flatMap(({ contentId, interactions }) => {
    const number = catalogue.numberOf(contentId);
    const weights = interactions.map((one) => weightAt(one, newestMs));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const strongest = interactions[weights.indexOf(Math.max(...weights))];
    if (number === undefined || sum <= 0 || !strongest) return [];
    return [{ number, weight: Math.log1p(sum), deed: deedOf(strongest) }];
  });
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed.map(({ number, weight, deed }) => ({ number, deed, share: weight / total }));
}

function deedOf({ kind, value }: TimedInteraction): Deed {
  return kind === 'PROGRESS' && value >= 1 ? 'FINISH' : kind;
}
