import { assertRanking, type Candidate, type Criterion, medianOf, type RankingOptions } from './criteria.ts';
import { entropyWeights } from './entropy-weights.ts';
import { type Closeness, topsis } from './topsis.ts';

export interface PartPerCriterion {
  readonly criterion: string;
  /** As it was used: the known one, or the median of those known. */
  readonly figure: number;
  readonly isImputed: boolean;
  /** Parts of the closeness; see `CriterionPart`. */
  readonly gained: number;
  readonly lost: number;
}

export interface RankedPartner {
  readonly id: string;
  /** From 1; of equal closeness all have the same, and the next one counts them all. */
  readonly rank: number;
  readonly closeness: number;
  /** Share of the weight that rests on known figures. */
  readonly confidence: number;
  /** For each criterion that has a weight, in the order given. */
  readonly parts: readonly PartPerCriterion[];
}

export interface CriterionUse {
  readonly criterion: string;
  /** All sum to 1. */
  readonly weight: number;
  readonly knownCount: number;
  /**
   * CONSTANT: the same for everybody, so that it moves nobody. UNKNOWN: known of nobody, so that it is left out and the
   * others share its weight.
   */
  readonly flag: 'CONSTANT' | 'UNKNOWN' | null;
}

export interface PartnerRanking {
  /** The best first; of equals in the order given. */
  readonly ranked: readonly RankedPartner[];
  /** Those not ranked since figures are missing, with which. */
  readonly leftOut: readonly { readonly id: string; readonly missing: readonly string[] }[];
  readonly criteria: readonly CriterionUse[];
}

/** Closeness that differs by less is the same. */
const TIE = 1e-12;

/**
 * Ranks partners by criteria: weights (given, or by entropy over the known figures) and TOPSIS, with each criterion's part.
 *
 * @throws RangeError that names what is wrong: negative figures or weights, lengths that differ, a name that stands there
 * twice, or weights that lie on nothing that is known.
 */
export function rankPartners(
  criteria: readonly Criterion[],
  candidates: readonly Candidate[],
  options: RankingOptions,
): PartnerRanking {
  assertRanking(criteria, candidates, options);
  const isComplete = ({ figures }: Candidate) => figures.every((figure) => figure !== null);
  const inRace = options.missing === 'LEAVE_OUT' ? candidates.filter(isComplete) : candidates;
  const leftOut = candidates
    .filter((candidate) => options.missing === 'LEAVE_OUT' && !isComplete(candidate))
    .map(({ id, figures }) => ({ id, missing: namesOf(criteria, (c) => figures[c] === null) }));
  const uses = usesOf(criteria, inRace, options.weights);
  const places = uses.flatMap(({ flag }, c) => (flag === 'UNKNOWN' ? [] : [c]));
  const medians = criteria.map((_, c) => medianOf(knownOf(inRace, c)));
  const figures = inRace.map((candidate) => places.map((c) => candidate.figures[c] ?? (medians[c] as number)));
  const weights = places.map((c) => uses[c]?.weight as number);
  const closeness = topsis(
    figures,
    places.map((c) => criteria[c] as Criterion),
    weights,
  );
  const rated = inRace.map((candidate, at) => {
    const { closeness: value, parts } = closeness[at] as Closeness;
    const isImputed = (p: number) => candidate.figures[places[p] as number] === null;
    const known = weights.reduce((sum, weight, p) => (isImputed(p) ? sum : sum + weight), 0);
    return {
      id: candidate.id,
      closeness: value,
      confidence: Math.min(1, known),
      parts: parts.map(({ gained, lost }, p) => ({
        criterion: criteria[places[p] as number]?.name as string,
        figure: figures[at]?.[p] as number,
        isImputed: isImputed(p),
        gained,
        lost,
      })),
    };
  });
  return { ranked: withRanks(rated.toSorted((a, b) => b.closeness - a.closeness)), leftOut, criteria: uses };
}

function namesOf(criteria: readonly Criterion[], isNamed: (c: number) => boolean): string[] {
  return criteria.flatMap(({ name }, c) => (isNamed(c) ? [name] : []));
}

function knownOf(candidates: readonly Candidate[], c: number): number[] {
  return candidates.flatMap(({ figures }) => figures[c] ?? []);
}

function usesOf(
  criteria: readonly Criterion[],
  candidates: readonly Candidate[],
  asked: RankingOptions['weights'],
): CriterionUse[] {
  const columns = criteria.map((_, c) => knownOf(candidates, c));
  const flags = columns.map((column): CriterionUse['flag'] => {
    if (column.length === 0 && candidates.length > 0) return 'UNKNOWN';
    return column.every((figure) => figure === column[0]) ? 'CONSTANT' : null;
  });
  const isUsed = (c: number) => flags[c] !== 'UNKNOWN';
  const used = columns.filter((_, c) => isUsed(c));
  const byEntropy = entropyWeights(used).values();
  const raw = criteria.map((_, c) => {
    if (!isUsed(c)) return 0;
    return asked === 'ENTROPY' ? (byEntropy.next().value ?? 0) : (asked[c] as number);
  });
  const sum = raw.reduce((total, weight) => total + weight, 0);
  if (sum === 0) {
    throw new RangeError(`nothing is known of anybody in ${namesOf(criteria, (c) => !isUsed(c)).join(', ')}`);
  }
  return criteria.map(({ name }, c) => ({
    criterion: name,
    weight: (raw[c] as number) / sum,
    knownCount: columns[c]?.length ?? 0,
    flag: flags[c] as CriterionUse['flag'],
  }));
}

function withRanks(rated: readonly Omit<RankedPartner, 'rank'>[]): RankedPartner[] {
  let rank = 0;
  return rated.map((partner, place) => {
    const before = rated[place - 1];
    if (!before || before.closeness - partner.closeness > TIE) rank = place + 1;
    return { ...partner, rank };
  });
}
