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
  return rootOf(leaves.map(merkleLeafHash));
}

/** @throws InvariantError when there is no leaf at `index` */
export function merkleProof(leaves: readonly Buffer[], index: number): MerkleProof {
  invariant(Number.isInteger(index) && index >= 0 && index < leaves.length, `leaf ${index} is one of ${leaves.length}`);
  return { index, size: leaves.length, path: pathOf(leaves.map(merkleLeafHash), index) };
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

function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return sha256();
  let level = hashes;
  // Pairs from the left, an odd last one as it is: the same tree as by splitting at the largest power of two.
  while (level.length > 1) level = nextLevel(level);
  return present(level[0], 'the root');
}

function nextLevel(level: readonly Buffer[]): Buffer[] {
  const next = [];
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [present(level[at], 'a node'), level[at + 1]];
    next.push(right ? sha256(NODE, left, right) : left);
  }
  return next;
}

function pathOf(hashes: readonly Buffer[], index: number): Buffer[] {
  const path = [];
  let [level, at] = [hashes, index];
  while (level.length > 1) {
    const neighbour = level[at % 2 === 0 ? at + 1 : at - 1];
    if (neighbour) path.push(neighbour);
    [level, at] = [nextLevel(level), half(at)];
  }
  return path;
}

function half(number: number): number {
  return Math.floor(number / 2);
}

function sha256(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
