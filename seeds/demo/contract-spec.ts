import type { TermProposal } from '../../src/contracts/index.ts';
import type { PoolAttributionModel } from './catalogue.types.ts';

/** A clause with the demo's own names for partners and contents. */
export type TermSpec = Omit<TermProposal, 'partnerId' | 'contentId'> & {
  readonly partner?: string;
  readonly content?: string;
};

export interface VersionSpec {
  readonly effective: 'BEFORE_SALES' | 'WITH_SALES' | 'SECOND_CLOSED_PERIOD';
  readonly note: string;
  readonly holdDays: number;
  readonly payoutMinimumMinor: bigint;
  readonly attributionModel: PoolAttributionModel | null;
  readonly terms: readonly TermSpec[];
}

export interface ContractSpec {
  readonly title: string;
  readonly titleEn: string;
  readonly parties: readonly string[];
  readonly ownersInScope: readonly string[];
  readonly versions: readonly VersionSpec[];
}
