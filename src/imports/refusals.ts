import type { ImportSession } from './import-session.ts';
import { shortened } from './sources/record-source.ts';

/** Why a record did not go in. */
export interface Refusal {
  readonly line: number;
  /** Absent when the record as a whole is to blame. */
  readonly column: string | null;
  /** Rest of a sentence that begins with the column or the record. */
  readonly reason: string;
  readonly raw: string;
}

const TABLE = 'refused';
const PAGE = 5_000;

/** The refused records of a session. They wait in a temporary table, so that memory does not grow with their number. */
export class Refusals {
  readonly #session: ImportSession;

  private constructor(session: ImportSession) {
    this.#session = session;
  }

  static async create(session: ImportSession): Promise<Refusals> {
    const columns = { source: 'text', line: 'integer', column_name: 'text', reason: 'text', raw: 'text' };
    await session.createStaging(TABLE, columns);
    return new Refusals(session);
  }

  /** @param source the file that holds the record */
  add(source: string, { line, column, reason, raw }: Refusal): void {
    this.#session.stage(TABLE, [source, line, column, reason, shortened(raw).replaceAll('\0', '\uFFFD')]);
  }

  /**
   * Moves rows out of a staging table that has the columns `line` and `raw`.
   *
   * @param select SQL giving `line`, `column_name` and `reason` of the rows to refuse
   */
  async refuse(from: { source: string; table: string }, select: string, values: readonly unknown[] = []) {
    await this.#session.execute(
      `with found as (
         select distinct on (line) line, column_name, reason from (${select}) complaint order by line, column_name),
       gone as (
         delete from ${from.table} staged using found where staged.line = found.line
         returning found.line, found.column_name, found.reason, staged.raw)
       insert into ${TABLE} (source, line, column_name, reason, raw)
       select $${values.length + 1}, line, column_name, reason, raw from gone`,
      [...values, from.source],
    );
  }

  /** @param select SQL giving `source`, `line`, `column_name`, `reason` and `raw` */
  async addFrom(select: string, values: readonly unknown[]): Promise<void> {
    await this.#session.execute(`insert into ${TABLE} (source, line, column_name, reason, raw) ${select}`, values);
  }

  async count(source: string): Promise<number> {
    const sql = `select count(*)::integer as refused from ${TABLE} where source = $1`;
    const [row] = await this.#session.query<{ refused: number }>(sql, [source]);
    return row?.refused ?? 0;
  }

  /** By line, a page at a time. */
  async *pages(source: string): AsyncGenerator<readonly Refusal[]> {
    await this.#session.execute(
      `declare refusals cursor for
       select line, column_name as "column", reason, raw from ${TABLE} where source = $1 order by line, column_name`,
      [source],
    );
    for (;;) {
      const page = await this.#session.query<Refusal>(`fetch ${PAGE} from refusals`);
      if (page.length > 0) yield page;
      if (page.length < PAGE) break;
    }
    await this.#session.execute('close refusals');
  }
}
