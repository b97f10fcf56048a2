import { InvalidInputError } from '../shared/domain-error.ts';
import { requireLanguageTag, requireText, requireTexts } from '../shared/input.ts';

/** Whom partners are chosen for. */
export interface ChoiceGoal {
  /** The mix of domains that is wanted; weights are taken as parts of their sum. */
  readonly domains: readonly { readonly domain: string; readonly weight: number }[];
  /** Words of what the people wanted do, like or aim at: a person fits when one of them occurs in their profile. */
  readonly personaWords: readonly string[];
  /** BCP 47: "en" takes "en-GB" too. Null for any. */
  readonly language: string | null;
}

/** A goal with its texts checked and its weights summing to 1. */
export interface CheckedGoal {
  readonly mix: ReadonlyMap<string, number>;
  readonly audience: TargetAudience;
}

/** Conditions on people; none when there are no words and no language. */
export interface TargetAudience {
  readonly personaWords: readonly string[];
  readonly language: string | null;
}

export const ANYBODY: TargetAudience = { personaWords: [], language: null };

export const MAX_DOMAINS = 50;
export const MAX_PERIOD_DAYS = 730;
const MAX_CODE = 60;
const PERSONA_WORDS = { maxCount: 20, maxLength: 60 };
const DAY_MS = 86_400_000;

/** From `since` on, that instant left out, to `until`. */
export interface Period {
  readonly since: Date;
  readonly until: Date;
}

/** @throws InvalidInputError naming the field; that domains exist is for the database to say */
export function checkGoal(goal: ChoiceGoal): CheckedGoal {
  const { domains, language } = goal;
  if (domains.length < 1 || domains.length > MAX_DOMAINS) {
    throw new InvalidInputError(
      'goal.domains',
      `A goal names from 1 to ${MAX_DOMAINS} domains, not ${domains.length}.`,
    );
  }
  const weights = new Map<string, number>();
  domains.forEach(({ domain, weight }, at) => {
    const code = requireText(`goal.domains.${at}.domain`, domain, { maxLength: MAX_CODE });
    if (weights.has(code)) {
      throw new InvalidInputError(`goal.domains.${at}.domain`, `The domain "${code}" stands there twice.`);
    }
    weights.set(code, requireWeight(`goal.domains.${at}.weight`, weight));
  });
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return {
    mix: new Map([...weights].map(([code, weight]) => [code, weight / sum])),
    audience: {
      personaWords: requireTexts('goal.personaWords', goal.personaWords, PERSONA_WORDS),
      language: language === null ? null : requireLanguageTag('goal.language', language),
    },
  };
}

const MAX_WEIGHT = 1_000_000;

/** @throws InvalidInputError naming `field` unless the weight is above 0 and bounded */
export function requireWeight(field: string, weight: number): number {
  if (weight > 0 && weight <= MAX_WEIGHT) return weight;
  const bounds = `above 0 and at most ${MAX_WEIGHT}, not ${weight}`;
  throw new InvalidInputError(field, `A weight is ${bounds}: leave out what does not count.`);
}

/** The days up to an instant. @throws InvalidInputError for a number of days out of bounds */
export function periodBefore(until: Date, days: number): Period {
  if (!Number.isInteger(days) || days < 1 || days > MAX_PERIOD_DAYS) {
    throw new InvalidInputError('periodDays', `"periodDays" is a whole number from 1 to ${MAX_PERIOD_DAYS}.`);
  }
  return { since: new Date(until.getTime() - days * DAY_MS), until };
}
