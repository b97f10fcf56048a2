import type { ContractSpec } from './contract-spec.ts';

const DISTRIBUTED = ['codeharbor', 'wordbridge', 'tongtu', 'peak-gear'] as const;
const FAMILY = ['sprout-house', 'hegu-bank'] as const;

/** Partners that supply content and nothing else: a fee in tiers under a cap, and clauses for some contents only. */
export const supplyContracts: Readonly<Record<string, ContractSpec>> = {
  distribution: {
    title: '内容分销协议',
    titleEn: 'Content distribution agreement',
    parties: DISTRIBUTED,
    ownersInScope: DISTRIBUTED,
    versions: [
      {
        effective: 'BEFORE_SALES',
        note: '首版。平台服务费按当月累计成交额分档递减，单笔封顶，其余归内容方。',
        holdDays: 14,
        payoutMinimumMinor: 10_000n,
        attributionModel: null,
        terms: [
          {
            clause: '3.1',
            step: 1,
            kind: 'TIERED',
            basis: 'SALE',
            tiers: [
              { from: '0', percent: '30' },
              { from: '1000000', percent: '25' },
              { from: '4000000', percent: '20' },
            ],
            window: 'MONTH',
            capMinor: 12_000n,
            capWindow: 'SALE',
            beneficiary: 'PLATFORM',
            description:
              'Platform service fee: 30 % of the first 10,000 CNY that are sold under the contract in a month, 25 % up to ' +
              '40,000 CNY and 20 % above, and never more than 120 CNY of one sale.',
          },
          {
            clause: '3.2',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '100',
            beneficiary: 'CONTENT_OWNER',
            description: 'Everything that remains goes to the partner that supplied the content.',
          },
        ],
      },
    ],
  },
  'family-programme': {
    title: '家庭专题合作协议',
    titleEn: 'Family programme agreement',
    parties: FAMILY,
    ownersInScope: FAMILY,
    versions: [
      {
        effective: 'BEFORE_SALES',
        note: '首版。支付手续费先行扣除；实物与财经内容另有费率，个别公开课按笔收取录制费；退货期长，款项留存三十天。',
        holdDays: 30,
        payoutMinimumMinor: 5_000n,
        attributionModel: null,
        terms: [
          {
            clause: '2.1',
            step: 1,
            kind: 'DEDUCTION',
            cost: 'PROVIDER_FEE',
            description: 'The fee of the payment provider is paid before anybody shares.',
          },
          {
            clause: '2.2',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '25',
            beneficiary: 'PLATFORM',
            description: 'Platform service fee, 25 % of the price paid.',
          },
          {
            clause: '2.3',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '15',
            beneficiary: 'PLATFORM',
            module: 'COMMERCE',
            description: 'Platform service fee for goods, 15 % of the price paid, since goods have to be made first.',
          },
          {
            clause: '2.4',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '20',
            beneficiary: 'PLATFORM',
            domainCode: 'finance',
            description: 'Platform service fee for whatever is about finance, 20 % of the price paid.',
          },
          {
            clause: '2.5',
            step: 2,
            kind: 'PERCENTAGE',
            basis: 'SALE',
            percent: '12',
            beneficiary: 'PLATFORM',
            domainCode: 'finance',
            module: 'COMMERCE',
            description: 'Platform service fee for goods about finance, 12 % of the price paid.',
          },
          {
            clause: '2.6',
            step: 2,
            kind: 'FLAT',
            amountMinor: 200n,
            beneficiary: 'PLATFORM',
            content: 'screen-time-lecture',
            description: 'Recording of the public lecture, 2 CNY of every sale of it.',
          },
          {
            clause: '3.1',
            step: 3,
            kind: 'PERCENTAGE',
            basis: 'REST',
            percent: '100',
            beneficiary: 'CONTENT_OWNER',
            description: 'Everything that remains goes to the partner that supplied the content.',
          },
        ],
      },
    ],
  },
};
