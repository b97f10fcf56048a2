/** Who may read a partner's payouts, and what is payable to it. */
export const PAYOUT_READERS = {
  memberRoles: ['OWNER', 'MANAGER', 'FINANCE'],
  staffRoles: ['FINANCE', 'ADMIN'],
} as const;
