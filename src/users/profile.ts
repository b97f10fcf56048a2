import { InvalidInputError } from '../shared/domain-error.ts';
import { requireCountry, requireLanguageTag, requireText, requireTexts } from '../shared/input.ts';

/** What people tell of themselves. */
export interface Profile {
  readonly displayName: string;
  /** BCP 47. */
  readonly locale: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly birthYear: number | null;
  /** In their own words: "nurse", "后端工程师". */
  readonly occupation: string | null;
  /** In their own words, as the goals are. */
  readonly interests: readonly string[];
  readonly goals: readonly string[];
}

const MAX_NAME = 80;
const MAX_OCCUPATION = 80;
const INTERESTS = { maxCount: 20, maxLength: 60 };
const GOALS = { maxCount: 10, maxLength: 200 };
/** Nobody alive was born earlier. */
const EARLIEST_BIRTH_YEAR = 1900;

/** What nobody needs to tell. */
export const UNTOLD = { country: null, birthYear: null, occupation: null, interests: [], goals: [] } as const;

/**
 * The profile with its texts trimmed, its lists without repetitions and its language tag canonical.
 *
 * @throws InvalidInputError naming the field
 */
export function checkProfile(profile: Profile, now: Date) {
  const { country, birthYear, occupation } = profile;
  if (birthYear !== null) requireBirthYear(birthYear, now);
  return {
    displayName: requireText('displayName', profile.displayName, { maxLength: MAX_NAME }),
    locale: requireLanguageTag('locale', profile.locale),
    country: country === null ? null : requireCountry('country', country),
    birthYear,
    occupation: occupation === null ? null : requireText('occupation', occupation, { maxLength: MAX_OCCUPATION }),
    interests: requireTexts('interests', profile.interests, INTERESTS),
    goals: requireTexts('goals', profile.goals, GOALS),
  };
}

function requireBirthYear(birthYear: number, now: Date): void {
  const latest = now.getUTCFullYear();
  if (Number.isInteger(birthYear) && birthYear >= EARLIEST_BIRTH_YEAR && birthYear <= latest) return;
  throw new InvalidInputError('birthYear', `"birthYear" is a year from ${EARLIEST_BIRTH_YEAR} to ${latest}.`);
}
