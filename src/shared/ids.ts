import { createHash, randomFillSync } from 'node:crypto';
import { V7Generator } from 'uuidv7';

/** Makes identifiers. Passed in, so that a seed makes the same ones at every run. */
export interface IdSource {
  next(): string;
}

const RANDOM_WORDS = 1_024;

/** Asks the system for randomness a page at a time: by the handful it is most of what making an identifier costs. */
class RandomWords {
  readonly #words = new Uint32Array(RANDOM_WORDS);
  #next = RANDOM_WORDS;

  nextUint32(): number {
    if (this.#next === RANDOM_WORDS) {
      randomFillSync(this.#words);
      this.#next = 0;
    }
    return this.#words[this.#next++] ?? 0;
  }
}

const generator = new V7Generator(new RandomWords());

/** UUID version 7: ordered by creation time, which keeps B-tree inserts at the right edge. */
export const randomIds: IdSource = { next: () => generator.generate().toString() };

/**
 * The identifier of a thing that already has a name elsewhere (an imported course, a seeded partner): the same name
 * gives the same UUID at every run. Laid out as UUID version 8 (RFC 9562), SHA-256 of namespace and name.
 */
export function idFromName(namespace: string, name: string): string {
  const bytes = createHash('sha256').update(`${namespace}\u0000${name}`).digest().subarray(0, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
