import { describe, expect, it } from 'vitest';
import { globalId } from '../../../src/shared/global-id.ts';
import { aNegotiation, contractMutation, versionInput } from '../../support/contract-operations.ts';
import { platformAndOwner } from '../../support/contracts.ts';
import { select } from '../../support/imports.ts';
import { aFinanceClerk } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const [fee, rest] = platformAndOwner;
const cheaper = [{ ...fee, percent: '25' }, rest];
const dearer = [{ ...fee, percent: '28' }, rest];
const reason = 'Agreed.';

async function threeParties(app: TestApp) {
  const { contractId, parties } = await aNegotiation(app, { roles: ['SUPPLIER', 'LICENSOR', 'PROMOTER'] });
  const sides = parties.map(({ partnerId, owner }) => ({ partnerId: globalId('Partner', partnerId), owner }));
  const [school, press, gym] = sides;
  if (!school || !press || !gym) throw new Error('Three parties were asked for.');
  const accept = async (side: typeof school | null, versionNumber: number) => {
    const token = side ? side.owner.token : (await aFinanceClerk(app)).token;
    const input = { contractId, versionNumber, partnerId: side?.partnerId ?? null, reason };
    return contractMutation(app, 'acceptContract', { input, token });
  };
  return { contractId, school, press, gym, accept };
}

describe('a counter-proposal', () => {
  it('of one party needs every other side, the platform too, and counts once they all have signed', async () => {
    await using app = await startTestApp();
    const { contractId, school, press, gym, accept } = await threeParties(app);
    await accept(school, 1);
    const input = versionInput({ contractId, partnerId: press.partnerId, versionNumber: 1, terms: cheaper });
    const countered = await contractMutation(app, 'counterContract', { input, token: press.owner.token });
    expect(countered.contract).toMatchObject({
      state: 'COUNTERED',
      versions: [
        { number: 1, proposer: null },
        { number: 2, recordedAt: null, proposer: { id: press.partnerId } },
      ],
    });
    expect(await accept(school, 1)).toMatchObject({ code: 'VERSION_SUPERSEDED', latestNumber: 2 });
    expect((await accept(school, 2)).contract?.state).toBe('COUNTERED');
    expect((await accept(press, 2)).contract?.state).toBe('COUNTERED');
    expect((await accept(gym, 2)).contract?.state).toBe('COUNTERED');
    const last = await accept(null, 2);
    expect(last.contract).toMatchObject({
      state: 'IN_FORCE',
      versions: [
        { number: 1, recordedAt: null, acceptances: [{ partner: { id: school.partnerId } }] },
        {
          number: 2,
          recordedAt: app.clock.now().toISOString(),
          acceptances: [
            { partner: { id: school.partnerId }, reason },
            { partner: { id: gym.partnerId } },
            { partner: null },
          ],
        },
      ],
    });
    expect((await accept(null, 2)).contract?.versions[1]?.acceptances).toHaveLength(3);
  });

  it('may be answered by another one, and only by who has read the one on the table', async () => {
    await using app = await startTestApp();
    const { contractId, school, press, accept } = await threeParties(app);
    const counter = (side: typeof school, versionNumber: number, terms: object) => {
      const input = versionInput({ contractId, partnerId: side.partnerId, versionNumber, terms });
      return contractMutation(app, 'counterContract', { input, token: side.owner.token });
    };
    const [one, other] = await Promise.all([counter(school, 1, cheaper), counter(press, 1, dearer)]);
    expect([one.code ?? one.contract?.state, other.code ?? other.contract?.state].sort()).toEqual([
      'COUNTERED',
      'VERSION_SUPERSEDED',
    ]);
    expect(await counter(press, 3, dearer)).toMatchObject({ code: 'INVALID_INPUT', field: 'versionNumber' });
    const { token } = await aFinanceClerk(app);
    const input = versionInput({ contractId, versionNumber: 2, terms: dearer });
    const byPlatform = await contractMutation(app, 'counterContract', { input, token });
    expect(byPlatform.contract?.versions.at(-1)).toMatchObject({
      number: 3,
      proposer: null,
      terms: [{ percent: '28' }, {}],
    });
    expect((await accept(null, 3)).contract?.state).toBe('COUNTERED');
  });

  it('is checked as any proposal is', async () => {
    await using app = await startTestApp();
    const { contractId, school } = await threeParties(app);
    const counter = (terms: object[]) => {
      const input = versionInput({ contractId, partnerId: school.partnerId, versionNumber: 1, terms });
      return contractMutation(app, 'counterContract', { input, token: school.owner.token });
    };
    expect(await counter([{ ...fee, percent: '130' }])).toMatchObject({ field: 'terms.0.percent' });
    const campaign = (channel: string) => ({ ...fee, clause: channel, channel });
    expect(await counter([campaign('EMAIL'), { ...fee, module: 'COURSE' }])).toMatchObject({ code: 'AMBIGUOUS_TERMS' });
    expect(await select(app, 'select number from contract_versions')).toHaveLength(1);
  });
});

describe('an amendment', () => {
  it('of the platform or of a party is a new version; what was signed stays as it is, also lower down', async () => {
    await using app = await startTestApp();
    const { contractId, school, press, gym, accept } = await threeParties(app);
    for (const side of [school, press, gym]) await accept(side, 1);
    const rows = async () => [
      await select(app, 'select * from contract_versions where number = 1'),
      await select(
        app,
        `select * from contract_terms where version_id = (select id from contract_versions where number = 1)
         order by position`,
      ),
    ];
    const before = await rows();
    app.clock.advance(1_000);
    const input = versionInput({ contractId, partnerId: gym.partnerId, terms: cheaper });
    const amended = await contractMutation(app, 'amendContract', { input, token: gym.owner.token });
    expect(amended.contract).toMatchObject({ state: 'IN_FORCE', versions: [{}, { proposer: { id: gym.partnerId } }] });
    for (const side of [school, press, null]) await accept(side, 2);
    const signed = await accept(gym, 2);
    expect(signed.contract?.versions.map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-11-01T08:00:00.000Z',
      '2026-11-01T08:00:01.000Z',
    ]);
    expect(await rows()).toEqual(before);
    for (const edit of [
      'update contract_versions set effective_from = now()',
      'update contract_versions set recorded_at = null',
      'delete from contract_versions',
      "update contract_terms set percent = '1'",
    ]) {
      await expect(select(app, edit)).rejects.toThrow(/stay|append-only/);
    }
  });

  it('that is withdrawn or declined leaves the contract as it was, and cannot be signed any more', async () => {
    await using app = await startTestApp();
    const { contractId, school, press, gym, accept } = await threeParties(app);
    for (const side of [school, press, gym]) await accept(side, 1);
    const { token } = await aFinanceClerk(app);
    const input = versionInput({ contractId, terms: cheaper });
    await contractMutation(app, 'amendContract', { input, token });
    const no = { contractId, versionNumber: 2, partnerId: press.partnerId, reason: 'No.' };
    const declined = await contractMutation(app, 'withdrawContract', { input: no, token: press.owner.token });
    expect(declined.contract).toMatchObject({
      state: 'IN_FORCE',
      versions: [{ withdrawnAt: null }, { recordedAt: null }],
    });
    expect(declined.contract?.versions[1]?.withdrawnAt).toBe(app.clock.now().toISOString());
    expect((await accept(school, 2)).code).toBe('ILLEGAL_TRANSITION');
    const again = await contractMutation(app, 'withdrawContract', { input: no, token: press.owner.token });
    expect(again.code).toBe('ILLEGAL_TRANSITION');
  });

  it('keeps what a clause counts under its number, and lets no number come to count something else', async () => {
    await using app = await startTestApp();
    const tiered = {
      clause: '3.1',
      step: 1,
      kind: 'TIERED',
      basis: 'SALE',
      window: 'MONTH',
      beneficiary: 'CONTENT_OWNER',
      description: 'The more the better.',
    } as const;
    const scale = { ...tiered, tiers: [{ from: '0', percent: '50' }] };
    const { contractId, parties } = await aNegotiation(app, { terms: [scale] });
    const [party] = parties;
    const signature = { contractId, versionNumber: 1, partnerId: globalId('Partner', party?.partnerId ?? ''), reason };
    await contractMutation(app, 'acceptContract', { input: signature, token: party?.owner.token });
    const { token } = await aFinanceClerk(app);
    const amend = (term: object) =>
      contractMutation(app, 'amendContract', { input: versionInput({ contractId, terms: [term] }), token });
    const flat = {
      clause: '3.1',
      step: 1,
      kind: 'FLAT',
      amountMinor: '5',
      beneficiary: 'PLATFORM',
      description: 'Five.',
    };
    const capped = { ...flat, capMinor: '50', capWindow: 'MONTH' };
    expect(await amend(capped)).toMatchObject({ code: 'INVALID_INPUT', field: 'terms.0.clause' });
    expect((await amend({ ...capped, clause: '3.2' })).contract?.state).toBe('IN_FORCE');
    expect((await amend(flat)).contract?.state).toBe('IN_FORCE');
    expect((await amend({ ...tiered, tiers: [{ from: '0', percent: '60' }] })).contract?.state).toBe('IN_FORCE');
  });
});
