import type { SaleCost } from '../math/allocation/index.ts';
import type { BeneficiaryKind, CapWindow, TermBasis, TermKind, TermTier, TermWindow } from './contract-term.entity.ts';

/** Conditions that a clause sets on the sales it applies to: each that is not null. */
export interface TermScope {
  readonly contentId: string | null;
  readonly domainCode: string | null;
  readonly module: string | null;
  readonly campaignId: string | null;
  readonly channel: string | null;
  readonly currency: string | null;
  /** Until so many months after the buyer's first sale under the same supplier. */
  readonly maxMonths: number | null;
}

/** What a clause says, whichever of these parts its kind has. Amounts are in minor units. */
export interface TermWords extends TermScope {
  /** Number of the clause in the text: `3.1`. */
  readonly clause: string;
  readonly step: number;
  readonly kind: TermKind;
  readonly basis: TermBasis | null;
  readonly percent: string | null;
  readonly amountMinor: bigint | null;
  readonly tiers: readonly TermTier[] | null;
  readonly beneficiary: BeneficiaryKind | null;
  readonly partnerId: string | null;
  readonly cost: SaleCost | null;
  readonly window: TermWindow | null;
  readonly capMinor: bigint | null;
  readonly capWindow: CapWindow | null;
  readonly description: string;
}

/** A clause as it is stored. */
export interface TermRow extends TermWords {
  readonly id: string;
  readonly versionId: string;
  readonly position: number;
}

type Required = 'clause' | 'step' | 'kind' | 'description';

/** A clause as it is proposed: which of the optional parts it has depends on its kind. */
export type TermProposal = Pick<TermWords, Required> & {
  readonly [Part in Exclude<keyof TermWords, Required>]?: TermWords[Part] | undefined;
};

const nothing: Omit<TermWords, Required> = {
  basis: null,
  percent: null,
  amountMinor: null,
  tiers: null,
  beneficiary: null,
  partnerId: null,
  cost: null,
  window: null,
  capMinor: null,
  capWindow: null,
  contentId: null,
  domainCode: null,
  module: null,
  campaignId: null,
  channel: null,
  currency: null,
  maxMonths: null,
};

/** The proposal with null for every part that it leaves out. */
export function wordsOf(proposal: TermProposal): TermWords {
  const said = Object.entries(proposal).filter(([, value]) => value !== undefined);
  return { ...nothing, ...Object.fromEntries(said) } as TermWords;
}
