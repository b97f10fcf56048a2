import type { TermRow } from '../contracts/index.ts';
import { present } from '../shared/invariant.ts';

/** The partners that a clause promises something to: the one that it names, or every supplier of the contract. */
export function partnersOf(
  { beneficiary, partnerId }: TermRow,
  { supplierIds }: { readonly supplierIds: readonly string[] },
): readonly string[] {
  return beneficiary === 'PARTNER' ? [present(partnerId, 'the partner of a term')] : supplierIds;
}
