import type { LinearModel } from './linear-model.ts';
import { type Candidates, findCandidates, type LeftOut } from './plan-candidates.ts';
import { addCouplingRows, couplingRowsOf } from './plan-coupling.ts';
import { assertPlan, type PlanProblem } from './plan-problem.ts';
import { keptByUser, RowTable } from './row-table.ts';

/** Columns of one user stand together, and within them those of one group. */
export interface UserBlocks {
  /** First group of each user, and the number of groups. */
  readonly groupStarts: Int32Array;
  /** First column of each group, and the number of columns. */
  readonly columnStarts: Int32Array;
  /** How many of a group's columns may be taken together, which is also the upper bound of each. */
  readonly groupCaps: Float64Array;
  /** Of all that is taken for the user; may be Infinity. */
  readonly userCaps: Float64Array;
}

/** A plan as rows and columns, with what is needed to name them. */
export interface PlanModel {
  readonly problem: PlanProblem;
  readonly linear: LinearModel;
  readonly candidates: Candidates;
  readonly rowTable: RowTable;
  readonly blocks: UserBlocks;
  /** By row: 1 where the choice for a user keeps the limit by itself, else 0. */
  readonly isKeptByUser: Uint8Array;
  readonly leftOut: LeftOut;
}

/**
 * The linear form of a plan: a column for each candidate; rows for budget, capacities and floors, and, where they can
 * bind at all, for the caps of users.
 *
 * @throws RangeError as `assertPlan` does, and for an offer that stands there twice.
 */
export function buildPlanModel(problem: PlanProblem): PlanModel {
  assertPlan(problem);
  const { candidates, leftOut } = findCandidates(problem);
  const blocks = findBlocks(problem, candidates);
  const rowTable = new RowTable();
  const coupling = addCouplingRows(problem, rowTable);
  const own = addUserRows(problem, { candidates, blocks, rowTable });
  const count = candidates.users.length;
  const starts = new Int32Array(count + 1);
  const rows: number[] = [];
  const coefficients: number[] = [];
  for (let j = 0; j < count; j++) {
    for (const [row, coefficient] of couplingRowsOf(problem, { coupling, candidates, column: j })) {
      rows.push(row);
      coefficients.push(coefficient);
    }
    for (const rowOf of own) {
      const row = rowOf[j] as number;
      if (row < 0) continue;
      rows.push(row);
      coefficients.push(1);
    }
    starts[j + 1] = rows.length;
  }
  const upper = Float64Array.from(candidates.users, (user) => problem.users[user]?.people ?? 0);
  const matrix = { starts, rows: Int32Array.from(rows), coefficients: Float64Array.from(coefficients) };
  const linear = { values: candidates.values, upper, ...rowTable.limits(), ...matrix };
  const isKeptByUser = Uint8Array.from(rowTable.rows, (row) => Number(keptByUser(row)));
  return { problem, linear, candidates, rowTable, blocks, isKeptByUser, leftOut };
}

function findBlocks({ users, oncePerContent }: PlanProblem, candidates: Candidates): UserBlocks {
  const groupStarts = new Int32Array(users.length + 1);
  const columnStarts: number[] = [];
  const groupCaps: number[] = [];
  const { length } = candidates.users;
  let user = 0;
  for (let j = 0; j < length; j++) {
    const sameGroup =
      j > 0 &&
      candidates.users[j] === candidates.users[j - 1] &&
      candidates.contents[j] === candidates.contents[j - 1] &&
      (oncePerContent || candidates.channels[j] === candidates.channels[j - 1]);
    if (sameGroup) continue;
    while (user < (candidates.users[j] as number)) groupStarts[++user] = columnStarts.length;
    columnStarts.push(j);
    groupCaps.push(users[user]?.people ?? 0);
  }
  while (user < users.length) groupStarts[++user] = columnStarts.length;
  const userCaps = users.map(({ cap, people }) => (cap === null ? Number.POSITIVE_INFINITY : cap * people));
  return {
    groupStarts,
    columnStarts: Int32Array.from([...columnStarts, length]),
    groupCaps: Float64Array.from(groupCaps),
    userCaps: Float64Array.from(userCaps),
  };
}

/** @returns for each kind of row the row of each column, or -1 */
function addUserRows(
  problem: PlanProblem,
  { candidates, blocks, rowTable }: { candidates: Candidates; blocks: UserBlocks; rowTable: RowTable },
): Int32Array[] {
  const count = candidates.users.length;
  const [once, capped, byChannel] = [0, 1, 2].map(() => new Int32Array(count).fill(-1)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const { groupStarts, columnStarts, groupCaps, userCaps } = blocks;
  problem.users.forEach((user, u) => {
    let most = 0;
    for (let g = groupStarts[u] as number; g < (groupStarts[u + 1] as number); g++) {
      const [from, to] = [columnStarts[g] as number, columnStarts[g + 1] as number];
      most += groupCaps[g] as number;
      if (to - from > 1) {
        const channel = problem.oncePerContent ? -1 : (candidates.channels[from] as number);
        const name = { kind: 'ONCE', user: u, content: candidates.contents[from] as number, channel } as const;
        once.fill(rowTable.atMost(name, groupCaps[g] as number), from, to);
      }
    }
    const [from, to] = [columnStarts[groupStarts[u] as number], columnStarts[groupStarts[u + 1] as number]];
    const cap = userCaps[u] as number;
    if (most > cap) capped.fill(rowTable.atMost({ kind: 'USER_CAP', user: u }, cap), from, to);
    problem.channels.forEach(({ id }, channel) => {
      const channelCap = user.channelCaps.get(id);
      if (channelCap === undefined) return;
      const columns = columnsOf(candidates.channels, channel, { from: from as number, to: to as number });
      if (columns.length <= channelCap) return;
      const row = rowTable.atMost({ kind: 'USER_CHANNEL_CAP', user: u, channel }, channelCap * user.people);
      for (const j of columns) byChannel[j] = row;
    });
  });
  return [once, capped, byChannel];
}

function columnsOf(channels: Int32Array, channel: number, { from, to }: { from: number; to: number }): number[] {
  const columns: number[] = [];
  for (let j = from; j < to; j++) if (channels[j] === channel) columns.push(j);
  return columns;
}
