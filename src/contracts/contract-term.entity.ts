import { defineEntity, p } from '@mikro-orm/core';
import { SALE_COSTS } from '../math/allocation/index.ts';
import { Partner } from '../partners/index.ts';
import { minorUnits } from '../platform/columns.ts';
import { ContractVersion } from './contract-version.entity.ts';

/**
 * - PERCENTAGE: gives somebody a part.
 * - FLAT: gives somebody the same sum of every sale.
 * - TIERED: a percentage that depends on what has been sold so far in a window, margin by margin.
 * - DEDUCTION: pays a cost of the sale before the later steps share the rest.
 * - ADVANCE: a sum paid beforehand, which is taken back out of what the partner earns.
 * - MINIMUM_GUARANTEE: what a partner gets in a window at least.
 */
export const TERM_KINDS = ['PERCENTAGE', 'FLAT', 'TIERED', 'DEDUCTION', 'ADVANCE', 'MINIMUM_GUARANTEE'] as const;
export type TermKind = (typeof TERM_KINDS)[number];

/** SALE: of the price. REST: of what the earlier steps left. */
export const TERM_BASES = ['SALE', 'REST'] as const;
export type TermBasis = (typeof TERM_BASES)[number];

export const BENEFICIARIES = ['PLATFORM', 'PARTNER', 'CONTENT_OWNER', 'CAMPAIGN_POOL'] as const;
export type BeneficiaryKind = (typeof BENEFICIARIES)[number];

/** How long something is counted before it begins anew, in the contract's time zone. */
export const TERM_WINDOWS = ['MONTH', 'QUARTER', 'CONTRACT'] as const;
export type TermWindow = (typeof TERM_WINDOWS)[number];

export const CAP_WINDOWS = ['SALE', ...TERM_WINDOWS] as const;
export type CapWindow = (typeof CAP_WINDOWS)[number];

/** From how much on, in minor units as text, and what percentage of what lies above and below the next tier. */
export interface TermTier {
  readonly from: string;
  readonly percent: string;
}

export const ContractTermSchema = defineEntity({
  name: 'ContractTerm',
  tableName: 'contract_terms',
  uniques: [{ properties: ['versionId', 'position'] }],
  properties: {
    id: p.uuid().primary(),
    versionId: () => p.manyToOne(ContractVersion).mapToPk().name('version_id'),
    position: p.smallint(),
    /** Number of the clause in the signed text: `3.1`. What a term counts goes on under its number in later versions. */
    clause: p.text(),
    /** Steps run in this order; terms of one step share the same base and are rounded together. */
    step: p.smallint(),
    kind: p.enum(TERM_KINDS),
    /** Of a PERCENTAGE and a TIERED. */
    basis: p.enum(TERM_BASES).nullable(),
    /** Decimal text as it was signed, exact: `33.3333`. Of an ADVANCE, the part of the earnings that recoups it. */
    percent: p.text().nullable(),
    /** Of a FLAT per sale, of an ADVANCE in all, of a MINIMUM_GUARANTEE per window. */
    amountMinor: minorUnits().nullable(),
    /** Of a TIERED. */
    tiers: p.json<readonly TermTier[]>().nullable(),
    /** Who gets it; of a DEDUCTION of a discount, who funds it. */
    beneficiary: p.enum(BENEFICIARIES).nullable(),
    /** The partner, when the beneficiary is PARTNER. */
    partnerId: () => p.manyToOne(Partner).mapToPk().name('partner_id').nullable(),
    /** What a DEDUCTION pays. */
    cost: p.enum(SALE_COSTS).nullable(),
    /** Of tiers and of a guarantee. */
    window: p.enum(TERM_WINDOWS).nullable(),
    /** The most that a share takes in its window. */
    capMinor: minorUnits().nullable(),
    capWindow: p.enum(CAP_WINDOWS).nullable(),
    /** Applies to a buyer's sales until so many months after the buyer's first sale under the same supplier. */
    maxMonths: p.smallint().nullable(),
    /** Scope: each that is there is a condition on the sale. */
    contentId: p.uuid().nullable(),
    domainCode: p.text().nullable(),
    module: p.text().nullable(),
    campaignId: p.uuid().nullable(),
    channel: p.text().nullable(),
    currency: p.string().length(3).columnType('char(3)').nullable(),
    description: p.text(),
  },
});

/** One clause that says where a part of a sale goes. Never changed. */
export class ContractTerm extends ContractTermSchema.class {}
ContractTermSchema.setClass(ContractTerm);
