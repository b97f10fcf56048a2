const FIRST_SLOTS = 1 << 12;

/**
 * Remembers which names were seen, and on which line first, in 12 bytes a name and at most twice that while the table has
 * room to grow: a million lines take 24 MiB. Names are known by 64 bits of them; that two of a million lines share them by
 * chance happens once in forty million files.
 */
export class SeenNames {
  #high = new Uint32Array(FIRST_SLOTS);
  #low = new Uint32Array(FIRST_SLOTS);
  /** Zero marks an empty slot. */
  #lines = new Uint32Array(FIRST_SLOTS);
  #count = 0;

  /** @returns the line on which the name was seen first; null when that is this one */
  lineOf(name: string, line: number): number | null {
    const [high, low] = mixed(name);
    const slot = this.#slotOf(high, low);
    const seen = this.#lines[slot] ?? 0;
    if (seen !== 0) return seen;
    this.#put(slot, { high, low, line });
    if (++this.#count * 10 > this.#lines.length * 7) this.#grow();
    return null;
  }

  #slotOf(high: number, low: number): number {
    const mask = this.#lines.length - 1;
    let slot = (low ^ high) & mask;
    while (this.#lines[slot] !== 0 && (this.#high[slot] !== high || this.#low[slot] !== low)) slot = (slot + 1) & mask;
    return slot;
  }

  #put(slot: number, { high, low, line }: { high: number; low: number; line: number }): void {
    this.#high[slot] = high;
    this.#low[slot] = low;
    this.#lines[slot] = line;
  }

  #grow(): void {
    const [highs, lows, lines] = [this.#high, this.#low, this.#lines];
    this.#high = new Uint32Array(lines.length * 2);
    this.#low = new Uint32Array(lines.length * 2);
    this.#lines = new Uint32Array(lines.length * 2);
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] ?? 0;
      if (line === 0) continue;
      const [high = 0, low = 0] = [highs[at], lows[at]];
      this.#put(this.#slotOf(high, low), { high, low, line });
    }
  }
}

/** 64 bits of a text in two halves, each by multiplication and rotation as in MurmurHash3. */
function mixed(text: string): [high: number, low: number] {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    high = Math.imul(high ^ code, 0x9e3779b1);
    high = (high << 13) | (high >>> 19);
    low = Math.imul(low ^ code, 0x85ebca6b);
    low = (low << 15) | (low >>> 17);
  }
  return [finished(high ^ text.length, low), finished(low ^ text.length, high)];
}

function finished(half: number, other: number): number {
  let bits = Math.imul(half ^ (half >>> 16), 0x85ebca6b) ^ other;
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
