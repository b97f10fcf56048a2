import { describe, expect, it } from 'vitest';
import { system } from '../../../src/shared/actor.ts';
import { localId } from '../../../src/shared/global-id.ts';
import { anEntry, post, tamper } from '../../support/ledger.ts';
import { aFinanceClerk, aLearner } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const START = /* GraphQL */ `
  mutation { startLedgerVerification {
    __typename ... on StartLedgerVerificationSuccess { jobId } ... on UserError { code }
  } }`;
const JOB = /* GraphQL */ `query ($id: ID!) { job(id: $id) { name state progress } }`;
const LIST = /* GraphQL */ `
  query ($first: Int = 20, $after: String) {
    ledgerVerifications(first: $first, after: $after) {
      edges { node {
        jobId requestedBy startedAt finishedAt result { isIntact transactions links headHash fault { kind sequence } }
      } }
      pageInfo { endCursor }
    }
  }`;

interface Started {
  readonly startLedgerVerification: { readonly __typename: string; readonly jobId?: string; readonly code?: string };
}

interface Listed {
  readonly ledgerVerifications: {
    readonly edges: readonly {
      readonly node: {
        readonly jobId: string;
        readonly requestedBy: string;
        readonly result: { readonly isIntact: boolean; readonly fault: { readonly kind: string } | null };
      };
    }[];
    readonly pageInfo: { readonly endCursor: string };
  };
}

async function startAndWait(app: TestApp, token: { token: string }): Promise<string> {
  const { startLedgerVerification } = await app.query<Started>(START, {}, token);
  await app.drainJobs();
  return startLedgerVerification.jobId ?? '';
}

describe('a verification by a job', () => {
  it('keeps what it found, latest first, with who asked', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    await post(app, anEntry(app), anEntry(app));
    await app.services.ledger.seal();
    const first = await startAndWait(app, clerk);
    expect(await app.query(JOB, { id: first }, clerk)).toEqual({
      job: { name: 'verify-ledger', state: 'DONE', progress: 1 },
    });
    await tamper(app, "update ledger_seals set hash = 'mine' where sequence = 2");
    app.clock.advance(1_000);
    const second = await startAndWait(app, clerk);
    const page = await app.query<Listed>(LIST, { first: 1 }, clerk);
    const { endCursor } = page.ledgerVerifications.pageInfo;
    const rest = await app.query<Listed>(LIST, { first: 1, after: endCursor }, clerk);
    const nodes = [...page.ledgerVerifications.edges, ...rest.ledgerVerifications.edges].map(({ node }) => node);
    expect(nodes).toMatchObject([
      { jobId: second, result: { isIntact: false, links: 1, fault: { kind: 'LINK_BROKEN', sequence: 2 } } },
      { jobId: first, requestedBy: `user:${clerk.id}`, result: { isIntact: true, transactions: 2, fault: null } },
    ]);
  });

  it('that runs again keeps the result of the first time', async () => {
    await using app = await startTestApp();
    const clerk = await aFinanceClerk(app);
    await post(app, anEntry(app));
    const id = localId('Job', await startAndWait(app, clerk));
    await tamper(app, 'update ledger_postings set amount_minor = amount_minor + 1');
    await app.services.ledgerVerification.run(system('test'), { id, requestedBy: 'test' });
    const { ledgerVerifications } = await app.query<Listed>(LIST, {}, clerk);
    expect(ledgerVerifications.edges.map(({ node }) => node.result.isIntact)).toEqual([true]);
  });

  it('is for finance and admins only', async () => {
    await using app = await startTestApp();
    const learner = await aLearner(app);
    expect((await app.query<Started>(START, {}, learner)).startLedgerVerification.code).toBe('FORBIDDEN');
    expect((await app.query<Started>(START)).startLedgerVerification.code).toBe('UNAUTHENTICATED');
    expect((await app.graphql(LIST, {}, learner)).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
    expect((await app.graphql(LIST)).errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
