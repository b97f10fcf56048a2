import { registerEnumType } from 'type-graphql';
import {
  BENEFICIARIES,
  CAP_WINDOWS,
  CONTRACT_STATES,
  PARTY_ROLES,
  POOL_MODELS,
  TERM_BASES,
  TERM_KINDS,
  TERM_WINDOWS,
} from '../../src/contracts/index.ts';
import { ROUNDING_RULES, SALE_COSTS } from '../../src/math/allocation/index.ts';
import { enumOf } from '../shared/enum.ts';

export const ContractStateEnum = enumOf(CONTRACT_STATES);
registerEnumType(ContractStateEnum, {
  name: 'ContractState',
  description:
    'Where a contract stands: DRAFT is unseen by the parties, PROPOSED has its first version on the table, COUNTERED ' +
    'another one, ACCEPTED waits for its date, NOTICE_GIVEN for its end.',
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
  description:
    'Attribution model by which a campaign pool is shared among touchpoints: those that look at the journey of the buyer ' +
    'alone. MARKOV is none of them, since what it learns from others changes every day and no party could check it.',
  valuesConfig: {
    FIRST_TOUCH: { description: 'All to the first one.' },
    LAST_TOUCH: { description: 'All to the last one.' },
    LINEAR: { description: 'The same to each; repeats count.' },
    POSITION: { description: '40 % to the first, 40 % to the last, 20 % to those between; of two half each.' },
    TIME_DECAY: { description: 'Half as much for every 7 days that it was earlier.' },
    SHAPLEY: {
      description:
        "The same to each partner's channel in a campaign, shared among its touchpoints; repeats do not count.",
    },
  },
});

export const TermKindEnum = enumOf(TERM_KINDS);
registerEnumType(TermKindEnum, {
  name: 'TermKind',
  description:
    'PERCENTAGE gives somebody a part, FLAT the same sum of every sale, TIERED a rate that depends on what was sold so ' +
    'far; DEDUCTION pays a cost before the later steps share the rest; ADVANCE is paid beforehand and recouped; ' +
    'MINIMUM_GUARANTEE is what a partner gets in a window at least.',
});

export const TermBasisEnum = enumOf(TERM_BASES);
registerEnumType(TermBasisEnum, {
  name: 'TermBasis',
  description: 'What a percentage is taken of: the whole SALE, or the REST that the earlier steps left.',
});

export const BeneficiaryEnum = enumOf(BENEFICIARIES);
registerEnumType(BeneficiaryEnum, { name: 'Beneficiary', description: 'Who a part goes to.' });

export const SaleCostEnum = enumOf(SALE_COSTS);
registerEnumType(SaleCostEnum, { name: 'SaleCost', description: 'What a sale costs, or was sold for less.' });

export const TermWindowEnum = enumOf(TERM_WINDOWS);
registerEnumType(TermWindowEnum, {
  name: 'TermWindow',
  description: "How long something is counted before it begins anew, in the contract's time zone.",
});

export const CapWindowEnum = enumOf(CAP_WINDOWS);
registerEnumType(CapWindowEnum, {
  name: 'CapWindow',
  description: 'Of what a cap is the most: of each SALE, or of all in a window.',
});
