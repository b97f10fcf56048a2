import type { AccountKind } from './account.entity.ts';

/** Names an account and says what it is, so that the first posting on it can open it. */
export interface AccountRef {
  readonly code: string;
  readonly kind: AccountKind;
  /** Kept from the opening on: no posting may then take what is available on the account below zero. */
  readonly overdraft?: 'FORBIDDEN';
}

/** The accounts that there are. A code is a path from the owner to the purpose; the currency is not part of it. */
export const chartOfAccounts = {
  /** What the platform owes a partner. */
  partnerPayable: (partnerId: string): AccountRef => ({ code: `partner:${partnerId}:payable`, kind: 'LIABILITY' }),
  /** What a partner got ahead of sales and has not earned yet. */
  partnerAdvances: (partnerId: string): AccountRef => ({ code: `partner:${partnerId}:advances`, kind: 'ASSET' }),
  /** What the platform earned. */
  platformRevenue: { code: 'platform:revenue', kind: 'REVENUE' },
  /** Where the platform's own money lies. */
  platformBank: { code: 'platform:bank', kind: 'ASSET' },
  /** What the platform pays so that a partner gets its guaranteed minimum. */
  platformGuarantees: { code: 'platform:guarantees', kind: 'EXPENSE' },
  /** What the platform grants on disputed lines. */
  platformAdjustments: { code: 'platform:adjustments', kind: 'EXPENSE' },
  /** What buyers got back beyond what they paid, by a refund and a chargeback of one sale, and fees of chargebacks. */
  platformChargebacks: { code: 'platform:chargebacks', kind: 'EXPENSE' },
  /** What reconciliation found and finance settled at the platform's cost. */
  platformReconciliation: { code: 'platform:reconciliation', kind: 'EXPENSE' },
  /** Tax that was collected and is owed. */
  taxPayable: { code: 'tax:payable', kind: 'LIABILITY' },
  /** What a payment provider collected and has not paid out. */
  providerClearing: (provider: string): AccountRef => ({ code: `provider:${provider}:clearing`, kind: 'ASSET' }),
  /** What a payment provider keeps of it. */
  providerFees: (provider: string): AccountRef => ({ code: `provider:${provider}:fees`, kind: 'LIABILITY' }),
} as const satisfies Record<string, AccountRef | ((name: string) => AccountRef)>;
