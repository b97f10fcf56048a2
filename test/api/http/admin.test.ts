import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { QUEUE_NAMES } from '../../../jobs/queues.ts';
import { hashPassword, User } from '../../../src/users/index.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const PASSWORD = 'a long enough phrase';
let app: TestApp;
let adminId: string;
let learnerId: string;

beforeAll(async () => {
  app = await startTestApp();
  adminId = await addUser('admin@example.com', ['ADMIN']);
  learnerId = await addUser('learner@example.com', ['LEARNER']);
});
afterAll(() => app[Symbol.asyncDispose]());

async function addUser(email: string, roles: User['roles']): Promise<string> {
  const id = randomUUID();
  const passwordHash = await hashPassword(PASSWORD);
  await app.platform.database.transaction(async (em) => {
    const rest = { displayName: email, locale: 'en', interests: [], goals: [], createdAt: app.clock.now() };
    em.create(User, { id, email, passwordHash, roles, ...rest }, { persist: true });
  });
  return id;
}

function logIn(email: string, password = PASSWORD) {
  const payload = new URLSearchParams({ email, password }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return app.server.inject({ method: 'POST', url: '/admin/login', headers, payload });
}

describe('the job dashboard', () => {
  it('sends a browser without a session to the log-in page, and tells programs what is missing', async () => {
    const browser = await app.server.inject({ url: '/admin/jobs', headers: { accept: 'text/html' } });
    expect(browser.headers.location).toBe('/admin/login');
    expect((await app.server.inject({ url: '/admin/jobs/api/queues' })).statusCode).toBe(401);
    const authorization = `Bearer ${await app.tokenOf(learnerId)}`;
    expect((await app.server.inject({ url: '/admin/jobs/api/queues', headers: { authorization } })).statusCode).toBe(
      403,
    );
  });

  it('opens for an admin who logs in, by a cookie that neither scripts nor other sites get at', async () => {
    const loggedIn = await logIn('admin@example.com');
    expect(loggedIn.statusCode).toBe(303);
    const cookie = String(loggedIn.headers['set-cookie']);
    expect(cookie).toMatch(/^tributary_admin=[\w-]{43}; .*HttpOnly; SameSite=Strict; Path=\/admin$/);
    const headers = { cookie: cookie.split(';', 1)[0] ?? '', accept: 'text/html' };
    const page = await app.server.inject({ url: '/admin/jobs', headers });
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toMatch(/(?:src|href)="https?:/);
    const script = /src="(static\/js\/main[^"]+)"/.exec(page.body)?.[1];
    expect((await app.server.inject({ url: `/admin/jobs/${script}`, headers })).statusCode).toBe(200);
    const queues = (await app.server.inject({ url: '/admin/jobs/api/queues', headers })).json<{ queues: object[] }>();
    expect(queues.queues).toHaveLength(QUEUE_NAMES.length);
    await app.server.inject({ method: 'POST', url: '/admin/logout', headers });
    expect((await app.server.inject({ url: '/admin/jobs/api/queues', headers })).statusCode).toBe(303);
  });

  it('opens for an admin who sends the token as to the API', async () => {
    const headers = { authorization: `Bearer ${await app.tokenOf(adminId)}` };
    expect((await app.server.inject({ url: '/admin/jobs/api/queues', headers })).statusCode).toBe(200);
  });

  it('sends the cookie over encrypted connections only in production', async () => {
    await using production = await startTestApp({ config: { environment: 'production' } });
    const response = await production.server.inject({ method: 'POST', url: '/admin/logout' });
    expect(String(response.headers['set-cookie'])).toContain('; Secure');
  });
});

describe('the log-in page', () => {
  it('answers a wrong password and the right one of a person who is no admin alike', async () => {
    const wrong = await logIn('admin@example.com', 'not the phrase');
    const other = await logIn('learner@example.com');
    expect([wrong.statusCode, other.statusCode]).toEqual([401, 401]);
    expect(wrong.body).toBe(other.body);
    expect(other.headers['set-cookie']).toBeUndefined();
    const open = await app.platform.database.pool.query(
      'select 1 from sessions where user_id = $1 and revoked_at is null',
      [learnerId],
    );
    expect(open.rowCount).toBe(1);
  });

  it('runs nothing and shows nothing of what was typed', async () => {
    const page = await logIn('"><script>alert(1)</script>@example.com', 'x');
    expect(page.body).not.toContain('alert(1)');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('makes one wait who tries too often', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await logIn('nobody@example.com')).statusCode);
    expect(statuses.slice(0, 10)).toEqual(new Array(10).fill(401));
    expect(statuses.at(10)).toBe(429);
  });
});
