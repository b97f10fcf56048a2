import { defineEntity, p } from '@mikro-orm/core';
import { SALE_COSTS } from '../math/allocation/index.ts';
import { Partner } from '../partners/index.ts';
import { ContractVersion } from './contract-version.entity.ts';

/** PERCENTAGE: gives somebody a part. DEDUCTION: pays a cost of the sale before the later steps share the rest. */
export const TERM_KINDS = ['PERCENTAGE', 'DEDUCTION'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** SALE: of the price. REST: of what the earlier steps left. */
export const TERM_BASES = ['SALE', 'REST'] as const;
export type TermBasis = (typeof TERM_BASES)[number];

export const BENEFICIARIES = ['PLATFORM', 'PARTNER', 'CONTENT_OWNER', 'CAMPAIGN_POOL'] as const;
export type BeneficiaryKind = (typeof BENEFICIARIES)[number];

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
    /** Basis, percent and beneficiary are those of a PERCENTAGE. */
    basis: p.enum(TERM_BASES).nullable(),
    /** Decimal text as it was signed, exact: `33.3333`. */
    percent: p.text().nullable(),
    beneficiary: p.enum(BENEFICIARIES).nullable(),
    /** The partner, when the beneficiary is PARTNER. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    /** What a DEDUCTION pays. */
    cost: p.enum(SALE_COSTS).nullable(),
    description: p.text(),
  },
});

/** One clause that says where a part of a sale goes. Never changed. */
export class ContractTerm extends ContractTermSchema.class {}
ContractTermSchema.setClass(ContractTerm);
