import type { ImportReport } from '../../src/imports/index.ts';
import { system } from '../../src/shared/actor.ts';
import type { ImportFiles } from './import-files.ts';
import type { TestApp } from './test-app.ts';

/** Writes a file and imports it as the operator does. */
export async function importText(
  app: TestApp,
  files: ImportFiles,
  file: { kind: string; name: string; content: string | Buffer; dryRun?: boolean },
): Promise<ImportReport> {
  const path = await files.write(file.name, file.content);
  const { kind, dryRun = false } = file;
  return app.services.imports.importFile(system('import'), { kind, path, dryRun });
}

/** Lines of CSV from cells. */
export function csv(...rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.join(',')}\n`).join('');
}

export async function select<Row extends object>(
  app: TestApp,
  statement: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await app.platform.database.pool.query<Row>(statement, [...values])).rows;
}

/** Number of rows by table. */
export async function countRows(app: TestApp, ...tables: readonly string[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of tables) {
    const [row] = await select<{ rows: number }>(app, `select count(*)::integer as rows from ${table}`);
    counts[table] = row?.rows ?? 0;
  }
  return counts;
}
