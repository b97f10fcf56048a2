export { Contract, ContractSchema } from './contract.entity.ts';
export { CONTRACT_STATES, type ContractState } from './contract.state.ts';
export { ContractAcceptance, ContractAcceptanceSchema } from './contract-acceptance.entity.ts';
export { ContractParty, ContractPartySchema, PARTY_ROLES, type PartyRole } from './contract-party.entity.ts';
export { ContractStep, ContractStepSchema } from './contract-step.entity.ts';
export {
  BENEFICIARIES,
  type BeneficiaryKind,
  ContractTerm,
  ContractTermSchema,
  TERM_BASES,
  TERM_KINDS,
  type TermBasis,
  type TermKind,
} from './contract-term.entity.ts';
export { ContractVersion, ContractVersionSchema, POOL_MODELS, type PoolModel } from './contract-version.entity.ts';
