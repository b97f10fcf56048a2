const INITIAL_CAPACITY = 1_024;

interface NumberedInteraction {
  readonly userId: string;
  readonly contentId: string;
  readonly kind: number;
  readonly occurredAtMs: number;
  readonly value: number;
}

/**
 * Interactions as columns of equal length, a place for each. People and contents are numbered densely: people as they
 * come, contents, after `finish`, in the order of their ids.
 */
export class InteractionColumns {
  users = new Int32Array(INITIAL_CAPACITY);
  contents = new Int32Array(INITIAL_CAPACITY);
  /** Place in `INTERACTION_KINDS`. */
  kinds = new Uint8Array(INITIAL_CAPACITY);
  occurredAtMs = new Float64Array(INITIAL_CAPACITY);
  /** NaN for kinds without a value. */
  values = new Float64Array(INITIAL_CAPACITY);
  /** The id of each content, by its number. */
  contentIds: string[] = [];
  length = 0;
  readonly #userNumbers = new Map<string, number>();
  readonly #contentNumbers = new Map<string, number>();

  /** The id of each person, by number. */
  get userIds(): string[] {
    return [...this.#userNumbers.keys()];
  }

  get userCount(): number {
    return this.#userNumbers.size;
  }

  add(row: NumberedInteraction): void {
    if (this.length === this.users.length) this.#resize(this.length * 2);
    const at = this.length++;
    this.users[at] = numberOf(this.#userNumbers, row.userId);
    this.contents[at] = numberOf(this.#contentNumbers, row.contentId);
    this.kinds[at] = row.kind;
    this.occurredAtMs[at] = row.occurredAtMs;
    this.values[at] = row.value;
  }

  /** Cuts the columns to their length and numbers the contents anew. */
  finish(): void {
    this.#resize(this.length);
    this.contentIds = [...this.#contentNumbers.keys()].sort();
    const newNumbers = new Int32Array(this.contentIds.length);
    this.contentIds.forEach((id, number) => {
      newNumbers[numberOf(this.#contentNumbers, id)] = number;
    });
    for (let at = 0; at < this.length; at++) this.contents[at] = newNumbers[this.contents[at] as number] as number;
  }

  #resize(capacity: number): void {
    this.users = resized(this.users, new Int32Array(capacity));
    this.contents = resized(this.contents, new Int32Array(capacity));
    this.kinds = resized(this.kinds, new Uint8Array(capacity));
    this.occurredAtMs = resized(this.occurredAtMs, new Float64Array(capacity));
    this.values = resized(this.values, new Float64Array(capacity));
  }
}

function resized<Column extends Int32Array | Uint8Array | Float64Array>(from: Column, into: Column): Column {
  into.set(from.subarray(0, into.length));
  return into;
}

function numberOf(numbers: Map<string, number>, id: string): number {
  const known = numbers.get(id);
  if (known !== undefined) return known;
  numbers.set(id, numbers.size);
  return numbers.size - 1;
}
