import { defineEntity, p } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import { ContractVersion } from './contract-version.entity.ts';

export const TERM_KINDS = ['PERCENTAGE'] as const;

/** SALE: of the price. REST: of what the earlier steps left. */
export const TERM_BASES = ['SALE', 'REST'] as const;

export const BENEFICIARIES = ['PLATFORM', 'PARTNER', 'CONTENT_OWNER', 'CAMPAIGN_POOL'] as const;

export const ContractTermSchema = defineEntity({
  name: 'ContractTerm',
  tableName: 'contract_terms',
  uniques: [{ properties: ['versionId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(ContractVersion).mapToPk().name('version_id'),
    position: p.smallint(),
    /** Number of the clause in the signed text: `3.1`. */
    clause: p.text(),
    /** Steps run in this order; terms of one step share the same base and are rounded together. */
    step: p.smallint(),
    kind: p.enum(TERM_KINDS),
    basis: p.enum(TERM_BASES),
    /** Decimal text, exact: `33.3333`. */
    percent: p.decimal('string').precision(12).scale(8),
    beneficiary: p.enum(BENEFICIARIES),
    /** The partner, when the beneficiary is PARTNER. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    description: p.text(),
  },
});

/** One clause that gives somebody a part of a sale. Never changed. */
export class ContractTerm extends ContractTermSchema.class {}
ContractTermSchema.setClass(ContractTerm);
