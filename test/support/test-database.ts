import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { entities } from '../../src/entities.ts';
import { Database } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations/index.ts';

export interface TestDatabase extends AsyncDisposable {
  readonly url: string;
  readonly database: Database;
}

/** A migrated, empty database of this test's own, dropped when it goes out of scope. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const template = new URL(inject('templateUrl'));
  const name = `test_${randomBytes(6).toString('hex')}`;
  const source = template.pathname.slice(1);
  await onServer(template, `create database ${name} template ${source} strategy file_copy`);
  const url = withDatabase(template, name);
  const database = await Database.connect({ url, poolMax: 8, entities, migrations });
  const dispose = async () => {
    await database.close();
    await onServer(template, `drop database ${name} with (force)`);
  };
  return { url, database, [Symbol.asyncDispose]: dispose };
}

async function onServer(template: URL, statement: string): Promise<void> {
  const client = new Client({ connectionString: withDatabase(template, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

function withDatabase(template: URL, name: string): string {
  const url = new URL(template);
  url.pathname = `/${name}`;
  return url.href;
}
