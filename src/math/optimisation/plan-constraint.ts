import type { PlanModel } from './plan-model.ts';
import { couplesUsers, type PlanRow } from './row-table.ts';

/** A limit of a plan, as its owner knows it. */
export interface PlanConstraint {
  readonly kind: PlanRow['kind'];
  /** Of which channel, moment, content, partner or user; "all users" for a limit that each of them has; "" for the budget. */
  readonly subject: string;
  /** Sends, for the budget minor units; null when each user has one of their own. */
  readonly limit: number | null;
}

/** The name of a row and its limit. */
export function constraintOf({ problem, rowTable, linear }: PlanModel, row: number): PlanConstraint {
  const named = rowTable.rows[row] as PlanRow;
  const upper = linear.rowUpper[row] as number;
  const limit = upper === Number.POSITIVE_INFINITY ? (linear.rowLower[row] as number) : upper;
  return { kind: named.kind, subject: subjectOf(problem, named), limit };
}

function subjectOf({ channels, contents, partners, users }: PlanModel['problem'], row: PlanRow): string {
  switch (row.kind) {
    case 'BUDGET':
      return '';
    case 'CHANNEL_CAPACITY':
      return idAt(channels, row.channel);
    case 'SLOT_CAPACITY':
      return `${idAt(channels, row.channel)} at ${channels[row.channel]?.slots[row.slot]?.at}`;
    case 'CONTENT_FLOOR':
      return idAt(contents, row.content);
    case 'PARTNER_FLOOR':
      return idAt(partners, row.partner);
    case 'USER_CAP':
      return idAt(users, row.user);
    case 'USER_CHANNEL_CAP':
      return `${idAt(users, row.user)} through ${idAt(channels, row.channel)}`;
    case 'ONCE':
      return `${idAt(users, row.user)} and ${idAt(contents, row.content)}`;
  }
}

function idAt(list: readonly { readonly id: string }[], place: number): string {
  return list[place]?.id ?? '';
}

/**
 * Rows as constraints that one would lift or keep as a whole: each row that couples users by itself, and those of single
 * users by kind, since nobody is helped by a list of a thousand people. That nobody gets the same twice is no limit that
 * one would lift: its rows are part of none, -1.
 */
export function constraintsOf(model: PlanModel): {
  constraintOfRow: Int32Array;
  constraints: readonly PlanConstraint[];
} {
  const constraints: PlanConstraint[] = [];
  const byKind = new Map<string, number>();
  const constraintOfRow = Int32Array.from(model.rowTable.rows, (row, at) => {
    if (row.kind === 'ONCE') return -1;
    const known = byKind.get(row.kind);
    if (known !== undefined) return known;
    const alone = couplesUsers(row);
    const place =
      constraints.push(alone ? constraintOf(model, at) : { kind: row.kind, subject: 'all users', limit: null }) - 1;
    if (!alone) byKind.set(row.kind, place);
    return place;
  });
  return { constraintOfRow, constraints };
}

const SENTENCES: Readonly<Record<PlanRow['kind'], (subject: string, limit: number | null) => string>> = {
  BUDGET: (_, limit) => `the budget of ${limit} minor units`,
  CHANNEL_CAPACITY: (subject, limit) => `the capacity of channel ${subject}, ${limit} sends`,
  SLOT_CAPACITY: (subject, limit) => `the capacity of ${subject}, ${limit} sends`,
  CONTENT_FLOOR: (subject, limit) => `the floor of content ${subject}, at least ${limit} sends`,
  PARTNER_FLOOR: (subject, limit) => `the floor of partner ${subject}, at least ${limit} sends`,
  USER_CAP: (subject, limit) => `the frequency cap of ${subject}${upTo(limit)}`,
  USER_CHANNEL_CAP: (subject, limit) => `the frequency cap of ${subject}${upTo(limit)}, by channel`,
  ONCE: (subject) => `that nobody gets the same content twice (${subject})`,
};

function upTo(limit: number | null): string {
  return limit === null ? '' : `, at most ${limit} sends`;
}

/** `the capacity of channel EMAIL, 500 sends` */
export function describeConstraint({ kind, subject, limit }: PlanConstraint): string {
  return SENTENCES[kind](subject, limit);
}
