/** What a row of a plan is about; numbers are places in the lists of the problem. */
export type PlanRow =
  | { readonly kind: 'BUDGET' }
  | { readonly kind: 'CHANNEL_CAPACITY'; readonly channel: number }
  | { readonly kind: 'SLOT_CAPACITY'; readonly channel: number; readonly slot: number }
  | { readonly kind: 'CONTENT_FLOOR'; readonly content: number }
  | { readonly kind: 'PARTNER_FLOOR'; readonly partner: number }
  | { readonly kind: 'USER_CAP'; readonly user: number }
  | { readonly kind: 'USER_CHANNEL_CAP'; readonly user: number; readonly channel: number }
  /** The channel is -1 when a content is sent once whatever the channel. */
  | { readonly kind: 'ONCE'; readonly user: number; readonly content: number; readonly channel: number };

/** The rows of a plan in order, with their limits. */
export class RowTable {
  readonly rows: PlanRow[] = [];
  readonly #lower: number[] = [];
  readonly #upper: number[] = [];

  /** @returns the number of the new row */
  atMost(row: PlanRow, limit: number): number {
    return this.#add(row, Number.NEGATIVE_INFINITY, limit);
  }

  /** @returns the number of the new row */
  atLeast(row: PlanRow, limit: number): number {
    return this.#add(row, limit, Number.POSITIVE_INFINITY);
  }

  limits(): { rowLower: Float64Array; rowUpper: Float64Array } {
    return { rowLower: Float64Array.from(this.#lower), rowUpper: Float64Array.from(this.#upper) };
  }

  #add(row: PlanRow, lower: number, upper: number): number {
    this.#lower.push(lower);
    this.#upper.push(upper);
    return this.rows.push(row) - 1;
  }
}

/** Whether a row is about many users: budget, capacities and floors. */
export function couplesUsers({ kind }: PlanRow): boolean {
  return kind !== 'USER_CAP' && kind !== 'USER_CHANNEL_CAP' && kind !== 'ONCE';
}

/** Rows that the choice for one user keeps by itself, when it takes the best of each group up to the user's cap. */
export function keptByUser({ kind }: PlanRow): boolean {
  return kind === 'USER_CAP' || kind === 'ONCE';
}
