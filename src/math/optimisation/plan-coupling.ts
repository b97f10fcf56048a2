import type { Candidates } from './plan-candidates.ts';
import type { PlanProblem } from './plan-problem.ts';
import type { RowTable } from './row-table.ts';

/** Numbers of the rows that couple users; -1 where there is none. */
export interface CouplingRows {
  readonly budget: number;
  readonly channels: readonly number[];
  /** By channel and slot. */
  readonly slots: readonly (readonly number[])[];
  readonly contents: readonly number[];
  readonly partners: readonly number[];
  /** Place of each content's partner, or -1. */
  readonly partnerOf: readonly number[];
}

/** Budget and capacities are rows also without a limit, so that one can be set later. */
export function addCouplingRows(problem: PlanProblem, rows: RowTable): CouplingRows {
  const { budgetMinor, channels, contents, partners } = problem;
  const partnerAt = new Map(partners.map(({ id }, partner) => [id, partner]));
  return {
    budget: rows.atMost({ kind: 'BUDGET' }, limitOf(budgetMinor)),
    channels: channels.map(({ capacity }, channel) =>
      rows.atMost({ kind: 'CHANNEL_CAPACITY', channel }, limitOf(capacity)),
    ),
    slots: channels.map(({ slots }, channel) =>
      slots.map(({ capacity }, slot) =>
        capacity === null ? -1 : rows.atMost({ kind: 'SLOT_CAPACITY', channel, slot }, capacity),
      ),
    ),
    contents: contents.map(({ floor }, content) =>
      floor > 0 ? rows.atLeast({ kind: 'CONTENT_FLOOR', content }, floor) : -1,
    ),
    partners: partners.map(({ floor }, partner) =>
      floor > 0 ? rows.atLeast({ kind: 'PARTNER_FLOOR', partner }, floor) : -1,
    ),
    partnerOf: contents.map(({ partner }) => (partner === null ? -1 : (partnerAt.get(partner) ?? -1))),
  };
}

/** Infinity for no limit. */
export function limitOf(limit: bigint | number | null): number {
  return limit === null ? Number.POSITIVE_INFINITY : Number(limit);
}

/** The rows that a candidate counts in, each with how much. */
export function* couplingRowsOf(
  { channels }: PlanProblem,
  { coupling, candidates, column }: { coupling: CouplingRows; candidates: Candidates; column: number },
): Generator<[row: number, coefficient: number]> {
  const channel = candidates.channels[column] as number;
  const content = candidates.contents[column] as number;
  const cost = Number(channels[channel]?.costMinor ?? 0n);
  if (cost > 0) yield [coupling.budget, cost];
  const partner = coupling.partnerOf[content] ?? -1;
  for (const row of [
    coupling.channels[channel],
    coupling.slots[channel]?.[candidates.slots[column] as number],
    coupling.contents[content],
    coupling.partners[partner],
  ]) {
    if (row !== undefined && row >= 0) yield [row, 1];
  }
}
