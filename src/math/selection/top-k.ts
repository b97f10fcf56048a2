import { assertWhole } from '../assert.ts';

/**
 * Keeps the best k of a stream of candidates in O(n log k) time and O(k) memory: a binary heap with the worst kept
 * candidate at the root. Better is the higher score; of equal scores the lower tie key; of equal keys the lower index.
 * So the outcome does not depend on the order of the offers.
 */
export class TopK {
  readonly capacity: number;
  readonly #indices: Int32Array;
  readonly #scores: Float64Array;
  readonly #ties: Float64Array;
  #size = 0;

  /** @throws RangeError when the capacity is no whole number from 1. */
  constructor(capacity: number) {
    assertWhole('the capacity', capacity, { min: 1, max: 2 ** 31 - 2 });
    this.capacity = capacity;
    // The place after the heap holds the candidate that is looked at: an object for each would cost as much as the rest.
    this.#indices = new Int32Array(capacity + 1);
    this.#scores = new Float64Array(capacity + 1);
    this.#ties = new Float64Array(capacity + 1);
  }

  /** A candidate with a lower score than this would not be kept: lets the caller skip the offer, and its tie key. */
  get floor(): number {
    return this.#size < this.capacity ? Number.NEGATIVE_INFINITY : (this.#scores[0] as number);
  }

  offer(index: number, score: number, tie = index): void {
    this.#indices[this.capacity] = index;
    this.#scores[this.capacity] = score;
    this.#ties[this.capacity] = tie;
    if (this.#size < this.capacity) {
      this.#size++;
      this.#siftUp();
    } else if (this.#isWorse(0, this.capacity)) {
      this.#siftDown();
    }
  }

  /** Empties the selection, best first. */
  drain(): { indices: Int32Array; scores: Float64Array } {
    const indices = new Int32Array(this.#size);
    const scores = new Float64Array(this.#size);
    while (this.#size > 0) {
      const last = this.#size - 1;
      indices[last] = this.#indices[0] as number;
      scores[last] = this.#scores[0] as number;
      this.#move(last, this.capacity);
      this.#size = last;
      if (last > 0) this.#siftDown();
    }
    return { indices, scores };
  }

  /** Puts the candidate where it belongs on the way from the last place to the root. */
  #siftUp(): void {
    let hole = this.#size - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#isWorse(parent, this.capacity)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#move(this.capacity, hole);
  }

  /** Puts the candidate where it belongs on the way from the root, whose own one is gone, to a leaf. */
  #siftDown(): void {
    let hole = 0;
    while (true) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isWorse(child + 1, child)) child++;
      if (!this.#isWorse(child, this.capacity)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#move(this.capacity, hole);
  }

  #isWorse(position: number, than: number): boolean {
    const score = this.#scores[position] as number;
    const otherScore = this.#scores[than] as number;
    if (score !== otherScore) return score < otherScore;
    const tie = this.#ties[position] as number;
    const otherTie = this.#ties[than] as number;
    if (tie !== otherTie) return tie > otherTie;
    return (this.#indices[position] as number) > (this.#indices[than] as number);
  }

  #move(from: number, to: number): void {
    this.#indices[to] = this.#indices[from] as number;
    this.#scores[to] = this.#scores[from] as number;
    this.#ties[to] = this.#ties[from] as number;
  }
}
