import { AllocationInputError, assertWaterfall, type SaleCost, type WaterfallTerm } from '../math/allocation/index.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { present } from '../shared/invariant.ts';
import type { BeneficiaryKind, TermBasis, TermKind } from './contract-term.entity.ts';

/** A clause as it is proposed: which of the optional parts it has depends on its kind. */
export interface TermProposal {
  readonly clause: string;
  readonly step: number;
  readonly kind: TermKind;
  readonly basis?: TermBasis | null | undefined;
  readonly percent?: string | null | undefined;
  readonly beneficiary?: BeneficiaryKind | null | undefined;
  readonly partnerId?: string | null | undefined;
  readonly cost?: SaleCost | null | undefined;
  readonly description: string;
}

/** A clause as it is stored. */
export interface TermRow {
  readonly id: string;
  readonly versionId: string;
  readonly position: number;
  readonly clause: string;
  readonly step: number;
  readonly kind: TermKind;
  readonly basis: TermBasis | null;
  readonly percent: string | null;
  readonly beneficiary: BeneficiaryKind | null;
  readonly partnerId: string | null;
  readonly cost: SaleCost | null;
  readonly description: string;
}

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

/** The clauses as the kernel reads them, for a sale of one supplier's content. In the order of the contract. */
export function waterfallOf(
  terms: readonly Omit<TermRow, 'versionId' | 'position' | 'description'>[],
  ownerPartnerId: string,
): WaterfallTerm[] {
  return terms.map((term) => {
    const { id, step, clause, kind, partnerId } = term;
    if (kind === 'DEDUCTION') return { id, step, clause, kind, cost: present(term.cost, 'the cost of a deduction') };
    const percent = present(term.percent, 'the percentage of a term');
    const basis = present(term.basis, 'the basis of a percentage');
    const named = present(term.beneficiary, 'the beneficiary of a percentage');
    return { id, step, clause, kind, percent, basis, beneficiary: beneficiaryOf(named, { partnerId, ownerPartnerId }) };
  });
}

function beneficiaryOf(
  kind: BeneficiaryKind,
  ids: { partnerId: string | null; ownerPartnerId: string },
): Extract<WaterfallTerm, { kind: 'PERCENTAGE' }>['beneficiary'] {
  switch (kind) {
    case 'PARTNER':
      return { kind, partnerId: present(ids.partnerId, 'the partner of a term') };
    case 'CONTENT_OWNER':
      return { kind: 'PARTNER', partnerId: ids.ownerPartnerId };
    default:
      return { kind };
  }
}

function checkTerm(term: TermProposal, { position, partyIds }: { position: number; partyIds: readonly string[] }) {
  const path = `terms.${position}`;
  const { kind, step, basis = null, percent = null, beneficiary = null, partnerId = null, cost = null } = term;
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
  return { clause, step, kind, basis, percent, beneficiary, partnerId, cost, description };
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
    assertWaterfall(waterfallOf(named, 'owner'));
  } catch (error) {
    if (error instanceof AllocationInputError) throw new InvalidInputError(error.path, error.message);
    throw error;
  }
}
