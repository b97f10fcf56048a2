const EMPTY = -1;
const FIRST_SLOTS = 1_024;
const FIRST_STEPS = 4_096;

/**
 * Numbers distinct sequences of whole numbers 0, 1, 2, ... in the order in which they are first seen. Holds them in flat
 * arrays: a million sequences cost four bytes a step and some twelve bytes each, and no object.
 */
export class SequenceTable {
  #slots = new Int32Array(FIRST_SLOTS).fill(EMPTY);
  #hashes = new Int32Array(FIRST_SLOTS);
  #offsets = new Int32Array(FIRST_SLOTS + 1);
  #steps = new Int32Array(FIRST_STEPS);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The number of the sequence in `source` from `from` to before `to`; a new one when it was not seen before. */
  numberOf(source: ArrayLike<number>, from = 0, to = source.length): number {
    const hash = hashOf(source, from, to);
    let slot = hash & (this.#slots.length - 1);
    for (;;) {
      const number = this.#slots[slot] as number;
      if (number === EMPTY) break;
      if (this.#hashes[number] === hash && this.#equals(number, source, from, to)) return number;
      slot = (slot + 1) & (this.#slots.length - 1);
    }
    this.#slots[slot] = this.#count;
    return this.#append(source, from, to, hash);
  }

  /** All sequences: number n is `steps` from `offsets[n]` to before `offsets[n + 1]`. Views, valid until the next is added. */
  sequences(): { readonly offsets: Int32Array; readonly steps: Int32Array } {
    const offsets = this.#offsets.subarray(0, this.#count + 1);
    return { offsets, steps: this.#steps.subarray(0, offsets[this.#count]) };
  }

  #equals(number: number, source: ArrayLike<number>, from: number, to: number): boolean {
    const start = this.#offsets[number] as number;
    if ((this.#offsets[number + 1] as number) - start !== to - from) return false;
    for (let at = from; at < to; at++) if (this.#steps[start + at - from] !== source[at]) return false;
    return true;
  }

  #append(source: ArrayLike<number>, from: number, to: number, hash: number): number {
    const number = this.#count;
    const start = this.#offsets[number] as number;
    const end = start + to - from;
    while (end > this.#steps.length) this.#steps = grown(this.#steps, 2 * this.#steps.length);
    for (let at = from; at < to; at++) this.#steps[start + at - from] = source[at] as number;
    this.#hashes[number] = hash;
    this.#offsets[number + 1] = end;
    this.#count++;
    // At most half of the slots are taken, so that a search ends soon.
    if (2 * this.#count >= this.#slots.length) this.#grow();
    return number;
  }

  #grow(): void {
    const size = 2 * this.#slots.length;
    this.#hashes = grown(this.#hashes, size);
    this.#offsets = grown(this.#offsets, size + 1);
    this.#slots = new Int32Array(size).fill(EMPTY);
    for (let number = 0; number < this.#count; number++) {
      let slot = (this.#hashes[number] as number) & (size - 1);
      while (this.#slots[slot] !== EMPTY) slot = (slot + 1) & (size - 1);
      this.#slots[slot] = number;
    }
  }
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(array);
  return larger;
}

/** Each step is mixed in by the finaliser of MurmurHash3, so that low bits depend on all. */
function hashOf(source: ArrayLike<number>, from: number, to: number): number {
  let hash = 0x9e3779b9 ^ (to - from);
  for (let at = from; at < to; at++) {
    hash = Math.imul(hash ^ (source[at] as number), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash | 0;
}
