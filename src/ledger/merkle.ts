import { createHash } from 'node:crypto';
import { invariant, present } from '../shared/invariant.ts';

/** What proves that a leaf is in a tree. */
export interface MerkleProof {
  /** Place of the leaf, from 0. */
  readonly index: number;
  /** Number of leaves of the tree. */
  readonly size: number;
  /** Hashes of the neighbours on the way from the leaf to the root. */
  readonly path: readonly Buffer[];
}

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** Hash of a leaf by RFC 6962, section 2.1: SHA-256 over 0 and its bytes, so that no inner node can pass for a leaf. */
export function merkleLeafHash(leaf: Buffer): Buffer {
  return sha256(LEAF, leaf);
}

/** Merkle tree hash by RFC 6962, section 2.1. An empty list has the hash of nothing. @param leaves their bytes */
export function merkleRoot(leaves: readonly Buffer[]): Buffer {
  return new MerkleTree(leaves.map(merkleLeafHash)).root;
}

/** @throws InvariantError when there is no leaf at `index` */
export function merkleProof(leaves: readonly Buffer[], index: number): MerkleProof {
  return new MerkleTree(leaves.map(merkleLeafHash)).proof(index);
}

/** A tree over hashes of leaves, built once for its root and any number of proofs. */
export class MerkleTree {
  readonly #levels: readonly (readonly Buffer[])[];

  constructor(leafHashes: readonly Buffer[]) {
    const levels = [leafHashes];
    // Pairs from the left, an odd last one as it is: the same tree as by splitting at the largest power of two.
    for (let level = leafHashes; level.length > 1; ) {
      level = nextLevel(level);
      levels.push(level);
    }
    this.#levels = levels;
  }

  /** That of an empty tree is the hash of nothing. */
  get root(): Buffer {
    return this.#levels.at(-1)?.[0] ?? sha256();
  }

  /** @throws InvariantError when there is no leaf at `index` */
  proof(index: number): MerkleProof {
    const size = this.#levels[0]?.length ?? 0;
    invariant(Number.isInteger(index) && index >= 0 && index < size, `leaf ${index} is one of ${size}`);
    const path = [];
    let at = index;
    for (const level of this.#levels) {
      const neighbour = level[at % 2 === 0 ? at + 1 : at - 1];
      if (neighbour) path.push(neighbour);
      at = half(at);
    }
    return { index, size, path };
  }
}

/** Whether the proof leads from this leaf to this root: RFC 9162, section 2.1.3.2. False for a proof of a wrong form. */
export function verifyMerkleProof(leaf: Buffer, { index, size, path }: MerkleProof, root: Buffer): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [at, last, hash] = [index, size - 1, merkleLeafHash(leaf)];
  for (const neighbour of path) {
    if (last === 0) return false;
    if (at % 2 === 1 || at === last) {
      hash = sha256(NODE, neighbour, hash);
      // A right edge without a neighbour of its own rises until it has one.
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = sha256(NODE, hash, neighbour);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && hash.equals(root);
}

function nextLevel(level: readonly Buffer[]): Buffer[] {
  const next = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [present(level[at], 'a node'), level[at + 1]];
    next.push(right ? sha256(NODE, left, right) : left);
  }
  return next;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
