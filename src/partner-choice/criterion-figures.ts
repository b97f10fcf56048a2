import { type MissingReason, type PartnerFigures, PRIOR_VIEWS } from './partner-figures.ts';

export const CHOICE_CRITERIA = [
  'AUDIENCE_FIT',
  'BRAND_INFLUENCE',
  'MARKET_PERFORMANCE',
  'INTERACTION_RATE',
  'SOCIAL_IMPACT',
] as const;
export type ChoiceCriterion = (typeof CHOICE_CRITERIA)[number];

/**
 * REVENUE when one currency alone has ten buyers of a partner or more: what was sold in others is not counted then.
 * SALES, their number, otherwise: currencies do not add up, and the platform keeps no rates.
 */
export const MARKET_MEASURES = ['REVENUE', 'SALES'] as const;
export type MarketMeasure = (typeof MARKET_MEASURES)[number];

export interface MarketScale {
  readonly measure: MarketMeasure;
  /** Of REVENUE; null for SALES, and when nothing was sold. */
  readonly currency: string | null;
}

export type CriterionFigure =
  | { readonly figure: number; readonly missing: null }
  | { readonly figure: null; readonly missing: MissingReason };

/** A partner's figures by criterion. */
export type CriterionFigures = Readonly<Record<ChoiceCriterion, CriterionFigure>>;

export const UNITS: Readonly<Record<ChoiceCriterion, string>> = {
  AUDIENCE_FIT: 'cosine of domain mixes, 0 to 1, times the part of the people who are wanted',
  BRAND_INFLUENCE: 'ln(1 + people)',
  MARKET_PERFORMANCE: 'mean of what was sold and of buyers per person, each as a part of the highest candidate',
  INTERACTION_RATE: `interactions per view, with ${PRIOR_VIEWS} views at the rate of all candidates added`,
  SOCIAL_IMPACT: 'as entered',
};

/**
 * Figures of all candidates by criterion. All are at least 0, and more is better.
 *
 * - AUDIENCE_FIT: cosine, times the part of the people who are wanted when the goal wants certain people.
 * - BRAND_INFLUENCE: ln(1 + people).
 * - MARKET_PERFORMANCE: (volume / highest volume + conversion / highest conversion) / 2.
 * - INTERACTION_RATE: (interactions + PRIOR_VIEWS r) / (views + PRIOR_VIEWS), r being that of all candidates together, so
 *   that a few lucky views make no first.
 * - SOCIAL_IMPACT: nothing in the platform's books says it.
 */
export function criterionFigures(
  partners: readonly PartnerFigures[],
  { isTargeted }: { isTargeted: boolean },
): { readonly figures: readonly CriterionFigures[]; readonly market: MarketScale } {
  const market = marketScaleOf(partners);
  const volumes = partners.map((partner) => volumeOf(partner, market));
  const highest = { volume: most(volumes), conversion: most(partners.map(({ conversion }) => conversion)) };
  const rate = pooledRate(partners);
  const figures = partners.map((partner, at): CriterionFigures => {
    const performance = { volume: volumes[at] ?? null, conversion: partner.conversion };
    return {
      AUDIENCE_FIT: fitOf(partner, isTargeted),
      BRAND_INFLUENCE: partner.people === null ? missing('TOO_FEW_PEOPLE') : known(Math.log1p(partner.people)),
      MARKET_PERFORMANCE: performanceOf(performance, highest, partner),
      INTERACTION_RATE: rateOf(partner, rate),
      SOCIAL_IMPACT: missing('NOT_ENTERED'),
    };
  });
  return { figures, market };
}

function fitOf({ domainSimilarity, targetShare }: PartnerFigures, isTargeted: boolean): CriterionFigure {
  if (domainSimilarity === null) return missing('TOO_FEW_PEOPLE');
  if (!isTargeted) return known(domainSimilarity);
  return targetShare === null ? missing('TOO_FEW_PROFILES') : known(domainSimilarity * targetShare);
}

interface Performance {
  readonly volume: number | null;
  readonly conversion: number | null;
}

function performanceOf(
  { volume, conversion }: Performance,
  highest: { volume: number; conversion: number },
  { people }: PartnerFigures,
): CriterionFigure {
  if (people === null) return missing('TOO_FEW_PEOPLE');
  if (volume === null || conversion === null) return missing('TOO_FEW_BUYERS');
  return known((partOf(volume, highest.volume) + partOf(conversion, highest.conversion)) / 2);
}

/** One currency for all, or none. */
function marketScaleOf(partners: readonly PartnerFigures[]): MarketScale {
  const currencies = new Set(partners.flatMap(({ revenues }) => revenues?.map(({ currency }) => currency) ?? []));
  const isWhole = partners.every(({ sales, revenues }) => !sales || (revenues?.length ?? 0) > 0);
  if (currencies.size > 1 || !isWhole) return { measure: 'SALES', currency: null };
  const [currency = null] = currencies;
  return { measure: 'REVENUE', currency };
}

function volumeOf({ sales, revenues }: PartnerFigures, { measure }: MarketScale): number | null {
  if (measure === 'SALES' || revenues === null) return sales;
  return revenues.reduce((sum, { minor }) => sum + Number(minor), 0);
}

/** Of all candidates together; null without a view. */
export function pooledRate(partners: readonly PartnerFigures[]): number | null {
  const views = partners.reduce((sum, partner) => sum + (partner.views ?? 0), 0);
  const interactions = partners.reduce((sum, partner) => sum + (partner.views ? (partner.interactions ?? 0) : 0), 0);
  return views === 0 ? null : interactions / views;
}

function rateOf({ views, interactions }: PartnerFigures, rate: number | null): CriterionFigure {
  if (views === null || interactions === null) return missing('TOO_FEW_PEOPLE');
  if (views === 0 || rate === null) return missing('NO_VIEWS');
  return known((interactions + PRIOR_VIEWS * rate) / (views + PRIOR_VIEWS));
}

function most(figures: readonly (number | null)[]): number {
  return figures.reduce<number>((highest, figure) => Math.max(highest, figure ?? 0), 0);
}

function partOf(figure: number, highest: number): number {
  return highest === 0 ? 0 : figure / highest;
}

function known(figure: number): CriterionFigure {
  return { figure, missing: null };
}

function missing(reason: MissingReason): CriterionFigure {
  return { figure: null, missing: reason };
}
