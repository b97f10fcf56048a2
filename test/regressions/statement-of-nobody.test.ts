import { expect, it } from 'vitest';
import { globalId } from '../../src/shared/global-id.ts';
import { aPerson } from '../support/people.ts';
import { startTestApp } from '../support/test-app.ts';

it('has no statement of a partner that is none, whatever the currency', async () => {
  await using app = await startTestApp();
  const { token } = await aPerson(app, { roles: ['FINANCE'] });
  const partnerId = globalId('Partner', app.platform.ids.next());
  const query =
    'query ($partnerId: ID!) { statement(partnerId: $partnerId, period: "2026-10", currency: "CNY") { partner { name } } }';
  expect(await app.query(query, { partnerId }, { token })).toEqual({ statement: null });
});
