import { createAttributionLoaders } from './attribution/attribution.loaders.ts';
import { createCampaignLoaders } from './campaigns/campaign.loaders.ts';
import { createContentLoaders } from './content/content.loaders.ts';
import { createContractLoaders } from './contracts/contract.loaders.ts';
import { createDomainLoaders } from './domains/domain.loaders.ts';
import { createLedgerLoaders } from './ledger/ledger.loaders.ts';
import { createOrderLoaders } from './orders/order.loaders.ts';
import { createPartnerLoaders } from './partners/partner.loaders.ts';
import { createPayoutLoaders } from './payouts/payout.loaders.ts';
import { createPartnerBlockLoaders } from './preferences/partner-block.loaders.ts';
import { createReconciliationLoaders } from './reconciliation/reconciliation.loaders.ts';
import type { LoaderScope } from './shared/loader.ts';
import { createStatementLoaders } from './statements/statement.loaders.ts';
import { createUserLoaders } from './users/user.loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** Batches and remembers reads within one request. */
export function createLoaders(scope: LoaderScope) {
  return {
    ...createUserLoaders(scope),
    ...createDomainLoaders(scope),
    ...createPartnerLoaders(scope),
    ...createPartnerBlockLoaders(scope),
    ...createContentLoaders(scope),
    ...createOrderLoaders(scope),
    ...createCampaignLoaders(scope),
    ...createAttributionLoaders(scope),
    ...createContractLoaders(scope),
    ...createLedgerLoaders(scope),
    ...createStatementLoaders(scope),
    ...createPayoutLoaders(scope),
    ...createReconciliationLoaders(scope),
  };
}
