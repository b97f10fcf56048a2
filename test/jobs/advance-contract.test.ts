import { describe, expect, it } from 'vitest';
import { advanceContract } from '../../jobs/advance-contract.job.ts';
import type { JobContext } from '../../jobs/job-handler.ts';
import { recurrences } from '../../jobs/schedule.ts';
import { system } from '../../src/shared/actor.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { aNegotiation, contractMutation, versionWords } from '../support/contract-operations.ts';
import { aContract } from '../support/contracts.ts';
import { select } from '../support/imports.ts';
import { aMember, aPartner } from '../support/partners.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const later = new Date('2026-11-03T00:00:00Z');
const reason = 'Agreed.';

function contextOf(app: TestApp): JobContext {
  return { services: app.services, logger: app.platform.logger, reportProgress: async () => undefined };
}

async function stepsOf(app: TestApp, contractId: string): Promise<string[]> {
  const text = 'select to_state as state from contract_steps where contract_id = $1 order by at, id';
  return (await select<{ state: string }>(app, text, [contractId])).map(({ state }) => state);
}

async function due(app: TestApp): Promise<unknown[]> {
  return (
    (await recurrences['advance-contracts']?.due(app.clock.now(), app.services))?.map(({ payload }) => payload) ?? []
  );
}

async function signed(app: TestApp, effectiveFrom: Date) {
  const begun = await aNegotiation(app, { effectiveFrom });
  const [party] = begun.parties;
  const partnerId = globalId('Partner', party?.partnerId ?? '');
  const input = { contractId: begun.contractId, versionNumber: 1, partnerId, reason };
  const { contract } = await contractMutation(app, 'acceptContract', { input, token: party?.owner.token });
  return { id: begun.id, state: contract?.state };
}

async function jobsOf(app: TestApp, job: string): Promise<object[]> {
  const text = 'select payload from outbox_messages where job = $1 order by created_at, id';
  return (await select<{ payload: object }>(app, text, [job])).map(({ payload }) => payload);
}

describe('advancing a contract', () => {
  it('puts it in force at its date and not before, once, however often it is tried', async () => {
    await using app = await startTestApp();
    const { id, state } = await signed(app, later);
    expect(state).toBe('ACCEPTED');
    await app.drainJobs();
    expect(await due(app)).toEqual([]);
    app.clock.set(new Date(later.getTime() - 1));
    await advanceContract({ contractId: id }, contextOf(app));
    expect(await stepsOf(app, id)).toEqual(['PROPOSED', 'ACCEPTED']);
    app.clock.set(later);
    expect(await due(app)).toEqual([{ contractId: id }]);
    await Promise.all([1, 2, 3, 4].map(() => advanceContract({ contractId: id }, contextOf(app))));
    expect(await stepsOf(app, id)).toEqual(['PROPOSED', 'ACCEPTED', 'IN_FORCE']);
    expect(await due(app)).toEqual([]);
  });

  it('ends it when its notice has run out', async () => {
    await using app = await startTestApp();
    const { id } = await signed(app, versionWords.effectiveFrom);
    const endsAt = new Date('2026-11-05T00:00:00Z');
    await app.services.contractLifecycle.giveNotice(system('test'), {
      contractId: id,
      partnerId: null,
      endsAt,
      reason,
    });
    app.clock.set(new Date(endsAt.getTime() - 1));
    expect(await due(app)).toEqual([]);
    app.clock.set(endsAt);
    expect(await due(app)).toEqual([{ contractId: id }]);
    await advanceContract({ contractId: id }, contextOf(app));
    expect(await stepsOf(app, id)).toEqual(['PROPOSED', 'ACCEPTED', 'IN_FORCE', 'NOTICE_GIVEN', 'ENDED']);
  });

  it('is looked at again when a version with an advance comes into effect', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const words = { clause: '9', step: 1, description: 'An advance.', beneficiary: 'PARTNER', partnerId } as const;
    const advance = { ...words, kind: 'ADVANCE', amountMinor: 100n, percent: '50' } as const;
    const versions = [{}, { effectiveFrom: later, terms: [advance] }];
    const { id } = await aContract(app, { parties: [{ partnerId }], versions });
    expect(await due(app)).toEqual([]);
    app.clock.set(later);
    expect(await due(app)).toEqual([{ contractId: id }]);
  });
});

describe('signing', () => {
  it('asks for the contract’s state to be looked at, and for past sales to be split anew where it reaches back', async () => {
    await using app = await startTestApp();
    const { id: partnerId } = await aPartner(app);
    const owner = await aMember(app, { partnerId });
    const { id, versionIds } = await aContract(app, { parties: [{ partnerId }] });
    const { contracts } = app.services;
    const amend = async (versionNumber: number, effectiveFrom: Date) => {
      await contracts.proposeAmendment(system('test'), { ...versionWords, contractId: id, effectiveFrom });
      expect(await jobsOf(app, 'reallocate-contract')).toHaveLength(versionNumber > 2 ? 1 : 0);
      const ids = { contractId: globalId('Contract', id), partnerId: globalId('Partner', partnerId) };
      const input = { ...ids, versionNumber, reason };
      await contractMutation(app, 'acceptContract', { input, token: owner.token });
      await contractMutation(app, 'acceptContract', { input, token: owner.token });
    };
    await amend(2, new Date('2026-10-01T00:00:00Z'));
    const [second] = await select<{ id: string }>(app, 'select id from contract_versions where number = 2');
    expect(await jobsOf(app, 'reallocate-contract')).toEqual([{ contractId: id, versionId: second?.id }]);
    expect(second?.id).not.toBe(versionIds[0]);
    await amend(3, later);
    expect(await jobsOf(app, 'reallocate-contract')).toHaveLength(1);
    expect(await jobsOf(app, 'advance-contract')).toEqual([{ contractId: id }]);
  });

  it('asks for no sale to be split anew by a first version: what waited for it is settled by it', async () => {
    await using app = await startTestApp();
    const { id } = await signed(app, versionWords.effectiveFrom);
    expect(await jobsOf(app, 'reallocate-contract')).toEqual([]);
    expect(await jobsOf(app, 'advance-contract')).toEqual([{ contractId: id }]);
  });
});
