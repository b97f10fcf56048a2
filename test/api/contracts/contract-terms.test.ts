import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aCampaign } from '../../support/campaigns.ts';
import { aContent } from '../../support/contents.ts';
import { contractMutation, versionInput } from '../../support/contract-operations.ts';
import { aContract, share } from '../../support/contracts.ts';
import { countQueries } from '../../support/count-queries.ts';
import { select } from '../../support/imports.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const PROPOSE = /* GraphQL */ `
  mutation ($input: ProposeContractInput!) {
    proposeContract(input: $input) {
      __typename
      ... on ProposeContractSuccess {
        contract {
          currency currencies noticeDays
          versions {
            holdDays payoutMinimums { amount currency }
            terms {
              clause step kind basis percent beneficiary cost window capWindow maxMonths
              amount { amount currency } cap { minor currency } tiers { from { minor currency } percent }
              contentId domainCode module campaignId channel currency partner { id }
            }
          }
        }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
      ... on AmbiguousTermsError { terms { clause position id } }
    }
  }`;

async function aSupplier(app: TestApp) {
  const content = await aContent(app);
  const { token } = await aFinanceClerk(app);
  const parties = [{ partnerId: globalId('Partner', content.partnerId), role: 'SUPPLIER' }];
  const place = { name: 'Everything', currency: 'CNY', currencies: ['JPY'], timeZone: 'Asia/Shanghai', parties };
  const propose = async (terms: object[], changes: object = {}) => {
    const input = versionInput({ ...place, ...changes, terms });
    const data = await app.query<{ proposeContract: Record<string, unknown> }>(PROPOSE, { input }, { token });
    return data.proposeContract;
  };
  return { content, propose, token };
}

const words = (clause: string, step: number) => ({ clause, step, description: `Clause ${clause}.` });

describe('the clauses of a contract', () => {
  it('are read back as they were signed, of every kind and with all their parts', async () => {
    await using app = await startTestApp();
    const { content, propose } = await aSupplier(app);
    const { id } = await aCampaign(app);
    const campaignId = globalId('Campaign', id);
    const contentId = globalId('Content', content.id);
    const partnerId = globalId('Partner', content.partnerId);
    const toPartner = { beneficiary: 'PARTNER', partnerId } as const;
    const tiers = [
      { from: '0', percent: '10.50' },
      { from: '9007199254740', percent: '20' },
    ];
    const terms = [
      { ...words('1.1', 1), kind: 'DEDUCTION', cost: 'DISCOUNT', beneficiary: 'CONTENT_OWNER', campaignId },
      { ...words('1.2', 2), kind: 'DEDUCTION', cost: 'TAX' },
      {
        ...words('2.1', 3),
        kind: 'PERCENTAGE',
        basis: 'SALE',
        percent: '30.000',
        beneficiary: 'PLATFORM',
        maxMonths: 12,
      },
      {
        ...words('2.2', 3),
        kind: 'FLAT',
        amountMinor: '150',
        beneficiary: 'PLATFORM',
        currency: 'JPY',
        channel: 'EMAIL',
      },
      {
        ...words('3.1', 4),
        kind: 'TIERED',
        basis: 'REST',
        tiers,
        window: 'QUARTER',
        capMinor: '500',
        capWindow: 'MONTH',
        currency: 'CNY',
        beneficiary: 'CONTENT_OWNER',
        contentId,
      },
      {
        ...words('4.1', 5),
        kind: 'ADVANCE',
        amountMinor: '100000',
        percent: '50',
        currency: 'CNY',
        ...toPartner,
        module: 'COURSE',
        domainCode: 'technology',
      },
      {
        ...words('4.2', 6),
        kind: 'MINIMUM_GUARANTEE',
        amountMinor: '200',
        window: 'MONTH',
        currency: 'JPY',
        ...toPartner,
      },
    ];
    const payout = { holdDays: 14, payoutMinimums: [{ currency: 'JPY', amount: '5000' }], noticeDays: 60 };
    const answer = await propose(terms, payout);
    const cents = (minor: string, currency = 'CNY') => ({ minor, currency });
    expect(answer).toMatchObject({
      contract: {
        currency: 'CNY',
        currencies: ['CNY', 'JPY'],
        noticeDays: 60,
        versions: [
          {
            holdDays: 14,
            payoutMinimums: [{ amount: '5000', currency: 'JPY' }],
            terms: [
              { clause: '1.1', cost: 'DISCOUNT', beneficiary: 'CONTENT_OWNER', campaignId, percent: null, tiers: null },
              { clause: '1.2', cost: 'TAX', beneficiary: null, amount: null, cap: null },
              { clause: '2.1', percent: '30.000', maxMonths: 12, basis: 'SALE', partner: null },
              { kind: 'FLAT', amount: { amount: '150', currency: 'JPY' }, channel: 'EMAIL', currency: 'JPY' },
              {
                kind: 'TIERED',
                window: 'QUARTER',
                cap: cents('500'),
                capWindow: 'MONTH',
                contentId,
                tiers: [
                  { from: cents('0'), percent: '10.50' },
                  { from: cents('9007199254740'), percent: '20' },
                ],
              },
              {
                amount: { amount: '1000.00', currency: 'CNY' },
                percent: '50',
                module: 'COURSE',
                partner: { id: partnerId },
              },
              { kind: 'MINIMUM_GUARANTEE', window: 'MONTH', amount: { amount: '200' }, partner: { id: partnerId } },
            ],
          },
        ],
      },
    });
  });

  it('name only contents of a supplier, campaigns and domains that there are', async () => {
    await using app = await startTestApp();
    const { content, propose } = await aSupplier(app);
    const foreign = await aContent(app);
    const rate = { ...words('2.1', 1), kind: 'PERCENTAGE', basis: 'SALE', percent: '30', beneficiary: 'PLATFORM' };
    const wrong: [string, object][] = [
      ['terms.0.contentId', { contentId: globalId('Content', foreign.id) }],
      ['terms.0.contentId', { contentId: globalId('Content', content.partnerId) }],
      ['terms.0.campaignId', { campaignId: globalId('Campaign', content.id) }],
      ['terms.0.domainCode', { domainCode: 'astrology' }],
    ];
    for (const [field, scope] of wrong) {
      expect(await propose([{ ...rate, ...scope }])).toMatchObject({ code: 'INVALID_INPUT', field });
    }
    expect(await select(app, 'select id from contracts')).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a second currency that is none', { currencies: ['JPY', 'RMB'] }, 'currencies.1'],
    ['notice of less than nothing', { noticeDays: -1 }, 'noticeDays'],
    ['notice of years', { noticeDays: 731 }, 'noticeDays'],
    ['earnings held for more than a year', { holdDays: 366 }, 'holdDays'],
    [
      'a minimum in a foreign currency',
      { payoutMinimums: [{ currency: 'USD', amount: '1' }] },
      'payoutMinimums.0.currency',
    ],
    ['a minimum below zero', { payoutMinimums: [{ currency: 'CNY', amount: '-1' }] }, 'payoutMinimums.0.amount'],
    [
      'two minimums of one currency',
      {
        payoutMinimums: [
          { currency: 'CNY', amount: '1' },
          { currency: 'CNY', amount: '2' },
        ],
      },
      'payoutMinimums.1.currency',
    ],
  ])('stand beside no %s', async (_, changes, field) => {
    await using app = await startTestApp();
    const { propose } = await aSupplier(app);
    const rate = { ...words('2.1', 1), kind: 'PERCENTAGE', basis: 'SALE', percent: '30', beneficiary: 'PLATFORM' };
    expect(await propose([rate], changes)).toMatchObject({ code: 'INVALID_INPUT', field });
  });

  it('are refused with both clauses named where nothing says which applies', async () => {
    await using app = await startTestApp();
    const { content, propose } = await aSupplier(app);
    const rate = { ...words('2.1', 1), kind: 'PERCENTAGE', basis: 'SALE', percent: '30', beneficiary: 'PLATFORM' };
    const scoped = { ...rate, clause: '2.2', contentId: globalId('Content', content.id) };
    const other = { ...rate, clause: '2.3', channel: 'SMS' };
    expect(await propose([rate, scoped, other])).toMatchObject({
      code: 'AMBIGUOUS_TERMS',
      message: expect.stringContaining('"2.2" and "2.3"'),
      terms: [
        { clause: '2.2', position: 1, id: null },
        { clause: '2.3', position: 2, id: null },
      ],
    });
    const both = { ...scoped, clause: '2.4', channel: 'SMS' };
    expect(await propose([rate, scoped, other, both])).toMatchObject({ __typename: 'ProposeContractSuccess' });
  });

  it('that came by another way are looked at once more before they bind anybody', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const owner = await aMember(app, { partnerId });
    const rate = share(1, { percent: '10', beneficiary: 'PLATFORM' });
    const terms = [
      { ...rate, clause: 'a', channel: 'SMS' },
      { ...rate, clause: 'b', module: 'COURSE' },
    ];
    const contract = await aContract(app, {
      parties: [{ partnerId }],
      state: 'PROPOSED',
      versions: [{ recordedAt: null, terms }],
    });
    const ids = { contractId: globalId('Contract', contract.id), partnerId: globalId('Partner', partnerId) };
    const input = { ...ids, versionNumber: 1, reason: 'Agreed.' };
    const answer = await app.query<{ acceptContract: { terms: { clause: string; id: string }[] } }>(
      `mutation ($input: AcceptContractInput!) {
        acceptContract(input: $input) { ... on AmbiguousTermsError { code terms { clause id } } } }`,
      { input },
      owner,
    );
    const stored = await select<{ id: string }>(app, 'select id from contract_terms order by position');
    expect(answer.acceptContract).toEqual({
      code: 'AMBIGUOUS_TERMS',
      terms: ['a', 'b'].map((clause, at) => ({ clause, id: globalId('ContractTerm', stored[at]?.id ?? '') })),
    });
    const signed = await contractMutation(app, 'acceptContract', { input, token: owner.token });
    expect(signed.code).toBe('AMBIGUOUS_TERMS');
    expect(await select(app, 'select id from contract_acceptances')).toEqual([]);
  });

  it('are read with all their amounts by as many statements for two contracts as for one', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const scale = { ...share(1, { percent: null, beneficiary: 'PLATFORM' }), kind: 'TIERED', window: 'MONTH' } as const;
    const tiers = [{ from: '0', percent: '10' }];
    for (let n = 0; n < 2; n++) {
      await aContract(app, { parties: [{ partnerId }], versions: [{ terms: [{ ...scale, tiers }] }] });
    }
    const clerk = await aFinanceClerk(app);
    const LIST = `query ($first: Int!) { contracts(first: $first) { edges { node { versions { proposer { id }
      terms { amount { minor } cap { minor } tiers { from { amount } } } } } } } }`;
    const one = await countQueries(app, () => app.query(LIST, { first: 1 }, clerk));
    const two = await countQueries(app, () => app.query(LIST, { first: 2 }, clerk));
    expect(two).toBe(one);
  });
});
