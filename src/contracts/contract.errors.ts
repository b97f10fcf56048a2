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
