import { describe, expect, it } from 'vitest';
import type { PartyRole } from '../../../src/contracts/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aContract, platformAndOwner, share } from '../../support/contracts.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const ACCEPT = /* GraphQL */ `
  mutation ($input: AcceptContractInput!) {
    acceptContract(input: $input) {
      __typename
      ... on AcceptContractSuccess {
        contract {
          state
          steps { from to by reason }
          versions { number recordedAt acceptances { partner { id } acceptedBy } }
        }
      }
      ... on UserError { code message }
      ... on VersionSupersededError { latestNumber }
      ... on ContractOverlapError { contractId otherContractId }
    }
  }`;
const AMEND = /* GraphQL */ `
  mutation ($input: AmendContractInput!) {
    amendContract(input: $input) { __typename ... on UserError { code message } }
  }`;

const proposal = {
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  effectiveFrom: new Date('2026-11-01T00:00:00Z'),
  rounding: 'LARGEST_REMAINDER',
  poolModel: 'LAST_TOUCH',
  note: 'First version.',
  terms: platformAndOwner,
} as const;

function propose(app: TestApp, name: string, parties: readonly { partnerId: string; role: PartyRole }[]) {
  return app.services.contracts.propose(system('test'), { ...proposal, name, parties });
}

function inputOf(contractId: string, partnerId: string, versionNumber = 1) {
  const ids = { contractId: globalId('Contract', contractId), partnerId: globalId('Partner', partnerId) };
  return { input: { ...ids, versionNumber, reason: 'Read and agreed.' } };
}

describe('accepting a contract', () => {
  it('puts it in force with the last signature, and records who, when and why', async () => {
    await using app = await startTestApp();
    const [owner, gym] = [await aPartner(app), await aPartner(app)];
    const [first, second] = [
      await aMember(app, { partnerId: owner.id, role: 'OWNER' }),
      await aMember(app, { partnerId: gym.id, role: 'MANAGER' }),
    ];
    const { id } = await propose(app, 'Joint promotion', [
      { partnerId: owner.id, role: 'SUPPLIER' },
      { partnerId: gym.id, role: 'PROMOTER' },
    ]);
    const half = await app.graphql(ACCEPT, inputOf(id, owner.id), first);
    expect(half.data).toMatchObject({
      acceptContract: { contract: { state: 'PROPOSED', versions: [{ recordedAt: null }] } },
    });
    await app.graphql(ACCEPT, inputOf(id, owner.id), first);
    const whole = await app.graphql(ACCEPT, inputOf(id, gym.id), second);
    expect(whole.data).toMatchObject({
      acceptContract: {
        contract: {
          state: 'IN_FORCE',
          steps: [
            { from: null, to: 'PROPOSED', by: 'system:test', reason: 'First version.' },
            { from: 'PROPOSED', to: 'ACCEPTED', by: `user:${second.id}`, reason: 'Read and agreed.' },
            { from: 'ACCEPTED', to: 'IN_FORCE', by: `user:${second.id}` },
          ],
          versions: [
            {
              recordedAt: app.clock.now().toISOString(),
              acceptances: [
                { partner: { id: globalId('Partner', owner.id) }, acceptedBy: `user:${first.id}` },
                { partner: { id: globalId('Partner', gym.id) }, acceptedBy: `user:${second.id}` },
              ],
            },
          ],
        },
      },
    });
  });

  it.each(['FINANCE', 'VIEWER'] as const)('is not for a member with the role %s', async (role) => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    const { id } = await propose(app, 'Distribution', [{ partnerId: owner.id, role: 'SUPPLIER' }]);
    const { token } = await aMember(app, { partnerId: owner.id, role });
    const { data } = await app.graphql(ACCEPT, inputOf(id, owner.id), { token });
    expect(data).toMatchObject({ acceptContract: { __typename: 'ForbiddenError' } });
  });

  it("is neither for staff in a party's name, nor for a partner that is no party", async () => {
    await using app = await startTestApp();
    const [owner, stranger] = [await aPartner(app), await aPartner(app)];
    const { id } = await propose(app, 'Distribution', [{ partnerId: owner.id, role: 'SUPPLIER' }]);
    const byAdmin = await app.graphql(ACCEPT, inputOf(id, owner.id), await anAdmin(app));
    expect(byAdmin.data).toMatchObject({ acceptContract: { __typename: 'ForbiddenError' } });
    const member = await aMember(app, { partnerId: stranger.id });
    for (const [contractId, partnerId] of [
      [id, owner.id],
      [id, stranger.id],
      [owner.id, stranger.id],
    ] as const) {
      const { data } = await app.graphql(ACCEPT, inputOf(contractId, partnerId), member);
      expect(data).toMatchObject({ acceptContract: { __typename: 'ForbiddenError' } });
    }
  });

  it('refuses a second contract of a supplier in the same currency and names both', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app, { name: '青云学社' });
    const member = await aMember(app, { partnerId: owner.id });
    const parties = [{ partnerId: owner.id, role: 'SUPPLIER' as const }];
    const [first, second] = [await propose(app, '旧协议', parties), await propose(app, '新协议', parties)];
    await app.graphql(ACCEPT, inputOf(first.id, owner.id), member);
    const { data } = await app.graphql(ACCEPT, inputOf(second.id, owner.id), member);
    expect(data).toMatchObject({
      acceptContract: {
        __typename: 'ContractOverlapError',
        contractId: globalId('Contract', second.id),
        otherContractId: globalId('Contract', first.id),
      },
    });
    const { message } = (data as { acceptContract: { message: string } }).acceptContract;
    for (const name of ['青云学社', '旧协议', '新协议', 'CNY']) expect(message).toContain(name);
  });

  it('lets a supplier sell in another currency, or share in a contract of others', async () => {
    await using app = await startTestApp();
    const [owner, other] = [await aPartner(app), await aPartner(app)];
    await aContract(app, { parties: [{ partnerId: owner.id }], currency: 'EUR' });
    await aContract(app, { parties: [{ partnerId: other.id }, { partnerId: owner.id, role: 'LICENSOR' }] });
    const { id } = await propose(app, 'Distribution', [{ partnerId: owner.id, role: 'SUPPLIER' }]);
    const { data } = await app.graphql(ACCEPT, inputOf(id, owner.id), await aMember(app, { partnerId: owner.id }));
    expect(data).toMatchObject({ acceptContract: { contract: { state: 'IN_FORCE' } } });
  });

  it('puts one of two overlapping contracts in force when both are accepted at once', async () => {
    await using app = await startTestApp();
    const [owner, left, right] = [await aPartner(app), await aPartner(app), await aPartner(app)];
    const supplier = { partnerId: owner.id, role: 'SUPPLIER' as const };
    const contracts = [];
    for (const { id: partnerId } of [left, right]) {
      const { id } = await propose(app, 'Rivals', [supplier, { partnerId, role: 'PROMOTER' }]);
      await app.graphql(ACCEPT, inputOf(id, owner.id), await aMember(app, { partnerId: owner.id }));
      contracts.push({ ...inputOf(id, partnerId), member: await aMember(app, { partnerId }) });
    }
    const answers = await Promise.all(contracts.map(({ member, ...input }) => app.graphql(ACCEPT, input, member)));
    const types = answers.map(
      ({ data }) => (data as { acceptContract: { __typename: string } }).acceptContract.__typename,
    );
    expect(types.toSorted()).toEqual(['AcceptContractSuccess', 'ContractOverlapError']);
  });
});

describe('amending a contract', () => {
  it('adds a version that counts from its date on once everybody has signed it', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    const { id } = await aContract(app, { parties: [{ partnerId: owner.id }] });
    const term = { ...share(1, { percent: '100', beneficiary: 'CONTENT_OWNER' }), partnerId: null };
    const input = {
      contractId: globalId('Contract', id),
      effectiveFrom: '2026-11-10T00:00:00Z',
      note: 'All yours.',
      terms: [term],
    };
    const amended = await app.graphql(AMEND, { input }, await aFinanceClerk(app));
    expect(amended.data).toMatchObject({ amendContract: { __typename: 'AmendContractSuccess' } });
    const member = await aMember(app, { partnerId: owner.id });
    const at = (soldAt: string, knownAt?: string) =>
      app.query<{ contract: { versionAt: { number: number } } }>(
        `query ($id: ID!, $soldAt: DateTimeISO!, $knownAt: DateTimeISO) {
          contract(id: $id) { versionAt(soldAt: $soldAt, knownAt: $knownAt) { number } } }`,
        { id: globalId('Contract', id), soldAt, knownAt },
        member,
      );
    expect((await at('2026-12-01T00:00:00Z')).contract.versionAt.number).toBe(1);
    app.clock.advance(3_600_000);
    const { data } = await app.graphql(ACCEPT, inputOf(id, owner.id, 2), member);
    expect(data).toMatchObject({ acceptContract: { contract: { state: 'IN_FORCE' } } });
    expect((await at('2026-11-10T00:00:00Z')).contract.versionAt.number).toBe(2);
    expect((await at('2026-11-09T23:59:59.999Z')).contract.versionAt.number).toBe(1);
    expect((await at('2026-12-01T00:00:00Z', '2026-11-01T08:30:00Z')).contract.versionAt.number).toBe(1);
    expect((await at('2026-12-01T00:00:00Z', '2026-11-01T09:00:00Z')).contract.versionAt.number).toBe(2);
    expect((await at('2019-01-01T00:00:00Z')).contract.versionAt).toBeNull();
  });

  it('takes the place of what was on the table: the older version can no longer be signed', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    const member = await aMember(app, { partnerId: owner.id });
    const { id } = await propose(app, 'Distribution', [{ partnerId: owner.id, role: 'SUPPLIER' }]);
    await app.services.contracts.proposeAmendment(system('test'), { ...proposal, contractId: id, note: 'Better.' });
    const old = await app.graphql(ACCEPT, inputOf(id, owner.id, 1), member);
    expect(old.data).toMatchObject({ acceptContract: { __typename: 'VersionSupersededError', latestNumber: 2 } });
    const latest = await app.graphql(ACCEPT, inputOf(id, owner.id, 2), member);
    expect(latest.data).toMatchObject({ acceptContract: { contract: { state: 'IN_FORCE' } } });
  });

  it('is not for partners, and not for a contract that has ended', async () => {
    await using app = await startTestApp();
    const owner = await aPartner(app);
    const { id } = await aContract(app, { parties: [{ partnerId: owner.id }], state: 'ENDED' });
    const input = {
      contractId: globalId('Contract', id),
      effectiveFrom: '2026-11-10T00:00:00Z',
      note: 'No.',
      terms: [],
    };
    const byOwner = await app.graphql(AMEND, { input }, await aMember(app, { partnerId: owner.id }));
    expect(byOwner.data).toMatchObject({ amendContract: { __typename: 'ForbiddenError' } });
    const byClerk = await app.graphql(AMEND, { input }, await aFinanceClerk(app));
    expect(byClerk.data).toMatchObject({ amendContract: { __typename: 'IllegalTransitionError' } });
  });
});
