import type { EffectFactors } from '../math/partner-ranking/index.ts';
import type { PartnerFigures } from './partner-figures.ts';

export const FACTORS = ['demandFit', 'influence', 'experience', 'promotion', 'dataQuality'] as const;
export type FactorName = (typeof FACTORS)[number];

/** Null where it is not known. */
export type KnownFactors = Readonly<Record<FactorName, number | null>>;

/** Reaching so many counts as full influence. */
const FULL_REACH = 1_000_000;
/** A conversion of so much counts as a half. */
const HALF_CONVERSION = 0.05;
/** Figures that rest on so many people count as half reliable. */
const HALF_PEOPLE = 100;

/**
 * What a partner brings, on scales that no other partner moves, so that campaigns of different times compare; each from 0
 * to 1 (product.md A3):
 *
 * - demandFit C: cosine of domain mixes. The people wanted are left aside, since no past campaign says them.
 * - influence P: ln(1 + people) / ln(1 + 1,000,000).
 * - experience U: interactions / (views + interactions); not known without a view.
 * - promotion A: conversion / (conversion + .05).
 * - dataQuality D: people / (people + 100).
 */
export function effectFactorsOf(figures: PartnerFigures): KnownFactors {
  const { people, views, interactions, domainSimilarity, conversion } = figures;
  return {
    demandFit: domainSimilarity,
    influence: people === null ? null : Math.min(1, Math.log1p(people) / Math.log1p(FULL_REACH)),
    experience: views && interactions !== null ? interactions / (views + interactions) : null,
    promotion: conversion === null ? null : conversion / (conversion + HALF_CONVERSION),
    dataQuality: people === null ? null : people / (people + HALF_PEOPLE),
  };
}

export function missingFactors(factors: KnownFactors): FactorName[] {
  return FACTORS.filter((factor) => factors[factor] === null);
}

/** Null unless all are known. */
export function wholeFactors(factors: KnownFactors): EffectFactors | null {
  const { demandFit, influence, experience, promotion, dataQuality } = factors;
  if (demandFit === null || influence === null || experience === null) return null;
  if (promotion === null || dataQuality === null) return null;
  return { demandFit, influence, experience, promotion, dataQuality };
}
