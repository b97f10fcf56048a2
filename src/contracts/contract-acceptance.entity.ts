import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { ContractVersion } from './contract-version.entity.ts';

export const ContractAcceptanceSchema = defineEntity({
  name: 'ContractAcceptance',
  tableName: 'contract_acceptances',
  uniques: [{ properties: ['versionId', 'partnerId'] }],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(ContractVersion).mapToPk().name('version_id'),
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id'),
    acceptedAt: timestamp(),
    acceptedBy: p.text(),
    reason: p.text(),
  },
});

/** One party's signature under one version. The platform's own is the proposal. Never changed. */
export class ContractAcceptance extends ContractAcceptanceSchema.class {}
ContractAcceptanceSchema.setClass(ContractAcceptance);
