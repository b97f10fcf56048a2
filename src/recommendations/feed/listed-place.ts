import type { ShelfFilter } from '../../content/index.ts';
import type { Candidate } from './candidates.ts';
import type { Catalogue } from './catalogue.ts';
import { FEATURE_COUNT, FEATURE_UNITS } from './features.ts';
import type { ListedPlace } from './feed.store.ts';

/** A place as it is kept. */
export function toListed(
  place: Candidate & { readonly score: number; readonly propensity: number },
  catalogue: Catalogue,
): ListedPlace {
  const { number, score, propensity, source, features } = place;
  return { contentId: catalogue.at(number).id, score, propensity, source, features };
}

/** The features of one place out of those of a list. */
export function featuresAt(features: readonly number[], position: number): number[] {
  const kept = features.slice(position * FEATURE_COUNT, (position + 1) * FEATURE_COUNT);
  return kept.map((units) => units / FEATURE_UNITS);
}

/** A filter in the one way of writing it: the same wishes give the same filter. */
export function filterKey(filter: ShelfFilter): ShelfFilter {
  const entries = Object.entries(filter)
    .filter(([, values]) => values !== undefined && values.length > 0)
    .map(([name, values]) => [name, [...new Set(values as readonly string[])].sort()] as const);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}
