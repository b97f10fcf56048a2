import type { Candidate, Wish } from './candidates.ts';
import type { CatalogueEntry } from './catalogue.ts';
import { FEATURES, type FeatureName } from './features.ts';
import type { ReasonKind } from './reason-kinds.ts';
import { isChinese, type ReasonTexts, TEXTS } from './reason-texts.ts';
import { greatestContributionTo } from './taste.ts';

/** What the place of an item in a feed came from. */
export interface FeedReason {
  readonly kind: ReasonKind;
  /** The content of the person's own that brought it; null for other kinds. */
  readonly contentId: string | null;
  /** A sentence in the person's language. */
  readonly text: string;
}

/** Log-odds below this say nothing to anybody. */
const LEAST_PART = 0.2;
/** Part of the greatest popularity from which on something may be called popular. */
const LEAST_POPULARITY = 0.3;
const MOST_REASONS = 2;
const NEW_MS = 30 * 86_400_000;

export interface ReasonFacts {
  readonly wish: Wish;
  readonly candidate: Candidate;
  /** What each feature adds to the log-odds, in the order of `FEATURES`. */
  readonly parts: Float64Array;
}

/** The features that add most to the score, in words, the weightiest first; one of the lesser kinds when none says it. */
export function reasonsFor(facts: ReasonFacts): FeedReason[] {
  const { candidate, wish, parts } = facts;
  const texts = TEXTS[isChinese(wish.person.locale) ? 'zh' : 'en'];
  const entry = wish.view.catalogue.at(candidate.number);
  const told = new Map<ReasonKind, FeedReason>();
  if (candidate.source === 'SEEN') told.set('SEEN_BEFORE', plain('SEEN_BEFORE', texts.SEEN_BEFORE()));
  if (candidate.source === 'DISCOVERY') told.set('DISCOVERY', plain('DISCOVERY', texts.DISCOVERY()));
  const reading = { ...facts, entry, texts };
  for (const name of weightiest(parts)) {
    if (told.size === MOST_REASONS) break;
    const reason = READERS[name]?.(reading) ?? null;
    if (reason && !told.has(reason.kind)) told.set(reason.kind, reason);
  }
  if (told.size === 0) told.set('CATALOGUE', plain('CATALOGUE', texts.CATALOGUE()));
  return [...told.values()];
}

/** The features that say something, the one that adds most first. */
function weightiest(parts: Float64Array): FeatureName[] {
  const telling: number[] = [];
  for (let at = 0; at < parts.length; at++) if ((parts[at] as number) >= LEAST_PART) telling.push(at);
  telling.sort((one, other) => (parts[other] as number) - (parts[one] as number));
  return telling.flatMap((at) => FEATURES[at] ?? []);
}

interface Reading extends ReasonFacts {
  readonly entry: CatalogueEntry;
  readonly texts: ReasonTexts;
}

type Reader = (reading: Reading) => FeedReason | null;

/** How the weight of a feature is told; features that are not here are never told by themselves. */
const READERS: Partial<Record<FeatureName, Reader>> = {
  TASTE: (reading) => because(reading, 'BECAUSE_YOU_INTERACTED'),
  TEXT: (reading) => because(reading, 'ALIKE_IN_CONTENT'),
  PROFILE: ({ wish, candidate, texts }) => {
    const match = wish.profile.get(candidate.number);
    return match ? plain('MATCHES_PROFILE', texts.MATCHES_PROFILE(match.told)) : null;
  },
  OCCUPATION: ({ wish, texts }) => {
    const { occupation, mayUseProfile } = wish.person;
    return occupation && mayUseProfile
      ? plain('POPULAR_WITH_OCCUPATION', texts.POPULAR_WITH_OCCUPATION(occupation))
      : null;
  },
  POPULARITY: (reading) => popular(reading),
  DOMAIN_POPULARITY: ({ wish, candidate, entry, texts }) => {
    if ((wish.view.domainPopularity[candidate.number] as number) < LEAST_POPULARITY) return null;
    return plain('POPULAR_IN_DOMAIN', texts.POPULAR_IN_DOMAIN(entry));
  },
  FRESHNESS: ({ wish, candidate, entry, texts }) => {
    if (wish.nowMs - entry.publishedAtMs > NEW_MS) return null;
    const isOfKnownPartner = (candidate.features[FEATURES.indexOf('PARTNER_SHARE')] ?? 0) > 0;
    return isOfKnownPartner ? plain('NEW_FROM_PARTNER', texts.NEW_FROM_PARTNER(entry)) : plain('NEW', texts.NEW());
  },
};

function because(
  { wish, candidate, texts }: Reading,
  kind: 'BECAUSE_YOU_INTERACTED' | 'ALIKE_IN_CONTENT',
): FeedReason | null {
  const by = kind === 'BECAUSE_YOU_INTERACTED' ? 'PEOPLE' : 'TEXT';
  const most = greatestContributionTo(candidate.number, { liked: wish.taste.liked, view: wish.view, by });
  if (!most) return null;
  const { id, title } = wish.view.catalogue.at(most.number);
  return { kind, contentId: id, text: texts[kind]({ title, deed: most.deed }) };
}

function popular({ wish, candidate, entry, texts }: Reading): FeedReason | null {
  if ((wish.view.popularity[candidate.number] as number) < LEAST_POPULARITY) return null;
  const isWithinDomains = (wish.filter.domains?.length ?? 0) > 0;
  return isWithinDomains
    ? plain('POPULAR_IN_DOMAIN', texts.POPULAR_IN_DOMAIN(entry))
    : plain('POPULAR', texts.POPULAR());
}

function plain(kind: ReasonKind, text: string): FeedReason {
  return { kind, contentId: null, text };
}
