import type { MigrationObject } from '@mikro-orm/core';
import { InitialSchema20261121000001 } from './20261121000001-initial-schema.ts';
import { LedgerGuards20261121000002 } from './20261121000002-ledger-guards.ts';
import { OutboxNotify20261121000003 } from './20261121000003-outbox-notify.ts';
import { VolatileStores20261121000004 } from './20261121000004-volatile-stores.ts';
import { PartnerEntries20261122000001 } from './20261122000001-partner-entries.ts';
import { ContractTerms20261122000002 } from './20261122000002-contract-terms.ts';
import { AllocationsAnew20261122000003 } from './20261122000003-allocations-anew.ts';
import { LedgerHoldsAndBalances20261122000004 } from './20261122000004-ledger-holds-and-balances.ts';
import { ReturnsAndDiscounts20261122000005 } from './20261122000005-returns-and-discounts.ts';
import { StatementsOfEntries20261122000006 } from './20261122000006-statements-of-entries.ts';
import { Payouts20261122000007 } from './20261122000007-payouts.ts';
import { Reconciliation20261122000008 } from './20261122000008-reconciliation.ts';
import { PromisedEntries20261123000001 } from './20261123000001-promised-entries.ts';
import { ReconciliationPeriods20261123000011 } from './20261123000011-reconciliation-periods.ts';
import { ContentSearch20261123000021 } from './20261123000021-content-search.ts';
import { ShardedTraining20261123000031 } from './20261123000031-sharded-training.ts';

/** Every migration, oldest first. Only ever appended to. */
export const migrations: MigrationObject[] = [
  { name: '20261121000001-initial-schema', class: InitialSchema20261121000001 },
  { name: '20261121000002-ledger-guards', class: LedgerGuards20261121000002 },
  { name: '20261121000003-outbox-notify', class: OutboxNotify20261121000003 },
  { name: '20261121000004-volatile-stores', class: VolatileStores20261121000004 },
  { name: '20261122000001-partner-entries', class: PartnerEntries20261122000001 },
  { name: '20261122000002-contract-terms', class: ContractTerms20261122000002 },
  { name: '20261122000003-allocations-anew', class: AllocationsAnew20261122000003 },
  { name: '20261122000004-ledger-holds-and-balances', class: LedgerHoldsAndBalances20261122000004 },
  { name: '20261122000005-returns-and-discounts', class: ReturnsAndDiscounts20261122000005 },
  { name: '20261122000006-statements-of-entries', class: StatementsOfEntries20261122000006 },
  { name: '20261122000007-payouts', class: Payouts20261122000007 },
  { name: '20261122000008-reconciliation', class: Reconciliation20261122000008 },
  { name: '20261123000001-promised-entries', class: PromisedEntries20261123000001 },
  { name: '20261123000011-reconciliation-periods', class: ReconciliationPeriods20261123000011 },
  { name: '20261123000021-content-search', class: ContentSearch20261123000021 },
  { name: '20261123000031-sharded-training', class: ShardedTraining20261123000031 },
];
