import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { timestamp } from '../platform/columns.ts';
import { ContractVersion } from './contract-version.entity.ts';

export const ContractAcceptanceSchema = defineEntity({
  name: 'ContractAcceptance',
  tableName: 'contract_acceptances',
  uniques: [{ properties: ['versionId', 'partnerId'] }],
  indexes: [
    {
      name: 'contract_acceptances_once_for_platform',
      expression:
        'create unique index "contract_acceptances_once_for_platform" on "contract_acceptances" ("version_id") where "partner_id" is null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(ContractVersion).mapToPk().name('version_id'),
    /** The party; absent for the platform. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    acceptedAt: timestamp(),
    acceptedBy: p.text(),
    reason: p.text(),
  },
});

/** One party's signature under one version. Who proposed the version has signed it by that. Never changed. */
export class ContractAcceptance extends ContractAcceptanceSchema.class {}
ContractAcceptanceSchema.setClass(ContractAcceptance);
