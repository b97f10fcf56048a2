import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { quoted } from '../shared/quoted.ts';
import { counts } from './term-counters.ts';
import { assertParts } from './term-parts.ts';
import { type TermProposal, type TermWords, wordsOf } from './term-row.ts';
import { assertTermsTogether } from './term-worlds.ts';

/** What the contract says that its clauses must agree with. */
export interface TermContext {
  /** Partners that sign: only they may be named as beneficiaries. */
  readonly partyIds: readonly string[];
  /** At least one. */
  readonly currencies: readonly string[];
}

/** A checked clause without an id yet. */
export type CheckedTerm = TermWords & { readonly position: number };

const MAX_TERMS = 50;
const MAX_STEP = 1_000;
const MAX_MONTHS = 1_200;
const MAX_AMOUNT_MINOR = 10n ** 15n;

/**
 * Checks proposed clauses one by one and together.
 *
 * @returns the clauses with their texts trimmed, without an id yet
 * @throws InvalidInputError whose field is the path of what is wrong: `terms.2.tiers.0.percent`
 * @throws AmbiguousTermsError when two clauses can meet in one sale and nothing says which of them applies
 */
export function checkTerms(terms: readonly TermProposal[], context: TermContext): CheckedTerm[] {
  if (terms.length === 0 || terms.length > MAX_TERMS) {
    throw new InvalidInputError('terms', `A contract has from 1 to ${MAX_TERMS} terms, not ${terms.length}.`);
  }
  const checked = terms.map((term, position) => ({ ...checkTerm(term, `terms.${position}`, context), position }));
  assertOwnNumbers(checked);
  assertTermsTogether(checked);
  return checked;
}

function checkTerm(proposal: TermProposal, path: string, context: TermContext): TermWords {
  const term = wordsOf(proposal);
  assertWhole(`${path}.step`, term.step, MAX_STEP);
  assertParts(term, path);
  if (term.partnerId !== null && !context.partyIds.includes(term.partnerId)) {
    throw new InvalidInputError(`${path}.partnerId`, 'A term pays only partners that are parties to the contract.');
  }
  assertScope(term, path, context);
  assertAmounts(term, path);
  const clause = requireText(`${path}.clause`, term.clause, { maxLength: 20 });
  const description = requireText(`${path}.description`, term.description, { maxLength: 500, multiline: true });
  return { ...term, clause, description };
}

function assertScope(term: TermWords, path: string, { currencies }: TermContext): void {
  const { contentId, domainCode, module, currency, maxMonths } = term;
  if (contentId !== null && (domainCode !== null || module !== null)) {
    const field = `${path}.${domainCode === null ? 'module' : 'domainCode'}`;
    throw new InvalidInputError(field, 'A content lies in one domain and module: name the content alone.');
  }
  if (currency !== null && !currencies.includes(currency)) {
    throw new InvalidInputError(`${path}.currency`, `The contract is not for sales in ${quoted(currency)}.`);
  }
  if (currency === null && currencies.length > 1 && hasAmount(term)) {
    throw new InvalidInputError(
      `${path}.currency`,
      'A term with an amount needs its currency: the contract has several.',
    );
  }
  if (maxMonths !== null) assertWhole(`${path}.maxMonths`, maxMonths, MAX_MONTHS);
}

/** Whether it means money of a certain currency. */
function hasAmount({ amountMinor, capMinor, tiers }: TermWords): boolean {
  return amountMinor !== null || capMinor !== null || tiers !== null;
}

function assertAmounts({ amountMinor, capMinor, tiers }: TermWords, path: string): void {
  for (const [part, amount] of Object.entries({ amountMinor, capMinor })) {
    if (amount === null || (amount > 0n && amount <= MAX_AMOUNT_MINOR)) continue;
    throw new InvalidInputError(`${path}.${part}`, `An amount is from 1 to ${MAX_AMOUNT_MINOR} minor units.`);
  }
  for (const [at, { from }] of (tiers ?? []).entries()) {
    if (/^\d{1,16}$/.test(from) && BigInt(from) <= MAX_AMOUNT_MINOR) continue;
    const limits = `A tier begins at 0 to ${MAX_AMOUNT_MINOR} minor units.`;
    throw new InvalidInputError(`${path}.tiers.${at}.from`, limits);
  }
}

function assertWhole(field: string, value: number, max: number): void {
  if (Number.isInteger(value) && value >= 1 && value <= max) return;
  throw new InvalidInputError(field, `"${field}" is a whole number from 1 to ${max}.`);
}

/** What a clause counts goes on under its number in later versions: it must be the only one of that number. */
function assertOwnNumbers(terms: readonly CheckedTerm[]): void {
  for (const sameNumber of Map.groupBy(terms, ({ clause }) => clause).values()) {
    const [, second] = sameNumber;
    if (!second || !sameNumber.some(counts)) continue;
    const path = `terms.${second.position}.clause`;
    throw new InvalidInputError(path, `Clause "${second.clause}" counts over sales: no other may have its number.`);
  }
}
