import { describe, expect, it } from 'vitest';
import { CONTRACT_STATES, type ContractState } from '../../../src/contracts/index.ts';
import { system } from '../../../src/shared/actor.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import {
  aNegotiation,
  type ContractMutation,
  contractMutation,
  versionInput,
  versionWords,
} from '../../support/contract-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const test = system('test');
const reason = 'Because.';
const NO_STEP = 'ILLEGAL_TRANSITION';
const FORBIDDEN = 'FORBIDDEN';

/** A contract in a state, come there by its use cases, and the number of its last version. */
async function inState(app: TestApp, state: ContractState) {
  const effectiveFrom = state === 'ACCEPTED' ? new Date('2026-12-01T00:00:00Z') : versionWords.effectiveFrom;
  const begun = await aNegotiation(app, { state: state === 'DRAFT' ? 'DRAFT' : 'PROPOSED', effectiveFrom });
  const partnerId = begun.parties[0]?.partnerId ?? '';
  const { contracts, contractLifecycle } = app.services;
  const contractId = begun.id;
  if (state === 'DRAFT' || state === 'PROPOSED') return { ...begun, versionNumber: 1 };
  if (state === 'COUNTERED') {
    const owner = await actorOf(app, begun.parties[0]?.owner.id ?? '', partnerId);
    await contracts.counter(owner, { ...versionWords, contractId, versionNumber: 1, partnerId });
    return { ...begun, versionNumber: 2 };
  }
  const owner = await actorOf(app, begun.parties[0]?.owner.id ?? '', partnerId);
  await contractLifecycle.accept(owner, { contractId, versionNumber: 1, partnerId, reason });
  if (state === 'NOTICE_GIVEN' || state === 'ENDED') {
    await contractLifecycle.giveNotice(test, { contractId, partnerId: null, reason });
  }
  if (state === 'ENDED') {
    app.clock.advance(24 * 3_600_000);
    await contractLifecycle.advance(contractId);
  }
  return { ...begun, versionNumber: 1 };
}

async function actorOf(_: TestApp, userId: string, partnerId: string) {
  const memberships = [{ partnerId, role: 'OWNER' as const }];
  return { kind: 'USER' as const, userId, sessionId: '', country: null, roles: [], memberships };
}

type Cell = ContractState | typeof NO_STEP | typeof FORBIDDEN;
type Row = readonly [mutation: ContractMutation, side: 'platform' | 'party', ...cells: Cell[]];

/** For each use case and side: the state that follows, or the refusal, from each state in the order of the lifecycle. */
const TABLE: readonly Row[] = [
  ['proposeDraft', 'platform', 'PROPOSED', NO_STEP, NO_STEP, NO_STEP, NO_STEP, NO_STEP, NO_STEP],
  ['proposeDraft', 'party', FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN],
  ['counterContract', 'platform', NO_STEP, 'COUNTERED', 'COUNTERED', NO_STEP, NO_STEP, NO_STEP, NO_STEP],
  ['counterContract', 'party', FORBIDDEN, 'COUNTERED', 'COUNTERED', NO_STEP, NO_STEP, NO_STEP, NO_STEP],
  ['amendContract', 'platform', 'DRAFT', 'COUNTERED', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', NO_STEP],
  ['amendContract', 'party', FORBIDDEN, 'COUNTERED', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', NO_STEP],
  ['acceptContract', 'platform', NO_STEP, 'PROPOSED', 'IN_FORCE', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', NO_STEP],
  ['acceptContract', 'party', FORBIDDEN, 'IN_FORCE', 'COUNTERED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', NO_STEP],
  ['withdrawContract', 'platform', 'ENDED', 'ENDED', 'ENDED', NO_STEP, NO_STEP, NO_STEP, NO_STEP],
  ['withdrawContract', 'party', FORBIDDEN, 'ENDED', 'ENDED', NO_STEP, NO_STEP, NO_STEP, NO_STEP],
  ['giveNotice', 'platform', NO_STEP, NO_STEP, NO_STEP, NO_STEP, 'NOTICE_GIVEN', NO_STEP, NO_STEP],
  ['giveNotice', 'party', FORBIDDEN, NO_STEP, NO_STEP, NO_STEP, 'NOTICE_GIVEN', NO_STEP, NO_STEP],
];

const INPUTS: Readonly<Record<string, (ids: { contractId: string; versionNumber: number }) => object>> = {
  proposeDraft: ({ contractId }) => ({ contractId, reason }),
  counterContract: (ids) => ({ ...versionInput(), ...ids }),
  amendContract: ({ contractId }) => ({ ...versionInput(), contractId }),
  acceptContract: (ids) => ({ ...ids, reason }),
  withdrawContract: (ids) => ({ ...ids, reason }),
  giveNotice: ({ contractId }) => ({ contractId, reason }),
};

describe('the lifecycle of a contract', () => {
  it.each(CONTRACT_STATES.map((state, at) => ({ state, at })))(
    'goes on from $state as its table says',
    async ({ state, at }) => {
      await using app = await startTestApp();
      const clerk = await aFinanceClerk(app);
      for (const [mutation, side, ...cells] of TABLE) {
        const { contractId, parties, versionNumber } = await inState(app, state);
        const [party] = parties;
        const token = side === 'platform' ? clerk.token : party?.owner.token;
        const asParty = side === 'party' && mutation !== 'proposeDraft';
        const whose = asParty ? { partnerId: globalId('Partner', party?.partnerId ?? '') } : {};
        const input = { ...INPUTS[mutation]?.({ contractId, versionNumber }), ...whose };
        const answer = await contractMutation(app, mutation, { input, token });
        const outcome = answer.contract?.state ?? answer.code;
        expect([mutation, side, outcome]).toEqual([mutation, side, cells[at]]);
        if (answer.contract && answer.contract.state !== state) {
          const step = answer.contract.steps.findLast(({ from }) => from === state);
          const who = side === 'platform' ? clerk : party?.owner;
          expect(step).toMatchObject({ by: `user:${who?.id}`, at: app.clock.now().toISOString() });
          expect(step?.reason).toMatch(/Because\.|As discussed\./);
        }
      }
    },
  );

  it('is walked from draft to end, each step with who, when and why', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const begun = await aNegotiation(app, { state: 'DRAFT', effectiveFrom: new Date('2026-11-05T00:00:00Z') });
    const { contractId, parties } = begun;
    const owner = parties[0]?.owner;
    const partnerId = globalId('Partner', parties[0]?.partnerId ?? '');
    const hour = () => app.clock.advance(3_600_000);
    hour();
    await contractMutation(app, 'proposeDraft', { input: { contractId, reason: 'Ready.' }, token: clerk.token });
    hour();
    const later = { effectiveFrom: '2026-11-05T00:00:00Z', note: 'Less for you.' };
    const answered = versionInput({ contractId, partnerId, versionNumber: 1, ...later });
    await contractMutation(app, 'counterContract', { input: answered, token: owner?.token });
    hour();
    const accepted = { contractId, versionNumber: 2, reason: 'So be it.' };
    await contractMutation(app, 'acceptContract', { input: { ...accepted, partnerId: null }, token: clerk.token });
    await app.drainJobs();
    app.clock.set(new Date('2026-11-05T00:00:00Z'));
    await advanceDue(app);
    const notice = { contractId, partnerId, reason: 'We part.' };
    await contractMutation(app, 'giveNotice', { input: notice, token: await app.tokenOf(owner?.id ?? '') });
    app.clock.set(new Date('2026-11-06T00:00:00Z'));
    await advanceDue(app);
    const steps = await app.query<{ contract: { steps: { from: string; to: string; by: string; at: string }[] } }>(
      'query ($id: ID!) { contract(id: $id) { state endsAt steps { from to by reason at } } }',
      { id: contractId },
      { token: await app.tokenOf(clerk.id) },
    );
    expect(steps.contract).toMatchObject({
      state: 'ENDED',
      endsAt: '2026-11-06T00:00:00.000Z',
      steps: [
        { from: null, to: 'DRAFT', by: 'system:test', reason: 'As discussed.', at: '2026-11-01T08:00:00.000Z' },
        { from: 'DRAFT', to: 'PROPOSED', by: `user:${clerk.id}`, reason: 'Ready.', at: '2026-11-01T09:00:00.000Z' },
        { from: 'PROPOSED', to: 'COUNTERED', by: `user:${owner?.id}`, reason: 'Less for you.' },
        { from: 'COUNTERED', to: 'ACCEPTED', by: `user:${clerk.id}`, reason: 'So be it.' },
        { from: 'ACCEPTED', to: 'IN_FORCE', by: 'system:advance-contract', at: '2026-11-05T00:00:00.000Z' },
        { from: 'IN_FORCE', to: 'NOTICE_GIVEN', by: `user:${owner?.id}`, reason: 'We part.' },
        { from: 'NOTICE_GIVEN', to: 'ENDED', by: 'system:advance-contract', at: '2026-11-06T00:00:00.000Z' },
      ],
    });
  });

  it('is for finance and admins, owners and managers of parties, and nobody else', async () => {
    await using app = await startTestApp();
    const { contractId, parties } = await aNegotiation(app);
    const partnerId = parties[0]?.partnerId ?? '';
    const stranger = await aPartner(app);
    const others = [
      { who: await aMember(app, { partnerId, role: 'FINANCE' }), as: partnerId },
      { who: await aMember(app, { partnerId, role: 'VIEWER' }), as: partnerId },
      { who: await aMember(app, { partnerId: stranger.id }), as: stranger.id },
      { who: await aMember(app, { partnerId: stranger.id }), as: partnerId },
      { who: await aFinanceClerk(app), as: partnerId },
      { who: await aLearner(app), as: null },
      { who: parties[0]?.owner, as: null },
    ];
    for (const { who, as } of others) {
      for (const mutation of [
        'counterContract',
        'amendContract',
        'acceptContract',
        'withdrawContract',
        'giveNotice',
      ] as const) {
        const whose = { partnerId: as && globalId('Partner', as) };
        const input = { ...INPUTS[mutation]?.({ contractId, versionNumber: 1 }), ...whose };
        const answer = await contractMutation(app, mutation, { input, token: who?.token });
        expect([mutation, answer.code]).toEqual([mutation, 'FORBIDDEN']);
      }
    }
    for (const mutation of Object.keys(INPUTS) as ContractMutation[]) {
      const input = INPUTS[mutation]?.({ contractId, versionNumber: 1 }) ?? {};
      expect((await contractMutation(app, mutation, { input })).code).toBe('UNAUTHENTICATED');
    }
  });
});

describe('a draft', () => {
  it('is the platform’s own until it is proposed, and unseen for good when it is thrown away', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    const seen = async (id: string, { token }: { token: string }) => {
      const query = 'query ($id: ID!) { contract(id: $id) { state } contracts(first: 5) { edges { node { id } } } }';
      const data = await app.query<{ contract: object | null; contracts: { edges: object[] } }>(
        query,
        { id },
        { token },
      );
      return [data.contract, data.contracts.edges.length];
    };
    const [kept, thrown] = [await aNegotiation(app, { state: 'DRAFT' }), await aNegotiation(app, { state: 'DRAFT' })];
    const owners = [kept, thrown].map(({ parties }) => parties[0]?.owner ?? clerk);
    const [first = clerk, second = clerk] = owners;
    expect(await seen(kept.contractId, first)).toEqual([null, 0]);
    expect(await seen(kept.contractId, clerk)).toEqual([{ state: 'DRAFT' }, 2]);
    await app.services.contracts.proposeDraft(test, { contractId: kept.id, reason });
    const withdrawal = { contractId: thrown.id, versionNumber: 1, partnerId: null, reason };
    await app.services.contracts.withdraw(test, withdrawal);
    expect(await seen(kept.contractId, first)).toEqual([{ state: 'PROPOSED' }, 1]);
    expect(await seen(thrown.contractId, second)).toEqual([null, 0]);
  });
});

/** What the schedule does by the hour. */
async function advanceDue(app: TestApp): Promise<void> {
  for (const id of await app.services.contractLifecycle.findDue(app.clock.now())) {
    await app.services.contractLifecycle.advance(id);
  }
}
