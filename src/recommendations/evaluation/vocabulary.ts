/** Numbers names in the order in which they first come up, from 0. */
export class Vocabulary {
  readonly #indexByName = new Map<string, number>();

  get size(): number {
    return this.#indexByName.size;
  }

  /** In the order of their numbers. */
  names(): string[] {
    return [...this.#indexByName.keys()];
  }

  indexOf(name: string): number {
    const known = this.#indexByName.get(name);
    if (known !== undefined) return known;
    const index = this.#indexByName.size;
    this.#indexByName.set(name, index);
    return index;
  }
}
