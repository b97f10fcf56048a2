import type { ContractSpec } from './contract-spec.ts';

const PROMOTERS = ['qingyun', 'ironleaf', 'manye-travel', 'lantern-finance'] as const;
const POOL_WITHOUT_CREDIT = 'A sale that no campaign touched leaves its part to the platform.';

/**
 * Partners that earn by each other's sales: a campaign pool with a licensor, and thirds that cannot be equal beside an
 * advance and a guarantee.
 */
export const jointContracts: Readonly<Record<string, ContractSpec>> = {
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
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '20',
            beneficiary: 'PLATFORM',
            description: 'Platform service fee, 20 % of the price paid.',
          },
          {
            clause: '4.2',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '10',
            beneficiary: 'CAMPAIGN_POOL',
            description: `Campaign pool, 10 % of the price paid, by attribution credit. ${POOL_WITHOUT_CREDIT}`,
          },
          {
            clause: '5.1',
            step: 3,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '85',
            beneficiary: 'CONTENT_OWNER',
            description: 'Content owner, 85 % of the rest.',
          },
          {
            clause: '5.2',
            step: 3,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '15',
            beneficiary: 'PARTNER',
            partner: 'shanhe-press',
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
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '18',
            beneficiary: 'PLATFORM',
            description: 'Platform service fee, 18 % of the price paid.',
          },
          {
            clause: '4.2',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '12',
            beneficiary: 'CAMPAIGN_POOL',
            description: `Campaign pool, 12 % of the price paid, by attribution credit. ${POOL_WITHOUT_CREDIT}`,
          },
          {
            clause: '5.1',
            step: 3,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '82.5',
            beneficiary: 'CONTENT_OWNER',
            description: 'Content owner, 82.5 % of the rest.',
          },
          {
            clause: '5.2',
            step: 3,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '17.5',
            beneficiary: 'PARTNER',
            partner: 'shanhe-press',
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
        // The advance is the first money of the contract: it must not move in a month before the first that is closed.
        effective: 'WITH_SALES',
        note: '首版。书与剧的收入三方均分，除不尽的一分归译制方；剧目先付预付款并逐笔抵扣，译制方每月有保底。',
        holdDays: 21,
        payoutMinimumMinor: 10_000n,
        attributionModel: null,
        terms: [
          {
            clause: '2.1',
            step: 1,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '15',
            beneficiary: 'PLATFORM',
            description: 'Platform service fee, 15 % of the price paid.',
          },
          {
            clause: '2.2',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '33.33',
            beneficiary: 'PARTNER',
            partner: 'shanhe-press',
            description: 'Shanhe Press, publisher, a third of the rest.',
          },
          {
            clause: '2.3',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '33.33',
            beneficiary: 'PARTNER',
            partner: 'starcurtain',
            description: 'Starcurtain Theatre, production, a third of the rest.',
          },
          {
            clause: '2.4',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '33.34',
            beneficiary: 'PARTNER',
            partner: 'wordbridge',
            description: 'WordBridge, subtitles and translation, a third of the rest and what thirds leave over.',
          },
          {
            clause: '3.1',
            step: 3,
            kind: 'ADVANCE',
            amountMinor: 600_000n,
            percent: '40',
            beneficiary: 'PARTNER',
            partner: 'starcurtain',
            description:
              'Advance of 6,000 CNY for the season, paid when the contract comes into force and recouped from 40 % of what ' +
              'Starcurtain Theatre earns under it.',
          },
          {
            clause: '3.2',
            step: 4,
            kind: 'MINIMUM_GUARANTEE',
            amountMinor: 800_000n,
            window: 'MONTH',
            beneficiary: 'PARTNER',
            partner: 'wordbridge',
            description: 'WordBridge has at least 8,000 CNY a month under this contract.',
          },
        ],
      },
    ],
  },
};
