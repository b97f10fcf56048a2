import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { startTestApp } from '../../support/test-app.ts';

const PROPOSE = /* GraphQL */ `
  mutation ($input: ProposeContractInput!) {
    proposeContract(input: $input) {
      __typename
      ... on ProposeContractSuccess {
        contract {
          name currency timeZone state
          parties { role partner { name } }
          versions {
            number recordedAt rounding poolModel note acceptances { acceptedBy }
            terms { clause step kind basis percent beneficiary cost partner { name } }
          }
          steps { from to reason }
        }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

const fee = { clause: '2.1', step: 1, kind: 'DEDUCTION', cost: 'PROVIDER_FEE', description: 'Fee of the provider.' };
const pool = {
  clause: '2.2',
  step: 2,
  kind: 'PERCENTAGE',
  basis: 'REST',
  percent: '33.3333',
  beneficiary: 'CAMPAIGN_POOL',
  description: 'Campaign pool.',
};

function inputOf(ownerId: string, licensorId: string, changes: Record<string, unknown> = {}) {
  const licensor = {
    clause: '2.3',
    step: 3,
    kind: 'PERCENTAGE',
    basis: 'SALE',
    percent: '12.5',
    beneficiary: 'PARTNER',
    partnerId: globalId('Partner', licensorId),
    description: 'Licensor.',
  };
  return {
    name: ' 讲义授权协议 ',
    currency: 'CNY',
    timeZone: 'Asia/Shanghai',
    parties: [
      { partnerId: globalId('Partner', licensorId), role: 'LICENSOR' },
      { partnerId: globalId('Partner', ownerId), role: 'SUPPLIER' },
    ],
    effectiveFrom: '2026-11-15T00:00:00Z',
    poolModel: 'LINEAR',
    note: 'First version.',
    terms: [fee, pool, licensor],
    ...changes,
  };
}

describe('proposing a contract', () => {
  it('puts its first version on the table, unsigned', async () => {
    await using app = await startTestApp();
    const [owner, press] = [await aPartner(app, { name: '青云学社' }), await aPartner(app, { name: '山禾书局' })];
    const { token } = await aFinanceClerk(app);
    const { data } = await app.graphql(PROPOSE, { input: inputOf(owner.id, press.id) }, { token });
    expect(data).toMatchObject({
      proposeContract: {
        __typename: 'ProposeContractSuccess',
        contract: {
          name: '讲义授权协议',
          currency: 'CNY',
          state: 'PROPOSED',
          parties: [
            { role: 'SUPPLIER', partner: { name: '青云学社' } },
            { role: 'LICENSOR', partner: { name: '山禾书局' } },
          ],
          versions: [
            {
              number: 1,
              recordedAt: null,
              rounding: 'LARGEST_REMAINDER',
              poolModel: 'LINEAR',
              acceptances: [],
              terms: [
                { clause: '2.1', step: 1, kind: 'DEDUCTION', percent: null, cost: 'PROVIDER_FEE', partner: null },
                { clause: '2.2', step: 2, basis: 'REST', percent: '33.3333', beneficiary: 'CAMPAIGN_POOL' },
                { clause: '2.3', step: 3, basis: 'SALE', percent: '12.5', partner: { name: '山禾书局' } },
              ],
            },
          ],
          steps: [{ from: null, to: 'PROPOSED', reason: 'First version.' }],
        },
      },
    });
  });

  it.each([
    ['a percentage that is none', { terms: [fee, { ...pool, percent: '33,3' }] }, 'terms.1.percent'],
    [
      'percentages of a step over 100',
      { terms: [pool, { ...pool, beneficiary: 'PLATFORM', percent: '66.6668' }] },
      'terms.1.percent',
    ],
    ['a cost deducted twice', { terms: [fee, { ...fee, step: 2 }] }, 'terms.1.cost'],
    ['a step that mixes deductions and shares', { terms: [fee, { ...pool, step: 1 }] }, 'terms'],
    ['a step below 1', { terms: [{ ...pool, step: 0 }] }, 'terms.0.step'],
    ['a percentage without a basis', { terms: [{ ...pool, basis: null }] }, 'terms.0.basis'],
    ['a deduction with a beneficiary', { terms: [{ ...fee, beneficiary: 'PLATFORM' }] }, 'terms.0.beneficiary'],
    ['a partner where none is paid', { terms: [{ ...pool, partnerId: 'own' }] }, 'terms.0.partnerId'],
    ['a clause without a number', { terms: [{ ...pool, clause: ' ' }] }, 'terms.0.clause'],
    ['no terms', { terms: [] }, 'terms'],
    ['an unknown time zone', { timeZone: 'Asia/Peking' }, 'timeZone'],
    ['an unknown currency', { currency: 'RMB' }, 'currency'],
    ['a currency that nobody pays in', { currency: 'XXX' }, 'currency'],
    ['gold beside a currency', { currencies: ['USD', 'XAU'] }, 'currencies.1'],
  ])('refuses %s and names the path', async (_, changes, field) => {
    await using app = await startTestApp();
    const [owner, press] = [await aPartner(app), await aPartner(app)];
    const input = inputOf(owner.id, press.id, changes);
    const own = globalId('Partner', owner.id);
    const terms = (input.terms as { partnerId?: string }[]).map((term) =>
      term.partnerId === 'own' ? { ...term, partnerId: own } : term,
    );
    const { token } = await aFinanceClerk(app);
    const { data } = await app.graphql(PROPOSE, { input: { ...input, terms } }, { token });
    expect(data).toMatchObject({ proposeContract: { __typename: 'InvalidInputError', field } });
  });

  it('refuses parties that are none: strangers as beneficiaries, no supplier, one twice, not approved', async () => {
    await using app = await startTestApp();
    const [owner, press, applied] = [
      await aPartner(app),
      await aPartner(app),
      await aPartner(app, { state: 'APPLIED' }),
    ];
    const { token } = await aFinanceClerk(app);
    const party = ({ id }: { id: string }, role = 'SUPPLIER') => ({ partnerId: globalId('Partner', id), role });
    const cases = [
      { parties: [party(owner)], field: 'terms.2.partnerId' },
      { parties: [party(owner, 'PROMOTER'), party(press, 'LICENSOR')], field: 'parties' },
      { parties: [party(owner), party(press), party(owner)], field: 'parties.2.partnerId' },
      { parties: [party(owner), party(press), party(applied)], field: 'parties.2.partnerId' },
    ];
    for (const { parties, field } of cases) {
      const { data } = await app.graphql(PROPOSE, { input: inputOf(owner.id, press.id, { parties }) }, { token });
      expect(data).toMatchObject({ proposeContract: { __typename: 'InvalidInputError', field } });
    }
  });

  it("is finance's and admins' to do, not a partner's", async () => {
    await using app = await startTestApp();
    const [owner, press] = [await aPartner(app), await aPartner(app)];
    const { token } = await aMember(app, { partnerId: owner.id });
    const input = inputOf(owner.id, press.id);
    const byOwner = await app.graphql(PROPOSE, { input }, { token });
    expect(byOwner.data).toMatchObject({ proposeContract: { __typename: 'ForbiddenError' } });
    const byNobody = await app.graphql(PROPOSE, { input });
    expect(byNobody.data).toMatchObject({ proposeContract: { __typename: 'UnauthenticatedError' } });
  });
});
