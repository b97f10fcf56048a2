import { AllocationInputError, assertWaterfall } from '../math/allocation/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { TermKind } from './contract-term.entity.ts';
import { type TermProposal, type TermRow, wordsOf } from './term-row.ts';
import { waterfallOf } from './term-waterfall.ts';

const MAX_TERMS = 50;
const MAX_STEP = 1_000;

/**
 * Checks proposed clauses one by one and together.
 *
 * @param partyIds partners that sign the contract: only they may be named as beneficiaries
 * @returns the clauses with their texts trimmed, without an id yet
 * @throws InvalidInputError whose field is the path of what is wrong: `terms.2.percent`
 */
export function checkTerms(
  terms: readonly TermProposal[],
  partyIds: readonly string[],
): Omit<TermRow, 'id' | 'versionId'>[] {
  if (terms.length === 0 || terms.length > MAX_TERMS) {
    throw new InvalidInputError('terms', `A contract has from 1 to ${MAX_TERMS} terms, not ${terms.length}.`);
  }
  const checked = terms.map((term, position) => ({ ...checkTerm(term, { position, partyIds }), position }));
  assertMeaning(checked);
  return checked;
}

function checkTerm(term: TermProposal, { position, partyIds }: { position: number; partyIds: readonly string[] }) {
  const path = `terms.${position}`;
  const words = wordsOf(term);
  const { kind, step, basis, percent, beneficiary, partnerId, cost } = words;
  if (!Number.isInteger(step) || step < 1 || step > MAX_STEP) {
    throw new InvalidInputError(`${path}.step`, `A step is a whole number from 1 to ${MAX_STEP}.`);
  }
  const isShare = kind === 'PERCENTAGE';
  requireGiven({ basis, percent, beneficiary }, { path, isWanted: isShare, kind });
  requireGiven({ cost }, { path, isWanted: !isShare, kind });
  requireGiven({ partnerId }, { path, isWanted: beneficiary === 'PARTNER', kind });
  if (partnerId !== null && !partyIds.includes(partnerId)) {
    throw new InvalidInputError(`${path}.partnerId`, 'A term pays only partners that are parties to the contract.');
  }
  const clause = requireText(`${path}.clause`, term.clause, { maxLength: 20 });
  const description = requireText(`${path}.description`, term.description, { maxLength: 500, multiline: true });
  return { ...words, clause, description };
}

function requireGiven(
  parts: Readonly<Record<string, unknown>>,
  { path, isWanted, kind }: { path: string; isWanted: boolean; kind: TermKind },
): void {
  for (const [name, value] of Object.entries(parts)) {
    if ((value !== null) === isWanted) continue;
    throw new InvalidInputError(`${path}.${name}`, `A ${kind} of this form has ${isWanted ? 'a' : 'no'} ${name}.`);
  }
}

/** What clauses mean together is for the kernel to say; the ids only serve its check. */
function assertMeaning(terms: readonly Omit<TermRow, 'id' | 'versionId'>[]): void {
  const named = terms.map((term) => ({ ...term, id: String(term.position) }));
  try {
    assertWaterfall(waterfallOf(named, { ownerPartnerId: 'owner', counters: new Map() }));
  } catch (error) {
    if (error instanceof AllocationInputError) throw new InvalidInputError(error.path, error.message);
    throw error;
  }
}
