import type { Random } from '../../src/shared/random.ts';
import { type DomainCode, domainCodes } from './domains.ts';
import { chance, type WeightedTable, weightedTable } from './sampling.ts';

/** How many learners have a domain as their strongest interest. */
const STRONGEST: Readonly<Record<DomainCode, number>> = {
  technology: 20,
  career: 16,
  language: 15,
  fitness: 13,
  parenting: 13,
  finance: 9,
  travel: 7,
  arts: 7,
};

/** Which interests go together: the cross-domain structure that a recommender can find again. */
const COMPANIONS: Readonly<Record<DomainCode, Partial<Record<DomainCode, number>>>> = {
  technology: { career: 40, language: 20, finance: 15, fitness: 12, parenting: 8, arts: 5 },
  finance: { career: 35, technology: 22, parenting: 18, travel: 15, language: 10 },
  fitness: { travel: 40, parenting: 20, career: 15, arts: 15, language: 10 },
  travel: { language: 34, fitness: 32, arts: 26, parenting: 8 },
  arts: { parenting: 32, travel: 28, language: 25, fitness: 15 },
  language: { career: 32, travel: 32, parenting: 20, technology: 16 },
  career: { technology: 38, language: 26, finance: 22, fitness: 14 },
  parenting: { arts: 34, language: 26, fitness: 22, finance: 18 },
};

const INTEREST_WEIGHTS = [0.55, 0.26, 0.11, 0.05];
/** What everyone gives to each domain, interested or not. */
const CURIOSITY = 0.012;

const strongest = weightedTable(domainCodes, (code) => STRONGEST[code]);
const companions = new Map<DomainCode, WeightedTable<DomainCode>>(
  domainCodes.map((code) => [code, weightedTable(domainCodes, (other) => COMPANIONS[code][other] ?? 0)]),
);

/** Two or three domains, strongest first. */
export function drawInterests(random: Random): readonly DomainCode[] {
  const first = strongest.draw(random);
  const second = companions.get(first)?.draw(random) ?? first;
  const third = companions.get(second)?.draw(random) ?? second;
  return third !== first && chance(random, 0.6) ? [first, second, third] : [first, second];
}

/** Share of attention per domain for interests ordered by strength. */
export function attention(interests: readonly string[]): ReadonlyMap<DomainCode, number> {
  return new Map(
    domainCodes.map((code) => {
      const rank = interests.indexOf(code);
      return [code, CURIOSITY + (rank < 0 ? 0 : (INTEREST_WEIGHTS[rank] ?? 0.03))];
    }),
  );
}
