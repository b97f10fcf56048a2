import {
  type AdvanceTerm,
  type AllocationShare,
  type Beneficiary,
  type DeductionTerm,
  explainShare,
  type FlatTerm,
  type PercentageTerm,
  ratio,
  type SaleFacts,
  type SplitInput,
  splitSale,
  type TieredTerm,
  type TouchpointCredit,
  type WaterfallTerm,
} from '../../../../src/math/allocation/index.ts';

export const PLATFORM = { kind: 'PLATFORM' } as const;
export const POOL: Beneficiary = { kind: 'CAMPAIGN_POOL' };

export function partner(partnerId: string) {
  return { kind: 'PARTNER', partnerId } as const;
}

export function deduction(id: string, more: Partial<DeductionTerm> = {}): DeductionTerm {
  return { kind: 'DEDUCTION', id, step: 1, clause: '2.1', cost: 'PROVIDER_FEE', ...more };
}

export const FEE = deduction('fee');
export const TAX = deduction('tax', { clause: '2.2', cost: 'TAX' });

/** Says who funds the discount. */
export function discount(fundedBy: NonNullable<DeductionTerm['fundedBy']>): DeductionTerm {
  return deduction('discount', { clause: '2.3', cost: 'DISCOUNT', fundedBy });
}

/** What a partner of the same name as the term gets, in step 2 unless told otherwise. */
export function term(id: string, percent: string, more: Partial<PercentageTerm> = {}): PercentageTerm {
  return { kind: 'PERCENTAGE', id, step: 2, clause: '3.1', percent, basis: 'REST', beneficiary: partner(id), ...more };
}

export function flat(id: string, amountMinor: bigint, more: Partial<FlatTerm> = {}): FlatTerm {
  return { kind: 'FLAT', id, step: 2, clause: '3.2', amountMinor, beneficiary: partner(id), ...more };
}

/** @param rates thresholds in minor units and their percentages, such as `[[0n, '10'], [100_000n, '20']]` */
export function tiered(
  id: string,
  rates: readonly [fromMinor: bigint, percent: string][],
  more: Partial<TieredTerm> = {},
): TieredTerm {
  const tiers = rates.map(([fromMinor, percent]) => ({ fromMinor, percent }));
  const header = { id, step: 2, clause: '3.3', beneficiary: partner(id) };
  return { kind: 'TIERED', ...header, basis: 'SALE', tiers, cumulativeMinor: 0n, ...more };
}

export function advance(partnerId: string, percent: string, outstandingMinor: bigint): AdvanceTerm {
  const header = { id: `advance of ${partnerId}`, step: 9, clause: '5.1', beneficiary: partner(partnerId) };
  return { kind: 'ADVANCE', ...header, percent, outstandingMinor };
}

export function credit(
  touchpointId: string,
  partnerId: string | null,
  [numerator, denominator]: [bigint, bigint],
): TouchpointCredit {
  return { touchpointId, partnerId, credit: ratio(numerator, denominator) };
}

/** Nothing but a price, unless told otherwise. */
export function sale(grossMinor: bigint, more: Partial<SaleFacts> = {}): SaleFacts {
  return { grossMinor, taxMinor: 0n, providerFeeMinor: 0n, discountMinor: 0n, ...more };
}

/** A sale of 100.00 by LARGEST_REMAINDER without any credits, unless told otherwise. */
export function split(terms: readonly WaterfallTerm[], more: Partial<SplitInput> = {}): AllocationShare[] {
  return splitSale({ sale: sale(10_000n), terms, credits: [], rounding: 'LARGEST_REMAINDER', ...more });
}

/** `"school 5544"`, by party and amount, which is what most cases are about. */
export function amounts(shares: readonly AllocationShare[]): string[] {
  return shares.map(({ party, amountMinor }) => {
    const name = party.kind === 'PARTNER' ? party.partnerId : party.kind;
    return `${name} ${amountMinor}`;
  });
}

const euros = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

/** The sentence of each share, in amounts of two decimals. */
export function sentences(shares: readonly AllocationShare[]): string[] {
  return shares.map((share) => explainShare(share, euros));
}
