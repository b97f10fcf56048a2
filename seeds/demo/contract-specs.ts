import type { PoolAttributionModel } from './catalogue.types.ts';

type BeneficiarySpec =
  | { readonly kind: 'PLATFORM' | 'CONTENT_OWNER' | 'CAMPAIGN_POOL' }
  | { readonly kind: 'PARTY'; readonly partner: string };

export interface TermSpec {
  readonly clause: string;
  readonly step: number;
  readonly basis: 'SALE' | 'REST';
  readonly percent: string;
  readonly beneficiary: BeneficiarySpec;
  readonly description: string;
}

export interface VersionSpec {
  readonly effective: 'BEFORE_SALES' | 'SECOND_CLOSED_PERIOD';
  readonly note: string;
  readonly holdDays: number;
  readonly payoutMinimumMinor: bigint;
  readonly attributionModel: PoolAttributionModel | null;
  readonly terms: readonly TermSpec[];
}

export interface ContractSpec {
  readonly title: string;
  readonly titleEn: string;
  readonly parties: readonly string[];
  readonly ownersInScope: readonly string[];
  readonly versions: readonly VersionSpec[];
}

const platform: BeneficiarySpec = { kind: 'PLATFORM' };
const owner: BeneficiarySpec = { kind: 'CONTENT_OWNER' };
const pool: BeneficiarySpec = { kind: 'CAMPAIGN_POOL' };
const party = (partner: string): BeneficiarySpec => ({ kind: 'PARTY', partner });

const PROMOTERS = ['qingyun', 'ironleaf', 'manye-travel', 'lantern-finance'] as const;
const DISTRIBUTED = ['codeharbor', 'wordbridge', 'tongtu', 'hegu-bank', 'sprout-house', 'peak-gear'] as const;
const POOL_WITHOUT_CREDIT = 'A sale that no campaign touched leaves its part to the platform.';

/** Three shapes: two takers, a pool with a licensor, and thirds that cannot be equal. */
export const contractSpecs: Readonly<Record<string, ContractSpec>> = {
  distribution: {
    title: '内容分销协议',
    titleEn: 'Content distribution agreement',
    parties: DISTRIBUTED,
    ownersInScope: DISTRIBUTED,
    versions: [
      {
        effective: 'BEFORE_SALES',
        note: '首版。平台收取固定比例的服务费，其余归内容方。',
        holdDays: 14,
        payoutMinimumMinor: 10_000n,
        attributionModel: null,
        terms: [
          {
            clause: '3.1',
            step: 1,
            basis: 'SALE',
            percent: '30',
            beneficiary: platform,
            description: 'Platform service fee, 30 % of the price paid.',
          },
          {
            clause: '3.2',
            step: 2,
            basis: 'REST',
            percent: '100',
            beneficiary: owner,
            description: 'Everything that remains goes to the partner that supplied the content.',
          },
        ],
      },
    ],
  },
  'joint-promotion': {
    title: '联合推广与讲义授权协议',
    titleEn: 'Joint promotion and licensed handouts agreement',
    parties: [...PROMOTERS, 'shanhe-press'],
    ownersInScope: PROMOTERS,
    versions: [
      {
        effective: 'BEFORE_SALES',
        note: '首版。推广池按线性归因分给触达伙伴，讲义由山禾书局授权。',
        holdDays: 14,
        payoutMinimumMinor: 20_000n,
        attributionModel: 'LINEAR',
        terms: [
          {
            clause: '4.1',
            step: 1,
            basis: 'SALE',
            percent: '20',
            beneficiary: platform,
            description: 'Platform service fee, 20 % of the price paid.',
          },
          {
            clause: '4.2',
            step: 2,
            basis: 'SALE',
            percent: '10',
            beneficiary: pool,
            description: `Campaign pool, 10 % of the price paid, by attribution credit. ${POOL_WITHOUT_CREDIT}`,
          },
          {
            clause: '5.1',
            step: 3,
            basis: 'REST',
            percent: '85',
            beneficiary: owner,
            description: 'Content owner, 85 % of the rest.',
          },
          {
            clause: '5.2',
            step: 3,
            basis: 'REST',
            percent: '15',
            beneficiary: party('shanhe-press'),
            description: 'Shanhe Press as licensor of the handouts, 15 % of the rest.',
          },
        ],
      },
      {
        effective: 'SECOND_CLOSED_PERIOD',
        note: '第二版。平台让出两个点给推广池，授权方比例上调，自次月一日起对新成交生效。',
        holdDays: 14,
        payoutMinimumMinor: 20_000n,
        attributionModel: 'LINEAR',
        terms: [
          {
            clause: '4.1',
            step: 1,
            basis: 'SALE',
            percent: '18',
            beneficiary: platform,
            description: 'Platform service fee, 18 % of the price paid.',
          },
          {
            clause: '4.2',
            step: 2,
            basis: 'SALE',
            percent: '12',
            beneficiary: pool,
            description: `Campaign pool, 12 % of the price paid, by attribution credit. ${POOL_WITHOUT_CREDIT}`,
          },
          {
            clause: '5.1',
            step: 3,
            basis: 'REST',
            percent: '82.5',
            beneficiary: owner,
            description: 'Content owner, 82.5 % of the rest.',
          },
          {
            clause: '5.2',
            step: 3,
            basis: 'REST',
            percent: '17.5',
            beneficiary: party('shanhe-press'),
            description: 'Shanhe Press as licensor of the handouts, 17.5 % of the rest.',
          },
        ],
      },
    ],
  },
  'co-publishing': {
    title: '书·剧·译三方共同出版协议',
    titleEn: 'Page, stage and translation co-publishing agreement',
    parties: ['shanhe-press', 'starcurtain', 'wordbridge'],
    ownersInScope: ['shanhe-press', 'starcurtain'],
    versions: [
      {
        effective: 'BEFORE_SALES',
        note: '首版。书与剧的收入三方均分，除不尽的一分归译制方。',
        holdDays: 21,
        payoutMinimumMinor: 10_000n,
        attributionModel: null,
        terms: [
          {
            clause: '2.1',
            step: 1,
            basis: 'SALE',
            percent: '15',
            beneficiary: platform,
            description: 'Platform service fee, 15 % of the price paid.',
          },
          {
            clause: '2.2',
            step: 2,
            basis: 'REST',
            percent: '33.33',
            beneficiary: party('shanhe-press'),
            description: 'Shanhe Press, publisher, a third of the rest.',
          },
          {
            clause: '2.3',
            step: 2,
            basis: 'REST',
            percent: '33.33',
            beneficiary: party('starcurtain'),
            description: 'Starcurtain Theatre, production, a third of the rest.',
          },
          {
            clause: '2.4',
            step: 2,
            basis: 'REST',
            percent: '33.34',
            beneficiary: party('wordbridge'),
            description: 'WordBridge, subtitles and translation, a third of the rest and what thirds leave over.',
          },
        ],
      },
    ],
  },
};
