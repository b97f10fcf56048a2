/**
 * What a ranker sees of a content for one person, each in [0, 1]. Only ever appended to: rankers and logged feeds know
 * them by place.
 */
export const FEATURES = [
  /** Likeness to the person's taste by what the same people did, as a part of the greatest of this feed. */
  'TASTE',
  /** Likewise by what is told of contents. */
  'TEXT',
  /** Popularity, as a part of the greatest. */
  'POPULARITY',
  /** Popularity, as a part of the greatest in its domain. */
  'DOMAIN_POPULARITY',
  /** Popularity with people of the person's occupation, as a part of the greatest. */
  'OCCUPATION',
  /** Match with the interests, goals and occupation that the person told, as a part of the greatest. */
  'PROFILE',
  /** 1 on the day of publication, half of it thirty days later. */
  'FRESHNESS',
  /** Share of the person's taste that is in its domain. */
  'DOMAIN_SHARE',
  /** Share of the person's taste that is of its partner. */
  'PARTNER_SHARE',
  /** 1 for what the person did something with just now, half of it thirty days later. */
  'SEEN',
  /** Times that feeds of the last week showed it, in tens. */
  'SHOWN',
] as const;

export type FeatureName = (typeof FEATURES)[number];

/** Numbers of a row. */
export const FEATURE_COUNT = FEATURES.length;

/** Rows are kept in whole ten-thousandths. */
export const FEATURE_UNITS = 10_000;

/** A row in the order of `FEATURES`, written out: this runs for every candidate, and a loop would look each value up by its name. */
export function featureRow(values: Readonly<Record<FeatureName, number>>): readonly number[] {
  return [
    values.TASTE,
    values.TEXT,
    values.POPULARITY,
    values.DOMAIN_POPULARITY,
    values.OCCUPATION,
    values.PROFILE,
    values.FRESHNESS,
    values.DOMAIN_SHARE,
    values.PARTNER_SHARE,
    values.SEEN,
    values.SHOWN,
  ];
}

const DAY_MS = 86_400_000;
const HALF_LIFE_DAYS = 30;

/** 2^(-age / 30 days); 1 for what is yet to come. */
export function fadingSince(instantMs: number, nowMs: number): number {
  return 2 ** (-Math.max(0, nowMs - instantMs) / (HALF_LIFE_DAYS * DAY_MS));
}
