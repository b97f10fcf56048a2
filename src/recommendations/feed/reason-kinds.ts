/** What a reason speaks of. */
export const REASON_KINDS = [
  'BECAUSE_YOU_INTERACTED',
  'ALIKE_IN_CONTENT',
  'MATCHES_PROFILE',
  'POPULAR_WITH_OCCUPATION',
  'POPULAR',
  'POPULAR_IN_DOMAIN',
  'NEW',
  'NEW_FROM_PARTNER',
  'DISCOVERY',
  'CATALOGUE',
  'SEEN_BEFORE',
] as const;
export type ReasonKind = (typeof REASON_KINDS)[number];
