import {
  findAcceptancesOfVersions,
  findCurrenciesOfVersions,
  findPartiesOfContracts,
  findStepsOfContracts,
  findTermsOfVersions,
  findVersionsOfContracts,
} from '../../src/contracts/index.ts';
import { type LoaderScope, loaderById, loaderOfGroups } from '../shared/loader.ts';

/** Parts of contracts: whoever holds the contract has been let see it. */
export function createContractLoaders({ platform: { database } }: LoaderScope) {
  return {
    contractParties: loaderOfGroups(
      (ids) => findPartiesOfContracts(database, ids),
      (row) => row.contractId,
    ),
    contractVersions: loaderOfGroups(
      (ids) => findVersionsOfContracts(database, ids),
      (row) => row.contractId,
    ),
    contractSteps: loaderOfGroups(
      (ids) => findStepsOfContracts(database, ids),
      (row) => row.contractId,
    ),
    contractTerms: loaderOfGroups(
      (ids) => findTermsOfVersions(database, ids),
      (row) => row.versionId,
    ),
    currencyOfVersion: loaderById((ids) => findCurrenciesOfVersions(database, ids)),
    contractAcceptances: loaderOfGroups(
      (ids) => findAcceptancesOfVersions(database, ids),
      (row) => row.versionId,
    ),
  };
}
