import type { EntityManager } from '../platform/database.ts';

/** What an audit found first. */
export interface AuditFault {
  /** The ledger transaction that it is about; null when there is none. */
  readonly transactionId: string | null;
  /** What is there, and what should be. */
  readonly detail: string;
}

/**
 * A check that another domain adds to a verification of the books. It reads the snapshot that the whole verification
 * sees, in constant memory.
 */
export interface LedgerAudit {
  /** What it checks, as a fault names it: `statements`. */
  readonly name: string;
  /**
   * @param goOn to be called before each page; it throws when the verification is to stop
   * @returns the first fault; null when all is as it should be
   */
  check(em: EntityManager, goOn: () => void): Promise<AuditFault | null>;
}
