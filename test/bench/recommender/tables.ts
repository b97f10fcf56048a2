import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { citeulike, coldCourses, crossDomain, leaveOneOut, mooccubex } from './ranking-tables.ts';
import { ratings } from './rating-table.ts';
import type { Table } from './table.ts';

export const TABLES: readonly Table[] = [
  ratings,
  citeulike,
  leaveOneOut,
  mooccubex,
  coldCourses,
  crossDomain({ source: 'sport', target: 'cloth', dropTwins: true }),
  crossDomain({ source: 'cloth', target: 'sport', dropTwins: true }),
  crossDomain({ source: 'sport', target: 'cloth', dropTwins: false }),
  crossDomain({ source: 'cloth', target: 'sport', dropTwins: false }),
];

/** Whether the data of a table is there. */
export function hasData(table: Table, dataFolder: string): boolean {
  return existsSync(join(dataFolder, table.folder));
}
