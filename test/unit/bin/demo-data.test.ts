import { expect, it } from 'vitest';
import { offerDemo } from '../../../src/bin/demo-data.ts';
import { startTestApp } from '../../support/test-app.ts';

it.each([
  { environment: 'production', demoData: 'auto' },
  { environment: 'development', demoData: 'never' },
] as const)('loads no demo, with logins that everybody knows, where it is not wanted: %o', async (config) => {
  await using app = await startTestApp();
  await offerDemo({ ...app.platform, config: { ...app.platform.config, ...config } });
  const { rows } = await app.platform.database.pool.query('select id from users limit 1');
  expect(rows).toEqual([]);
});
