import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { Contract } from './contract.entity.ts';

/** A SUPPLIER's contents are sold under the contract; the others only share in it. */
export const PARTY_ROLES = ['SUPPLIER', 'LICENSOR', 'PROMOTER'] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

export const ContractPartySchema = defineEntity({
  name: 'ContractParty',
  tableName: 'contract_parties',
  uniques: [{ properties: ['contractId', 'partnerId'] }],
  properties: {
    id: p.uuid().primary(),
    contractId: () => p.manyToOne(Contract).mapToPk().name('contract_id'),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').index(),
    role: p.enum(PARTY_ROLES),
  },
});

/** A partner that signs a contract. The platform is a party to every contract and has no row. */
export class ContractParty extends ContractPartySchema.class {}
ContractPartySchema.setClass(ContractParty);
