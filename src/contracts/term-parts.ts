import { InvalidInputError } from '../shared/domain-error.ts';
import { BENEFICIARIES, type BeneficiaryKind, type TermKind } from './contract-term.entity.ts';
import type { TermWords } from './term-row.ts';

type Part = Exclude<keyof TermWords, 'clause' | 'step' | 'kind' | 'description'>;

interface KindOfTerm {
  /** Parts that it must have. The partner is asked for by the beneficiary. */
  readonly required: readonly Part[];
  /** Parts that it may have. */
  readonly optional: readonly Part[];
  readonly beneficiaries: readonly BeneficiaryKind[];
}

const CONDITIONS = [
  'contentId',
  'domainCode',
  'module',
  'campaignId',
  'channel',
  'currency',
  'maxMonths',
] as const satisfies readonly Part[];

const CAP = ['capMinor', 'capWindow'] as const satisfies readonly Part[];

/** Which parts a clause of each kind has. */
const KINDS: Readonly<Record<TermKind, KindOfTerm>> = {
  PERCENTAGE: {
    required: ['basis', 'percent', 'beneficiary'],
    optional: [...CAP, ...CONDITIONS],
    beneficiaries: BENEFICIARIES,
  },
  FLAT: {
    required: ['amountMinor', 'beneficiary'],
    optional: [...CAP, ...CONDITIONS],
    beneficiaries: BENEFICIARIES,
  },
  TIERED: {
    required: ['basis', 'tiers', 'window', 'beneficiary'],
    optional: [...CAP, ...CONDITIONS],
    beneficiaries: BENEFICIARIES,
  },
  DEDUCTION: {
    required: ['cost'],
    optional: CONDITIONS,
    // Of a discount: who funds it.
    beneficiaries: ['PLATFORM', 'PARTNER', 'CONTENT_OWNER'],
  },
  ADVANCE: {
    required: ['amountMinor', 'percent', 'beneficiary'],
    optional: CONDITIONS,
    beneficiaries: ['PARTNER'],
  },
  MINIMUM_GUARANTEE: {
    required: ['amountMinor', 'window', 'beneficiary'],
    optional: ['currency'],
    beneficiaries: ['PARTNER'],
  },
};

/**
 * Checks that a clause has the parts of its kind and no others.
 *
 * @param path of the clause: `terms.2`
 * @throws InvalidInputError that names the part: `terms.2.basis`
 */
export function assertParts(term: TermWords, path: string): void {
  const { required, optional, beneficiaries } = kindOf(term);
  const partner: readonly Part[] = term.beneficiary === 'PARTNER' ? ['partnerId'] : [];
  const allowed = new Set<string>([...required, ...partner, ...optional]);
  const wanted = new Set<string>([...required, ...partner, ...(hasCap(term) ? CAP : [])]);
  for (const [part, value] of Object.entries(term)) {
    if (NOT_OPTIONAL.has(part)) continue;
    if (value !== null && !allowed.has(part)) refuse(path, part, `A ${term.kind} of this form has no ${part}.`);
    if (value === null && wanted.has(part)) refuse(path, part, `A ${term.kind} of this form has a ${part}.`);
  }
  if (term.beneficiary !== null && !beneficiaries.includes(term.beneficiary)) {
    refuse(path, 'beneficiary', `The beneficiary of a ${term.kind} is ${beneficiaries.join(' or ')}.`);
  }
}

const NOT_OPTIONAL: ReadonlySet<string> = new Set(['clause', 'step', 'kind', 'description']);

/** A discount has a funder, the other costs have not. */
function kindOf({ kind, cost }: TermWords): KindOfTerm {
  if (cost !== 'DISCOUNT' || kind !== 'DEDUCTION') return KINDS[kind];
  return { ...KINDS.DEDUCTION, required: [...KINDS.DEDUCTION.required, 'beneficiary'] };
}

function hasCap({ capMinor, capWindow }: TermWords): boolean {
  return capMinor !== null || capWindow !== null;
}

function refuse(path: string, part: string, message: string): never {
  throw new InvalidInputError(`${path}.${part}`, message);
}
