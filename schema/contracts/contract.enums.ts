import { registerEnumType } from 'type-graphql';
import {
  BENEFICIARIES,
  CONTRACT_STATES,
  PARTY_ROLES,
  POOL_MODELS,
  TERM_BASES,
  TERM_KINDS,
} from '../../src/contracts/index.ts';
import { ROUNDING_RULES, SALE_COSTS } from '../../src/math/allocation/index.ts';
import { enumOf } from '../shared/enum.ts';

export const ContractStateEnum = enumOf(CONTRACT_STATES);
registerEnumType(ContractStateEnum, {
  name: 'ContractState',
  description: 'Where a contract stands. IN_FORCE and NOTICE_GIVEN ones split sales.',
});

export const PartyRoleEnum = enumOf(PARTY_ROLES);
registerEnumType(PartyRoleEnum, {
  name: 'PartyRole',
  description: "What a party is to a contract: a SUPPLIER's contents are sold under it, the others share in it.",
});

export const RoundingRuleEnum = enumOf(ROUNDING_RULES);
registerEnumType(RoundingRuleEnum, {
  name: 'RoundingRule',
  description: 'Who gets the cents that are left when every share is rounded down.',
});

export const PoolModelEnum = enumOf(POOL_MODELS);
registerEnumType(PoolModelEnum, {
  name: 'PoolModel',
  description: 'Attribution model by which a campaign pool is shared among touchpoints.',
});

export const TermKindEnum = enumOf(TERM_KINDS);
registerEnumType(TermKindEnum, {
  name: 'TermKind',
  description: 'PERCENTAGE gives somebody a part; DEDUCTION pays a cost before the later steps share the rest.',
});

export const TermBasisEnum = enumOf(TERM_BASES);
registerEnumType(TermBasisEnum, {
  name: 'TermBasis',
  description: 'What a percentage is taken of: the whole SALE, or the REST that the earlier steps left.',
});

export const BeneficiaryEnum = enumOf(BENEFICIARIES);
registerEnumType(BeneficiaryEnum, { name: 'Beneficiary', description: 'Who a percentage goes to.' });

export const SaleCostEnum = enumOf(SALE_COSTS);
registerEnumType(SaleCostEnum, { name: 'SaleCost', description: 'What leaves a sale whatever the parties agree.' });
