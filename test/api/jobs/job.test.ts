import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JobName } from '../../../src/outbox/index.ts';
import { type SignedIn, system } from '../../../src/shared/actor.ts';
import { globalId } from '../../../src/shared/global-id.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const JOB = /* GraphQL */ `
  query ($id: ID!) { job(id: $id) { id name state progress error { code message } createdAt settledAt } }`;
const wei = { email: 'wei@example.com', password: 'a long enough phrase', displayName: '韦', locale: 'zh-CN' };

interface Asker {
  readonly actor: SignedIn;
  readonly token: string;
}

async function signUp(app: TestApp, email: string, role: 'LEARNER' | 'ADMIN'): Promise<Asker> {
  const user = await app.services.users.signUp({ ...wei, email });
  await app.platform.database.pool.query('update users set roles = $1 where id = $2', [[role], user.id]);
  const token = await app.tokenOf(user.id);
  return { token, actor: (await app.services.access.authenticate(token)) as SignedIn };
}

function enqueue(app: TestApp, requestedBy: SignedIn, job: JobName = 'seal-ledger'): Promise<string> {
  return app.platform.database.transaction(async (em) =>
    app.services.outbox.enqueue(em, { job, payload: {}, requestedBy }),
  );
}

describe('job(id)', () => {
  it('follows a job from waiting to done', async () => {
    await using app = await startTestApp();
    const { actor, token } = await signUp(app, wei.email, 'LEARNER');
    const id = await enqueue(app, actor);
    const ask = async () => (await app.graphql(JOB, { id: globalId('Job', id) }, { token })).data?.job;
    expect(await ask()).toEqual({
      id: globalId('Job', id),
      name: 'seal-ledger',
      state: 'WAITING',
      progress: 0,
      error: null,
      createdAt: '2026-11-01T08:00:00.000Z',
      settledAt: null,
    });
    app.clock.advance(5_000);
    await app.drainJobs();
    expect(await ask()).toMatchObject({ state: 'DONE', progress: 1, settledAt: '2026-11-01T08:00:05.000Z' });
  });

  it('shows one that runs, and how far it is', async () => {
    await using app = await startTestApp();
    const { actor, token } = await signUp(app, wei.email, 'LEARNER');
    const id = await enqueue(app, actor);
    const ask = async () => (await app.graphql(JOB, { id: globalId('Job', id) }, { token })).data?.job;
    await app.services.outbox.relay(1, async () => undefined);
    expect(await ask()).toMatchObject({ state: 'QUEUED' });
    await app.services.outbox.reportProgress(id, 0.25);
    expect(await ask()).toMatchObject({ state: 'RUNNING', progress: 0.25 });
  });

  it('says why one was given up, the inside of a failure to admins alone', async () => {
    await using app = await startTestApp();
    const learner = await signUp(app, wei.email, 'LEARNER');
    const admin = await signUp(app, 'admin@example.com', 'ADMIN');
    const id = await enqueue(app, learner.actor);
    const ask = async ({ token }: Asker) => (await app.graphql(JOB, { id: globalId('Job', id) }, { token })).data?.job;
    await app.services.outbox.settle(id, { code: 'INTERNAL', message: 'relation "x" does not exist' });
    expect(await ask(learner)).toMatchObject({
      state: 'FAILED',
      error: { code: 'INTERNAL', message: 'Internal error' },
    });
    expect(await ask(admin)).toMatchObject({ error: { message: 'relation "x" does not exist' } });
  });

  it('shows a person the jobs that they asked for, and admins all', async () => {
    await using app = await startTestApp();
    const [one, other, admin] = [
      await signUp(app, wei.email, 'LEARNER'),
      await signUp(app, 'li@example.com', 'LEARNER'),
      await signUp(app, 'admin@example.com', 'ADMIN'),
    ];
    const id = globalId('Job', await enqueue(app, one.actor));
    const seen = async (options: { token?: string }) => (await app.graphql(JOB, { id }, options)).data?.job !== null;
    expect(await seen(one)).toBe(true);
    expect(await seen(other)).toBe(false);
    expect(await seen({})).toBe(false);
    expect(await seen(admin)).toBe(true);
    const absent = await app.graphql(JOB, { id: globalId('Job', randomUUID()) }, admin);
    expect(absent.data).toEqual({ job: null });
  });

  it('shows no job that nobody asked for to those who are nobody', async () => {
    await using app = await startTestApp();
    await app.services.outbox.enqueueNamed([{ id: randomUUID(), job: 'seal-ledger', payload: {} }], {
      kind: 'ANONYMOUS',
    });
    const [row] = await app.platform.database.pool
      .query<{ id: string }>('select id from outbox_messages')
      .then(({ rows }) => rows);
    expect((await app.graphql(JOB, { id: globalId('Job', row?.id ?? '') })).data).toEqual({ job: null });
  });
});

describe('named messages', () => {
  it('are written once, however often and by however many', async () => {
    await using app = await startTestApp();
    const message = { id: randomUUID(), job: 'seal-ledger', payload: {} } as const;
    await Promise.all(Array.from({ length: 5 }, () => app.services.outbox.enqueueNamed([message], system('schedule'))));
    expect(await app.services.outbox.countOpen()).toBe(1);
  });
});
