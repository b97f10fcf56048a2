import { type Kysely, sql } from 'kysely';
import { present } from '../shared/invariant.ts';
import type { TargetAudience } from './choice-goal.ts';
import {
  type CountedFigures,
  type FigureSpan,
  findAudiences,
  findSales,
  type SalesRow,
} from './partner-figures.queries.ts';

/**
 * What is counted of each span, in their order, in three statements however many there are.
 *
 * @param rows of a transaction: its plans have no nested loops from here on. Nobody knows beforehand how many people a
 *   step leaves, and a loop planned for a few goes on for minutes with a hundred thousand.
 */
export async function readFigures<Tables>(
  rows: Kysely<Tables>,
  { spans, target }: { spans: readonly FigureSpan[]; target: TargetAudience },
): Promise<CountedFigures[]> {
  await sql`set local enable_nestloop = off`.execute(rows);
  const audiences = await findAudiences(rows, { spans, target });
  const sales = new Map<number, SalesRow[]>();
  for (const row of await findSales(rows, spans)) {
    const known = sales.get(row.place);
    if (known) known.push(row);
    else sales.set(row.place, [row]);
  }
  return spans.map((_, place) => ({
    audience: present(audiences[place], 'the audience of a span'),
    sales: sales.get(place) ?? [],
  }));
}
