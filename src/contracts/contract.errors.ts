import { DomainError } from '../shared/domain-error.ts';

/** A supplier would be bound by two contracts for the same sales. */
export class ContractOverlapError extends DomainError {
  readonly code = 'CONTRACT_OVERLAP';
  readonly contractId: string;
  readonly otherContractId: string;

  constructor(overlap: ContractOverlap) {
    const { supplierName, currency, contract, other } = overlap;
    super(
      `${supplierName} sells under "${other.name}" in ${currency} already; ` +
        `"${contract.name}" cannot be in force beside it.`,
    );
    this.contractId = contract.id;
    this.otherContractId = other.id;
  }
}

export interface ContractOverlap {
  readonly supplierName: string;
  readonly currency: string;
  readonly contract: NamedContract;
  readonly other: NamedContract;
}

interface NamedContract {
  readonly id: string;
  readonly name: string;
}

/** What was to be accepted is no longer what is on the table. */
export class VersionSupersededError extends DomainError {
  readonly code = 'VERSION_SUPERSEDED';
  /** The one that is on the table now. */
  readonly latestNumber: number;

  constructor(latestNumber: number) {
    super(`A later proposal is on the table: read and accept version ${latestNumber}.`);
    this.latestNumber = latestNumber;
  }
}

/** No contract says how a sale is to be split. */
export class NoContractInForceError extends DomainError {
  readonly code = 'NO_CONTRACT_IN_FORCE';
  readonly ownerPartnerId: string;
  readonly currency: string;
  readonly soldAt: Date;

  constructor(sale: { ownerPartnerId: string; currency: string; soldAt: Date }) {
    super(
      `No contract of partner ${sale.ownerPartnerId} as a supplier is in force in ${sale.currency} ` +
        `at ${sale.soldAt.toISOString()}.`,
    );
    this.ownerPartnerId = sale.ownerPartnerId;
    this.currency = sale.currency;
    this.soldAt = sale.soldAt;
  }
}

/** How an error names a clause. */
export interface NamedTerm {
  readonly clause: string;
  /** Place in the contract, from 0. */
  readonly position: number;
  /** Absent while the clause is only proposed. */
  readonly id: string | null;
}

/** Two clauses can meet in one sale, stand for the same thing, and nothing says which of them applies. */
export class AmbiguousTermsError extends DomainError {
  readonly code = 'AMBIGUOUS_TERMS';
  readonly terms: readonly [NamedTerm, NamedTerm];

  constructor(one: Nameable, other: Nameable) {
    super(
      `Clauses "${one.clause}" and "${other.clause}" can meet in one sale, and neither is the more specific: ` +
        'narrow one of them, or add a clause for the sales that meet both.',
    );
    this.terms = [nameOf(one), nameOf(other)];
  }
}

type Nameable = Omit<NamedTerm, 'id'> & { readonly id?: string };

function nameOf({ clause, position, id }: Nameable): NamedTerm {
  return { clause, position, id: id ?? null };
}
