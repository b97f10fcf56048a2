export { Contract, ContractSchema } from './contract.entity.ts';
export { CONTRACT_STATES, type ContractState } from './contract.state.ts';
export { ContractParty, ContractPartySchema, PARTY_ROLES } from './contract-party.entity.ts';
export { ContractStep, ContractStepSchema } from './contract-step.entity.ts';
export { BENEFICIARIES, ContractTerm, ContractTermSchema, TERM_BASES, TERM_KINDS } from './contract-term.entity.ts';
export { ContractVersion, ContractVersionSchema, POOL_MODELS, ROUNDING_RULES } from './contract-version.entity.ts';
