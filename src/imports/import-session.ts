import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Database, EntityManager } from '../platform/database.ts';
import { type CopyValue, copyLine } from './copy-text.ts';
import { ImportRunningError } from './import.errors.ts';

/** Text gathered before it is sent: large enough for speed, small beside the memory of a process. */
const FLUSH_CHARS = 1_000_000;

/**
 * One transaction on one connection, for staging rows in temporary tables by COPY and merging them set by set. The
 * temporary tables live as long as the transaction: a run that dies leaves nothing behind.
 */
export class ImportSession {
  /** Works in the session's transaction, for services that take part in it. Flush before the session ends. */
  readonly em: EntityManager;
  readonly #client: PoolClient;
  readonly #waiting = new Map<string, string>();

  private constructor(client: PoolClient, em: EntityManager) {
    this.#client = client;
    this.em = em;
  }

  /**
   * Runs `work` in a session. Commits when it returns, unless `dryRun`; rolls back when it throws.
   *
   * @throws ImportRunningError when another session is open on the same database
   */
  static async run<T>(
    database: Database,
    options: { dryRun: boolean },
    work: (session: ImportSession) => Promise<T>,
  ): Promise<T> {
    const client = await database.pool.connect();
    let lost: Error | undefined;
    const onError = (error: Error) => {
      lost = error;
    };
    client.on('error', onError);
    try {
      const session = await ImportSession.#begin(database, client);
      const result = await work(session);
      await session.em.flush();
      await client.query(options.dryRun ? 'rollback' : 'commit');
      return result;
    } catch (error) {
      await client.query('rollback').catch((failure: Error) => {
        lost ??= failure;
      });
      throw error;
    } finally {
      client.off('error', onError);
      client.release(lost);
    }
  }

  /** COPY needs the connection itself and the services an entity manager: both get the same transaction. */
  static async #begin(database: Database, client: PoolClient): Promise<ImportSession> {
    const lent: PoolClient = Object.create(client, { release: { value: () => undefined } });
    const pool = { connect: async () => lent, end: async () => undefined, options: {} };
    const kysely = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
    const em = database.orm.em.fork();
    em.setTransactionContext(await kysely.startTransaction().execute());
    const session = new ImportSession(client, em);
    await session.execute("set local work_mem = '128MB'");
    await session.execute('set local jit = off');
    const lock = "select pg_try_advisory_xact_lock(hashtext('tributary'), hashtext('import')) as taken";
    const [row] = await session.query<{ taken: boolean }>(lock);
    if (!row?.taken) throw new ImportRunningError();
    return session;
  }

  /** @param columns SQL types by column name, in the order in which rows are staged */
  async createStaging(table: string, columns: Readonly<Record<string, string>>): Promise<void> {
    const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
    await this.execute(`create temporary table ${table} (${list.join(', ')}) on commit drop`);
  }

  /** Adds a row to a staging table, its values in the order of the columns. Sent at the latest by `flush`. */
  stage(table: string, values: readonly CopyValue[]): void {
    this.#waiting.set(table, (this.#waiting.get(table) ?? '') + copyLine(values));
  }

  /** Sends what was staged for tables that have enough of it. Keeps memory bounded when called between batches. */
  async flushLarge(): Promise<void> {
    for (const [table, text] of this.#waiting) if (text.length >= FLUSH_CHARS) await this.#copy(table, text);
  }

  /** Sends all that was staged. */
  async flush(): Promise<void> {
    for (const [table, text] of this.#waiting) await this.#copy(table, text);
  }

  async #copy(table: string, text: string): Promise<void> {
    this.#waiting.delete(table);
    const stream = this.#client.query(copyFrom(`copy ${table} from stdin`));
    await new Promise<void>((settle, fail) => {
      stream.on('finish', settle).on('error', fail);
      stream.end(text);
    });
  }

  /** Refreshes the planner's picture of a temporary table: no one else does that. */
  async analyse(table: string): Promise<void> {
    await this.execute(`analyze ${table}`);
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#client.query(sql, [...values])).rows as Row[];
  }

  /** @returns number of rows that the statement changed */
  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.#client.query(sql, [...values])).rowCount ?? 0;
  }
}
