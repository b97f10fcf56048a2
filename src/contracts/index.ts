export { Contract, ContractSchema } from './contract.entity.ts';
export {
  AmbiguousTermsError,
  ContractOverlapError,
  type NamedTerm,
  NoContractInForceError,
  VersionSupersededError,
} from './contract.errors.ts';
export { type ContractRow, findVisibleContract } from './contract.queries.ts';
export { ContractService } from './contract.service.ts';
export { CONTRACT_STATES, type ContractState } from './contract.state.ts';
export { ContractAcceptance, ContractAcceptanceSchema } from './contract-acceptance.entity.ts';
export { ContractCoverage, knownEnd, type VersionInForce, versionAt } from './contract-coverage.ts';
export { ContractLifecycleService } from './contract-lifecycle.service.ts';
export {
  type AcceptanceRow,
  type ContractStepRow,
  findAcceptancesOfVersions,
  findCurrenciesOfVersions,
  findPartiesOfContracts,
  findStepsOfContracts,
  findTermsOfVersions,
  findVersionsOfContracts,
  type PartyRow,
  type VersionRow,
} from './contract-parts.queries.ts';
export { ContractParty, ContractPartySchema, PARTY_ROLES, type PartyRole } from './contract-party.entity.ts';
export { ContractStep, ContractStepSchema } from './contract-step.entity.ts';
export {
  BENEFICIARIES,
  type BeneficiaryKind,
  CAP_WINDOWS,
  type CapWindow,
  ContractTerm,
  ContractTermSchema,
  TERM_BASES,
  TERM_KINDS,
  TERM_WINDOWS,
  type TermBasis,
  type TermKind,
  type TermTier,
  type TermWindow,
} from './contract-term.entity.ts';
export {
  ContractVersion,
  ContractVersionSchema,
  type PayoutMinimum,
  POOL_MODELS,
  type PoolModel,
} from './contract-version.entity.ts';
export { type ContractTables, findCoverage, findVersionsWithTerms } from './coverage.queries.ts';
export { type CounterKey, counterKeysOf, type TermCounters } from './term-counters.ts';
export type { TermProposal, TermRow } from './term-row.ts';
export { applicableTerms } from './term-scope.ts';
export { waterfallOf } from './term-waterfall.ts';
