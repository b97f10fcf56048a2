import type { CountedFigures, SalesRow } from './partner-figures.queries.ts';

/** A figure that rests on fewer people would tell of single ones; it counts as missing. */
export const LEAST_PEOPLE = 10;
/** The interaction rate of all candidates weighs as much as this many views of one's own. */
export const PRIOR_VIEWS = 100;

export const MISSING_REASONS = [
  'TOO_FEW_PEOPLE',
  'TOO_FEW_PROFILES',
  'TOO_FEW_BUYERS',
  'NO_VIEWS',
  'NOT_ENTERED',
] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

export interface Revenue {
  readonly currency: string;
  readonly minor: bigint;
}

/** What is known of a partner in a period. Null: it rests on too few people, or nobody was asked about. */
export interface PartnerFigures {
  /** Who did something with a content of the partner, or bought one. */
  readonly people: number | null;
  readonly views: number | null;
  /** What people did beside viewing. */
  readonly interactions: number | null;
  /** Cosine of the mix of domains wanted and that of the people, from 0 to 1. */
  readonly domainSimilarity: number | null;
  /** Part of the people who are wanted; null too when the goal wants anybody. */
  readonly targetShare: number | null;
  readonly buyers: number | null;
  readonly sales: number | null;
  /** Less what went back, by currency; currencies of too few buyers are left out. */
  readonly revenues: readonly Revenue[] | null;
  /** Buyers by people. */
  readonly conversion: number | null;
}

/** @param isTargeted whether the goal wants certain people */
export function figuresOf(
  { audience, sales }: CountedFigures,
  { mix, isTargeted }: { mix: ReadonlyMap<string, number>; isTargeted: boolean },
): PartnerFigures {
  const { people, engagedPeople, judgedPeople } = audience;
  const reached = atLeast(people, people);
  const sold = soldOf(sales, reached);
  return {
    people: reached,
    views: atLeast(engagedPeople, audience.views),
    interactions: atLeast(engagedPeople, audience.interactions),
    domainSimilarity: atLeast(engagedPeople, cosine(mix, audience.domainMix)),
    targetShare: isTargeted ? atLeast(judgedPeople, audience.targetPeople / judgedPeople) : null,
    ...sold,
    conversion: sold.buyers === null || reached === null ? null : sold.buyers / reached,
  };
}

/** That nobody at all bought rests on all the people reached. */
function soldOf(
  sales: readonly SalesRow[],
  reached: number | null,
): Pick<PartnerFigures, 'buyers' | 'sales' | 'revenues'> {
  const all = sales.find(({ currency }) => currency === null);
  if (!all && reached !== null) return { buyers: 0, sales: 0, revenues: [] };
  if (!all || all.buyers < LEAST_PEOPLE) return { buyers: null, sales: null, revenues: null };
  const revenues = sales.flatMap(({ currency, buyers, revenueMinor }) =>
    currency === null || revenueMinor === null || buyers < LEAST_PEOPLE ? [] : [{ currency, minor: revenueMinor }],
  );
  return { buyers: all.buyers, sales: all.sales, revenues };
}

function atLeast(people: number, figure: number): number | null {
  return people < LEAST_PEOPLE ? null : figure;
}

/** sum a b / (|a| |b|), from 0 to 1; 0 when one of them is empty. */
export function cosine(mix: ReadonlyMap<string, number>, other: Readonly<Record<string, number>>): number {
  const theirs = Object.values(other);
  const lengths = Math.hypot(...mix.values()) * Math.hypot(...theirs);
  if (lengths === 0) return 0;
  const product = [...mix].reduce((sum, [code, weight]) => sum + weight * (other[code] ?? 0), 0);
  return Math.min(1, product / lengths);
}
