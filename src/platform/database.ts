import { createHash } from 'node:crypto';
import { IsolationLevel, type MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, type EntityManager, MikroORM, type Options } from '@mikro-orm/postgresql';
import type { Kysely } from 'kysely';
import { type Pool, type PoolClient, TypeOverrides } from 'pg';
import { invariant } from '../shared/invariant.ts';
import type { Logger } from './logger.ts';
import { surviveLoss } from './lost-connections.ts';
import { ServiceUnavailableError } from './service-unavailable.ts';

export type { EntityManager } from '@mikro-orm/postgresql';

export interface DatabaseOptions {
  readonly url: string;
  readonly poolMax: number;
  readonly entities: NonNullable<Options['entities']>;
  readonly migrations: readonly MigrationObject[];
  readonly logger?: Logger;
}

const OID_INT8 = 20;
const OLDEST_SERVER = 150_000;
/** "TRIB" in ASCII: no other program on the server is likely to lock the same. */
const MIGRATION_LOCK = 0x54_52_49_42;

/** PostgreSQL as the domains see it: transactions for writes, typed rows for reads. One pool serves both. */
export class Database {
  readonly orm: MikroORM;
  readonly #pool: () => Pool;
  /** Made outside of every transaction, and once: making one takes as long as many a statement. */
  readonly #rows: Kysely<object>;

  private constructor(orm: MikroORM, pool: () => Pool) {
    this.orm = orm;
    this.#pool = pool;
    this.#rows = rowsOf<object>(orm.em.fork());
  }

  /** @throws ServiceUnavailableError when the server cannot be reached, or is older than PostgreSQL 15 */
  static async connect(options: DatabaseOptions): Promise<Database> {
    let pool: Pool | undefined;
    const orm = await MikroORM.init(mikroOrmOptions(options, (created) => (pool = created)));
    const database = new Database(orm, () => {
      invariant(pool, 'the pool is made on the first connection');
      return pool;
    });
    await database.#checkServer();
    return database;
  }

  /**
   * Runs `work` in one transaction. It commits when `work` returns and rolls back when it throws: every use case that
   * writes goes through here once.
   */
  transaction<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.orm.em.fork().transactional(work);
  }

  /**
   * Runs `work` over one snapshot: all its statements see the database as it was at the first of them. For reads that
   * must agree with each other, and for writes that must agree with what they read.
   */
  snapshot<T>(work: (em: EntityManager) => Promise<T>): Promise<T> {
    return this.orm.em.fork().transactional(work, { isolationLevel: IsolationLevel.REPEATABLE_READ });
  }

  /**
   * Plain rows outside any transaction. `Tables` are inferred from entity schemas by `InferKyselyDB`. Values are bound,
   * and statements are prepared once a connection.
   */
  read<Tables extends object>(): Kysely<Tables> {
    return this.#rows as unknown as Kysely<Tables>;
  }

  /** The pool itself, for COPY, LISTEN and advisory locks. */
  get pool(): Pool {
    return this.#pool();
  }

  /** Runs what is pending. Of processes that start together one does it, and the others wait for it. */
  async migrate(): Promise<void> {
    const client = await this.pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await this.orm.migrator.up();
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      client.release();
    } catch (error) {
      // The lock goes with the connection.
      client.release(true);
      throw error;
    }
  }

  /** Names of migrations that this program knows and the database has not seen. */
  async pendingMigrations(): Promise<string[]> {
    const pending = await this.orm.migrator.getPending();
    return pending.map((migration) => migration.name);
  }

  async isReachable(): Promise<boolean> {
    return this.orm.isConnected();
  }

  async close(): Promise<void> {
    await this.orm.close(true);
  }

  async #checkServer(): Promise<void> {
    const rows = await this.orm.em
      .fork()
      .execute<{ version: string }[]>('show server_version_num')
      .catch((error: Error) => {
        throw new ServiceUnavailableError(`PostgreSQL does not let us in: ${error.message}. Is DATABASE_URL right?`);
      });
    const version = Number(Object.values(rows[0] ?? {})[0]);
    if (version < OLDEST_SERVER)
      throw new ServiceUnavailableError(`PostgreSQL 15 or later is needed; the server is ${version}.`);
  }
}

/** Typed rows within the transaction of `em`. */
export function rowsOf<Tables extends object>(em: EntityManager): Kysely<Tables> {
  return em.getKysely() as unknown as Kysely<Tables>;
}

/** The settings that the running product and the `mikro-orm` command line share. */
export function mikroOrmOptions(options: DatabaseOptions, onPool: (pool: Pool) => void = () => undefined): Options {
  return defineConfig({
    clientUrl: options.url,
    entities: options.entities,
    extensions: [Migrator],
    migrations: {
      path: 'src/platform/migrations',
      migrationsList: [...options.migrations],
      snapshot: false,
      disableForeignKeys: false,
      allOrNothing: true,
    },
    schemaGenerator: { ignoreSchema: ['bullmq', 'volatile'], ignoreTriggers: true, ignoreRoutines: true },
    forceUtcTimezone: true,
    logger: (message) => options.logger?.debug(message),
    driverOptions: {
      max: options.poolMax,
      types: typeParsers(),
      application_name: 'tributary',
      connectionTimeoutMillis: 10_000,
      // A new connection plans every statement anew: those of a burst are kept for the next one.
      idleTimeoutMillis: 300_000,
      onPoolCreated: (pool: Pool) => {
        pool.on('connect', nameStatements);
        pool.on('connect', surviveLoss);
        onPool(pool);
      },
    },
  });
}

/** `bigint` for int8, so that money never passes through a float; `Date` for timestamps. */
function typeParsers(): TypeOverrides {
  const types = new TypeOverrides();
  types.setTypeParser(OID_INT8, (text) => BigInt(text));
  return types;
}

/**
 * Prepares every statement that binds values: the name is a digest of the text, so the server plans it once for each
 * connection. What MikroORM sends has its values in the text and stays as it is.
 */
function nameStatements(client: PoolClient): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const named = (...args: unknown[]) => {
    const [text, values, ...rest] = args;
    if (typeof text !== 'string' || !Array.isArray(values) || values.length === 0) return query(...args);
    return query({ name: statementName(text), text, values }, ...rest);
  };
  Object.assign(client, { query: named });
}

const names = new Map<string, string>();
const MAX_NAMED_STATEMENTS = 2_000;

/** A statement built from a list of varying length has endless texts: past the bound it goes unnamed. */
function statementName(text: string): string | undefined {
  const known = names.get(text);
  if (known) return known;
  if (names.size >= MAX_NAMED_STATEMENTS) return undefined;
  const name = createHash('sha1').update(text).digest('base64url');
  names.set(text, name);
  return name;
}
