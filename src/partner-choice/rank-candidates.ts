import { rankPartners } from '../math/partner-ranking/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import {
  CHOICE_CRITERIA,
  type ChoiceCriterion,
  type CriterionFigures,
  criterionFigures,
  UNITS,
} from './criterion-figures.ts';
import type {
  Candidate,
  CriterionScore,
  CriterionUse,
  LeftOutPartner,
  RankedCandidate,
  Ranking,
  RankingChoice,
} from './ranking.ts';

type Row = Candidate & { readonly byCriterion: CriterionFigures };
type KernelRanking = ReturnType<typeof rankPartners>;
type KernelPartner = KernelRanking['ranked'][number];

/**
 * Candidates by TOPSIS. A criterion that is known of nobody is left out, and the others share its weight; a candidate of
 * whom no criterion that counts is known is not ranked.
 *
 * @throws InvalidInputError when all the weight lies on what is known of nobody, though other things are known
 */
export function rankCandidates(candidates: readonly Candidate[], choice: RankingChoice): Ranking {
  const facts = candidates.map((candidate) => candidate.figures);
  const { figures, market } = criterionFigures(facts, choice);
  const rows = candidates.map((candidate, at): Row => ({ ...candidate, byCriterion: present(figures[at], 'figures') }));
  const asked = askedWeights(choice.weights);
  const used = usedCriteria(rows, asked);
  const inRace = rows.filter((row) => isAnyKnown(row, used));
  const kernel = inRace.length > 0 ? compare(inRace, { used, asked, missing: choice.missing }) : null;
  const criteria = CHOICE_CRITERIA.map((criterion) => useOf(criterion, { rows, asked, kernel }));
  return {
    market,
    criteria,
    ranked: kernel ? explain(kernel, { rows: inRace, criteria }) : [],
    leftOut: [...incompleteOf(kernel), ...unknownOf(rows, used)],
  };
}

/** As parts of their sum; null for entropy. */
function askedWeights(weights: RankingChoice['weights']): ReadonlyMap<ChoiceCriterion, number> | null {
  if (weights === 'ENTROPY') return null;
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  return new Map([...weights].map(([criterion, weight]) => [criterion, weight / sum]));
}

/** Those that have a weight, and are known of somebody. */
function usedCriteria(
  rows: readonly Row[],
  asked: ReadonlyMap<ChoiceCriterion, number> | null,
): readonly ChoiceCriterion[] {
  const known = CHOICE_CRITERIA.filter((criterion) => rows.some((row) => isAnyKnown(row, [criterion])));
  const used = known.filter((criterion) => !asked || asked.has(criterion));
  if (asked && known.length > 0 && used.length === 0) {
    throw new InvalidInputError('weights', `Nothing is known of any partner in ${[...asked.keys()].join(', ')}.`);
  }
  return used;
}

function isAnyKnown({ byCriterion }: Row, criteria: readonly ChoiceCriterion[]): boolean {
  return criteria.some((criterion) => byCriterion[criterion].missing === null);
}

function compare(
  rows: readonly Row[],
  options: {
    used: readonly ChoiceCriterion[];
    asked: ReadonlyMap<ChoiceCriterion, number> | null;
    missing: RankingChoice['missing'];
  },
): KernelRanking {
  const { used, asked, missing } = options;
  return rankPartners(
    used.map((name) => ({ name, direction: 'BENEFIT' })),
    rows.map(({ partnerId, byCriterion }) => ({
      id: partnerId,
      figures: used.map((name) => byCriterion[name].figure),
    })),
    { weights: asked ? used.map((name) => asked.get(name) ?? 0) : 'ENTROPY', missing },
  );
}

function useOf(
  criterion: ChoiceCriterion,
  facts: {
    rows: readonly Row[];
    asked: ReadonlyMap<ChoiceCriterion, number> | null;
    kernel: KernelRanking | null;
  },
): CriterionUse {
  const { rows, asked, kernel } = facts;
  const inKernel = kernel?.criteria.find((use) => use.criterion === criterion);
  const knownCount = rows.filter((row) => isAnyKnown(row, [criterion])).length;
  return {
    criterion,
    unit: UNITS[criterion],
    askedWeight: asked ? (asked.get(criterion) ?? 0) : null,
    weight: inKernel?.weight ?? 0,
    knownCount,
    flag: knownCount === 0 ? 'UNKNOWN' : (inKernel?.flag ?? null),
  };
}

function explain(
  kernel: KernelRanking,
  { rows, criteria }: { rows: readonly Row[]; criteria: readonly CriterionUse[] },
): RankedCandidate[] {
  const byId = new Map(rows.map((row) => [row.partnerId, row]));
  const norms = normsOf(kernel.ranked);
  // What lies on a criterion that is known of nobody rests on nothing, whoever shares its weight.
  const onUnknown = criteria.reduce((sum, use) => sum + (use.flag === 'UNKNOWN' ? (use.askedWeight ?? 0) : 0), 0);
  return kernel.ranked.map((partner) => {
    const { figures, byCriterion } = present(byId.get(partner.id), 'a candidate');
    return {
      partnerId: partner.id,
      rank: partner.rank,
      closeness: partner.closeness,
      confidence: partner.confidence * (1 - onUnknown),
      figures,
      scores: criteria.map((use) => scoreOf(use, { partner, byCriterion, norms })),
    };
  });
}

/** Roots of the sums of squares, by criterion. */
function normsOf(ranked: readonly KernelPartner[]): ReadonlyMap<string, number> {
  const names = ranked[0]?.parts.map(({ criterion }) => criterion) ?? [];
  return new Map(names.map((name, at) => [name, Math.hypot(...ranked.map(({ parts }) => parts[at]?.figure ?? 0))]));
}

function scoreOf(
  { criterion, unit, weight }: CriterionUse,
  facts: { partner: KernelPartner; byCriterion: CriterionFigures; norms: ReadonlyMap<string, number> },
): CriterionScore {
  const part = facts.partner.parts.find((candidate) => candidate.criterion === criterion);
  const { figure, missing } = facts.byCriterion[criterion];
  const stated = { criterion, unit, figure, missing, weight };
  if (!part) {
    const treatment = missing === null ? null : ('CRITERION_LEFT_OUT' as const);
    return { ...stated, treatment, usedFigure: null, normalised: null, gained: 0, lost: 0 };
  }
  const norm = facts.norms.get(criterion) ?? 0;
  return {
    ...stated,
    treatment: part.isImputed ? 'MEDIAN' : null,
    usedFigure: part.figure,
    normalised: norm === 0 ? 0 : part.figure / norm,
    gained: part.gained,
    lost: part.lost,
  };
}

function incompleteOf(kernel: KernelRanking | null): LeftOutPartner[] {
  return (kernel?.leftOut ?? []).map(({ id, missing }) => ({
    partnerId: id,
    reason: 'FIGURE_MISSING',
    missing: CHOICE_CRITERIA.filter((criterion) => missing.includes(criterion)),
  }));
}

function unknownOf(rows: readonly Row[], used: readonly ChoiceCriterion[]): LeftOutPartner[] {
  return rows
    .filter((row) => !isAnyKnown(row, used))
    .map(({ partnerId, byCriterion }) => ({
      partnerId,
      reason: 'NOTHING_KNOWN',
      missing: CHOICE_CRITERIA.filter((criterion) => byCriterion[criterion].missing !== null),
    }));
}
