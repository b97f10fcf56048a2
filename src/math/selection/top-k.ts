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
    assertWhole('the capacity', capacity, { min: 1, max: 2 ** 31 - 1 });
    this.capacity = capacity;
    this.#indices = new Int32Array(capacity);
    this.#scores = new Float64Array(capacity);
    this.#ties = new Float64Array(capacity);
  }

  /** A candidate with a lower score than this would not be kept: lets the caller skip the offer, and its tie key. */
  get floor(): number {
    return this.#size < this.capacity ? Number.NEGATIVE_INFINITY : (this.#scores[0] as number);
  }

  offer(index: number, score: number, tie = index): void {
    const candidate = { index, score, tie };
    if (this.#size < this.capacity) {
      this.#size++;
      this.#siftUp(candidate);
    } else if (this.#isWorse(0, candidate)) {
      this.#siftDown(candidate);
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
      const moved = this.#at(last);
      this.#size = last;
      if (last > 0) this.#siftDown(moved);
    }
    return { indices, scores };
  }

  #siftUp(candidate: Candidate): void {
    let hole = this.#size - 1;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#isWorse(parent, candidate)) break;
      this.#move(parent, hole);
      hole = parent;
    }
    this.#put(hole, candidate);
  }

  #siftDown(candidate: Candidate): void {
    let hole = 0;
    while (true) {
      let child = 2 * hole + 1;
      if (child >= this.#size) break;
      if (child + 1 < this.#size && this.#isWorse(child + 1, this.#at(child))) child++;
      if (!this.#isWorse(child, candidate)) break;
      this.#move(child, hole);
      hole = child;
    }
    this.#put(hole, candidate);
  }

  #isWorse(position: number, than: Candidate): boolean {
    const score = this.#scores[position] as number;
    if (score !== than.score) return score < than.score;
    const tie = this.#ties[position] as number;
    if (tie !== than.tie) return tie > than.tie;
    return (this.#indices[position] as number) > than.index;
  }

  #at(position: number): Candidate {
    return {
      index: this.#indices[position] as number,
      score: this.#scores[position] as number,
      tie: this.#ties[position] as number,
    };
  }

  #move(from: number, to: number): void {
    this.#indices[to] = this.#indices[from] as number;
    this.#scores[to] = this.#scores[from] as number;
    this.#ties[to] = this.#ties[from] as number;
  }

  #put(position: number, candidate: Candidate): void {
    this.#indices[position] = candidate.index;
    this.#scores[position] = candidate.score;
    this.#ties[position] = candidate.tie;
  }
}

interface Candidate {
  readonly index: number;
  readonly score: number;
  readonly tie: number;
}
