import { Kysely, PostgresDialect } from 'kysely';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type CopyValue, copyLine } from './copy-text.ts';
import type { Database, EntityManager } from './database.ts';

/** Text gathered before it is sent: large enough for speed, small beside the memory of a process. */
const FLUSH_CHARS = 1_000_000;

/** One transaction on one connection, in which rows go into tables by COPY and services work beside that. */
export class CopySession {
  /** Works in the session's transaction, for services that take part in it. */
  readonly em: EntityManager;
  readonly client: PoolClient;
  readonly #waiting = new Map<string, string>();

  private constructor(client: PoolClient, em: EntityManager) {
    this.client = client;
    this.em = em;
  }

  /** Runs `work` in a session. Commits when it returns, unless `dryRun`; rolls back when it throws. */
  static async run<T>(
    database: Database,
    options: { dryRun: boolean },
    work: (session: CopySession) => Promise<T>,
  ): Promise<T> {
    const client = await database.pool.connect();
    let lost: Error | undefined;
    const onError = (error: Error) => {
      lost = error;
    };
    client.on('error', onError);
    try {
      const session = await CopySession.#begin(database, client);
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
  static async #begin(database: Database, client: PoolClient): Promise<CopySession> {
    const lent: PoolClient = Object.create(client, { release: { value: () => undefined } });
    const pool = { connect: async () => lent, end: async () => undefined, options: {} };
    const kysely = new Kysely<never>({ dialect: new PostgresDialect({ pool }) });
    const em = database.orm.em.fork();
    em.setTransactionContext(await kysely.startTransaction().execute());
    return new CopySession(client, em);
  }

  /**
   * Adds a row to a table, its values in the order of the columns. Sent at the latest by `flush`.
   *
   * @param table its name, with a list of columns when the values are not of all of them
   */
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
    const stream = this.client.query(copyFrom(`copy ${table} from stdin`));
    await new Promise<void>((settle, fail) => {
      stream.on('finish', settle).on('error', fail);
      stream.end(text);
    });
  }
}
