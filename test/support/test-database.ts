import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';
import { entities } from '../../src/entities.ts';
import { Database } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations/index.ts';
import { invariant } from '../../src/shared/invariant.ts';

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

export interface DatabaseOfBefore<Kept> extends AsyncDisposable {
  /** Migrated to the end. */
  readonly database: Database;
  /** What filling it told. */
  readonly kept: Kept;
}

/**
 * A database that was filled before a migration, and then migrated: what lay in it has come along or has not.
 *
 * @param migration how the name of the first migration ends that `fill` does not know
 */
export async function createDatabaseOfBefore<Kept>(
  migration: string,
  fill: (before: Database) => Promise<Kept>,
): Promise<DatabaseOfBefore<Kept>> {
  await using stack = new AsyncDisposableStack();
  const template = new URL(inject('templateUrl'));
  const name = `before_${randomBytes(6).toString('hex')}`;
  await onServer(template, `create database ${name}`);
  stack.defer(() => onServer(template, `drop database ${name} with (force)`));
  const open = async (known: typeof migrations) => {
    const database = await Database.connect({
      url: withDatabase(template, name),
      poolMax: 2,
      entities,
      migrations: known,
    });
    stack.defer(() => database.close());
    await database.migrate();
    return database;
  };
  const first = migrations.findIndex((one) => one.name.endsWith(migration));
  invariant(first > 0, `there is a migration ${migration}`);
  const kept = await fill(await open(migrations.slice(0, first)));
  const database = await open(migrations);
  const resources = stack.move();
  return { database, kept, [Symbol.asyncDispose]: () => resources.disposeAsync() };
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
