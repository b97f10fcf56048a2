import { CopySession } from '../platform/copy-session.ts';
import type { CopyValue } from '../platform/copy-text.ts';
import type { Database, EntityManager } from '../platform/database.ts';
import { ImportRunningError } from './import.errors.ts';

/**
 * One transaction on one connection, for staging rows in temporary tables by COPY and merging them set by set. The
 * temporary tables live as long as the transaction: a run that dies leaves nothing behind.
 */
export class ImportSession {
  readonly #copying: CopySession;

  private constructor(copying: CopySession) {
    this.#copying = copying;
  }

  /**
   * Runs `work` in a session. Commits when it returns, unless `dryRun`; rolls back when it throws.
   *
   * @throws ImportRunningError when another session is open on the same database
   */
  static run<T>(
    database: Database,
    options: { dryRun: boolean },
    work: (session: ImportSession) => Promise<T>,
  ): Promise<T> {
    return CopySession.run(database, options, async (copying) => work(await ImportSession.#begin(copying)));
  }

  static async #begin(copying: CopySession): Promise<ImportSession> {
    const session = new ImportSession(copying);
    await session.execute("set local work_mem = '128MB'");
    await session.execute('set local jit = off');
    const lock = "select pg_try_advisory_xact_lock(hashtext('tributary'), hashtext('import')) as taken";
    const [row] = await session.query<{ taken: boolean }>(lock);
    if (!row?.taken) throw new ImportRunningError();
    return session;
  }

  /** Works in the session's transaction, for services that take part in it. */
  get em(): EntityManager {
    return this.#copying.em;
  }

  /** @param columns SQL types by column name, in the order in which rows are staged */
  async createStaging(table: string, columns: Readonly<Record<string, string>>): Promise<void> {
    const list = Object.entries(columns).map(([name, type]) => `"${name}" ${type}`);
    await this.execute(`create temporary table ${table} (${list.join(', ')}) on commit drop`);
  }

  /** Adds a row to a staging table, its values in the order of the columns. Sent at the latest by `flush`. */
  stage(table: string, values: readonly CopyValue[]): void {
    this.#copying.stage(table, values);
  }

  /** Sends what was staged for tables that have enough of it. Keeps memory bounded when called between batches. */
  async flushLarge(): Promise<void> {
    await this.#copying.flushLarge();
  }

  /** Sends all that was staged. */
  async flush(): Promise<void> {
    await this.#copying.flush();
  }

  /** Refreshes the planner's picture of a temporary table: no one else does that. */
  async analyse(table: string): Promise<void> {
    await this.execute(`analyze ${table}`);
  }

  async query<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#copying.client.query(sql, [...values])).rows as Row[];
  }

  /** @returns number of rows that the statement changed */
  async execute(sql: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.#copying.client.query(sql, [...values])).rowCount ?? 0;
  }
}
