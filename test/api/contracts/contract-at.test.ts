import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { system } from '../../../src/shared/actor.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { aNegotiation, versionWords } from '../../support/contract-operations.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const CONTRACT_AT = /* GraphQL */ `
  query ($supplierId: ID!, $currency: String!, $soldAt: DateTimeISO!, $knownAt: DateTimeISO) {
    contractAt(supplierId: $supplierId, currency: $currency, soldAt: $soldAt, knownAt: $knownAt) {
      contract { id }
      version { number note terms { clause percent } }
    }
  }`;

interface Found {
  readonly contractAt: { contract: { id: string }; version: { number: number; terms: object[] } } | null;
}

const test = system('test');
const reason = 'Agreed.';

describe('the contract at a time', () => {
  let app: TestApp;
  let supplierId: string;
  let clerk: { token: string };
  let names: ReadonlyMap<string, string>;

  /**
   * The story: version 1 counts from October 1st and is signed on November 1st. Version 2 counts from December 1st and
   * is signed on November 10th. Version 3 is signed on November 20th and reaches back to October 15th. On November 25th
   * notice is given for December 10th. Another contract, "next", is signed on November 26th for December 10th.
   */
  beforeAll(async () => {
    app = await startTestApp();
    const begun = await aNegotiation(app, { noticeDays: 15, effectiveFrom: new Date('2026-10-01T00:00:00Z') });
    supplierId = begun.parties[0]?.partnerId ?? '';
    clerk = await aFinanceClerk(app);
    const { contracts, contractLifecycle } = app.services;
    const sign = async (contractId: string, versionNumber: number) => {
      const memberships = [{ partnerId: supplierId, role: 'OWNER' as const }];
      const userId = begun.parties[0]?.owner.id ?? '';
      const owner = { kind: 'USER' as const, userId, sessionId: '', country: null, roles: [], memberships };
      await contractLifecycle.accept(owner, { contractId, versionNumber, partnerId: supplierId, reason });
    };
    const amend = async (versionNumber: number, days: { signed: string; effective: string }) => {
      app.clock.set(new Date(days.signed));
      const effectiveFrom = new Date(days.effective);
      await contracts.proposeAmendment(test, { ...versionWords, effectiveFrom, contractId: begun.id });
      await sign(begun.id, versionNumber);
    };
    await sign(begun.id, 1);
    await amend(2, { signed: '2026-11-10T00:00:00Z', effective: '2026-12-01T00:00:00Z' });
    await amend(3, { signed: '2026-11-20T00:00:00Z', effective: '2026-10-15T00:00:00Z' });
    app.clock.set(new Date('2026-11-25T00:00:00Z'));
    await contractLifecycle.giveNotice(test, { contractId: begun.id, partnerId: null, reason });
    app.clock.set(new Date('2026-11-26T00:00:00Z'));
    const parties = [{ partnerId: supplierId, role: 'SUPPLIER' as const }];
    const place = { name: 'Next', currency: 'CNY', currencies: ['USD'], timeZone: 'UTC', parties };
    const words = { ...versionWords, ...place, effectiveFrom: new Date('2026-12-10T00:00:00Z') };
    const next = await contracts.propose(test, words);
    await sign(next.id, 1);
    app.clock.set(new Date('2026-12-20T00:00:00Z'));
    for (const id of await contractLifecycle.findDue(app.clock.now())) await contractLifecycle.advance(id);
    clerk = { token: await app.tokenOf((await aFinanceClerk(app)).id) };
    names = new Map([
      [globalId('Contract', begun.id), 'first'],
      [globalId('Contract', next.id), 'next'],
    ]);
  });

  afterAll(() => app[Symbol.asyncDispose]());

  async function at(question: object, viewer: { token?: string } = clerk): Promise<string | null> {
    const ids = { supplierId: globalId('Partner', supplierId), currency: 'CNY' };
    const { contractAt } = await app.query<Found>(CONTRACT_AT, { ...ids, ...question }, viewer);
    if (!contractAt) return null;
    expect(contractAt.version.terms).toHaveLength(2);
    return `${names.get(contractAt.contract.id)} ${contractAt.version.number}`;
  }

  it.each([
    ['before the first date', '2026-09-30T23:59:59.999Z', null, null],
    ['at the first date, known now', '2026-10-01T00:00:00Z', null, 'first 1'],
    ['before anybody had signed', '2026-10-20T00:00:00Z', '2026-11-01T07:59:59.999Z', null],
    ['as the first was signed', '2026-10-20T00:00:00Z', '2026-11-01T08:00:00Z', 'first 1'],
    ['before the back-dated one reaches', '2026-10-14T23:59:59.999Z', null, 'first 1'],
    ['where the back-dated one reaches', '2026-10-15T00:00:00Z', null, 'first 3'],
    ['there, before it was signed', '2026-10-15T00:00:00Z', '2026-11-19T23:59:59.999Z', 'first 1'],
    ['there, as it was signed', '2026-10-15T00:00:00Z', '2026-11-20T00:00:00Z', 'first 3'],
    ['in the future, before the future one was signed', '2026-12-05T00:00:00Z', '2026-11-09T00:00:00Z', 'first 1'],
    ['in the future, as it was signed', '2026-12-05T00:00:00Z', '2026-11-10T00:00:00Z', 'first 2'],
    ['before its date, as it was signed', '2026-11-30T23:59:59.999Z', '2026-11-10T00:00:00Z', 'first 1'],
    ['in the future, once the later one took its place', '2026-12-05T00:00:00Z', '2026-11-21T00:00:00Z', 'first 3'],
    ['the instant before the end', '2026-12-09T23:59:59.999Z', null, 'first 3'],
    ['at the end, where the next contract begins', '2026-12-10T00:00:00Z', null, 'next 1'],
    ['after the end, before notice was given', '2026-12-15T00:00:00Z', '2026-11-24T23:59:59.999Z', 'first 3'],
    ['after the end, as notice was given', '2026-12-15T00:00:00Z', '2026-11-25T00:00:00Z', null],
    ['after the end, once the next one was signed', '2026-12-15T00:00:00Z', '2026-11-26T00:00:00Z', 'next 1'],
    ['long before, known long before', '2026-10-20T00:00:00Z', '2026-10-20T00:00:00Z', null],
  ])('is, %s: sold %s, known %s: %s', async (_, soldAt, knownAt, expected) => {
    expect(await at({ soldAt, knownAt })).toBe(expected);
  });

  it('is that of the currency, among several too', async () => {
    expect(await at({ soldAt: '2026-12-11T00:00:00Z', currency: 'USD' })).toBe('next 1');
    expect(await at({ soldAt: '2026-12-09T00:00:00Z', currency: 'USD' })).toBeNull();
    expect(await at({ soldAt: '2026-12-11T00:00:00Z', currency: 'EUR' })).toBeNull();
  });

  it('is shown to parties and staff only', async () => {
    const soldAt = '2026-10-20T00:00:00Z';
    const stranger = await aPartner(app);
    expect(await at({ soldAt }, await aMember(app, { partnerId: supplierId, role: 'VIEWER' }))).toBe('first 3');
    expect(await at({ soldAt }, await aMember(app, { partnerId: stranger.id }))).toBeNull();
    expect(await at({ soldAt }, await aLearner(app))).toBeNull();
    await expect(at({ soldAt }, {})).rejects.toThrow('Log in first');
  });

  it('agrees with the version field of the contract, which knows of the end too', async () => {
    const [id] = [...names.keys()];
    const ask = async (soldAt: string, knownAt: string | null) => {
      const query = `query ($id: ID!, $soldAt: DateTimeISO!, $knownAt: DateTimeISO) {
        contract(id: $id) { versionAt(soldAt: $soldAt, knownAt: $knownAt) { number } } }`;
      const data = await app.query<{ contract: { versionAt: { number: number } | null } }>(
        query,
        { id, soldAt, knownAt },
        clerk,
      );
      return data.contract.versionAt?.number ?? null;
    };
    expect(await ask('2026-12-15T00:00:00Z', null)).toBeNull();
    expect(await ask('2026-12-15T00:00:00Z', '2026-11-24T00:00:00Z')).toBe(3);
    expect(await ask('2026-12-09T00:00:00Z', null)).toBe(3);
  });

  it('leaves no room for a third one at the same time, however it is dated', async () => {
    const { contracts, contractLifecycle } = app.services;
    const owner = await aMember(app, { partnerId: supplierId });
    const memberships = [{ partnerId: supplierId, role: 'OWNER' as const }];
    const actor = { kind: 'USER' as const, userId: owner.id, sessionId: '', country: null, roles: [], memberships };
    const propose = async (effectiveFrom: string, currency = 'CNY') => {
      const parties = [{ partnerId: supplierId, role: 'SUPPLIER' as const }];
      const words = { ...versionWords, name: 'Third', currency, timeZone: 'UTC', parties };
      const { id } = await contracts.propose(test, { ...words, effectiveFrom: new Date(effectiveFrom) });
      return contractLifecycle.accept(actor, { contractId: id, versionNumber: 1, partnerId: supplierId, reason });
    };
    for (const date of [
      '2026-09-01T00:00:00Z',
      '2026-11-01T00:00:00Z',
      '2026-12-12T00:00:00Z',
      '2027-06-01T00:00:00Z',
    ]) {
      await expect(propose(date)).rejects.toMatchObject({ code: 'CONTRACT_OVERLAP' });
    }
    await expect(propose('2026-09-01T00:00:00Z', 'USD')).rejects.toMatchObject({ code: 'CONTRACT_OVERLAP' });
    expect((await propose('2026-09-01T00:00:00Z', 'EUR')).state).toBe('IN_FORCE');
  });
});
