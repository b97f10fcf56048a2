import { resolve } from 'node:path';
import type { InferKyselyDB } from '@mikro-orm/postgresql';
import { loadDemo } from '../../seeds/demo/load.ts';
import { DEMO_PASSWORD } from '../../seeds/demo/people.ts';
import { whileFilling } from '../platform/data-folder.ts';
import type { Platform } from '../platform/platform.ts';
import type { UserSchema } from '../users/index.ts';
import { labelled, print } from './output.ts';

type Tables = InferKyselyDB<typeof UserSchema>;

const WHO = { manager: 'partner manager', learner: 'learner', finance: 'finance clerk', admin: 'admin' };

/** Loads the demo scenario into an empty database, unless the configuration forbids it. Never in production. */
export async function offerDemo(platform: Platform): Promise<void> {
  const { demoData, environment } = platform.config;
  if (demoData === 'never' || environment === 'production' || (await hasUsers(platform))) return;
  print(labelled('demo', 'loading the scenario'));
  await whileFilling(resolve(platform.config.dataDir), () => loadDemo(platform));
}

/** Tells how to log in where the demo scenario is loaded. */
export async function printDemoLogins(platform: Platform): Promise<void> {
  const emails = Object.keys(WHO).map((who) => `${who}@example.com`);
  const found = await platform.database
    .read<Tables>()
    .selectFrom('users')
    .select('email')
    .where('email', 'in', emails)
    .where('password_hash', 'is not', null)
    .execute();
  if (found.length < emails.length) return;
  print('', `Demo logins, all with the password ${DEMO_PASSWORD}:`);
  for (const [who, description] of Object.entries(WHO)) print(labelled(`${who}@example.com`, description));
}

async function hasUsers({ database }: Platform): Promise<boolean> {
  const user = await database.read<Tables>().selectFrom('users').select('id').limit(1).executeTakeFirst();
  return user !== undefined;
}
