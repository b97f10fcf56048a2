import { expect, it } from 'vitest';
import { globalId } from '../../src/shared/global-id.ts';
import { rawSql } from '../support/ledger.ts';
import { aMember } from '../support/partners.ts';
import { aFinanceClerk, aLearner } from '../support/people.ts';
import { aSale, aSupplier } from '../support/statements.ts';
import { startTestApp } from '../support/test-app.ts';

const COMPARE = /* GraphQL */ `
  query ($input: CompareVersionsInput!) { compareVersions(input: $input) { totals { standing { amount } } } }`;

it('keeps what a partner earned from its viewers, who may not read its statements, when versions are compared', async () => {
  await using app = await startTestApp({ now: new Date('2026-11-05T08:00:00Z') });
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-10-05T00:00:00Z');
  const [contract] = await rawSql(app, 'select id::text as id from contracts');
  const input = { contractId: globalId('Contract', String(contract?.id)), versionNumber: 1, period: '2026-10' };
  const viewer = await aMember(app, { partnerId: supplier.id, role: 'VIEWER' });
  const refused = await app.graphql(COMPARE, { input }, viewer);
  expect(refused.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const manager = await aMember(app, { partnerId: supplier.id, role: 'MANAGER' });
  const answer = await app.query(COMPARE, { input }, manager);
  expect(answer).toEqual({ compareVersions: { totals: [{ standing: { amount: '70.00' } }] } });
});

it('answers a ledger account by its identifier with nothing, as everything that is not yours to see', async () => {
  await using app = await startTestApp();
  const supplier = await aSupplier(app);
  await aSale(app, supplier, '2026-10-05T00:00:00Z');
  const [account] = await rawSql(app, 'select id::text as id from ledger_accounts limit 1');
  const id = globalId('LedgerAccount', String(account?.id));
  const ask = (who: { token?: string }) => app.graphql('query ($id: ID!) { node(id: $id) { id } }', { id }, who);
  for (const who of [{}, await aLearner(app), await aMember(app, { partnerId: supplier.id })]) {
    expect(await ask(who)).toMatchObject({ data: { node: null }, errors: [] });
  }
  expect(await ask(await aFinanceClerk(app))).toMatchObject({ data: { node: { id } }, errors: [] });
});
