import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { merkleProof, merkleRoot, verifyMerkleProof } from '../../../src/ledger/index.ts';

/** Leaves and roots of the reference implementation of Certificate Transparency (RFC 6962). */
const LEAVES = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => Buffer.from(hex, 'hex'),
);
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaf = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes));
const tree = fc
  .array(leaf, { minLength: 1, maxLength: 70 })
  .chain((leaves) => fc.tuple(fc.constant(leaves), fc.nat(leaves.length - 1)));

function sha256(...parts: readonly Buffer[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

/** The largest power of two below the number of leaves. */
function splitOf(leaves: readonly Buffer[]): number {
  return 2 ** (Math.ceil(Math.log2(leaves.length)) - 1);
}

/** MTH(D[n]), as section 2.1 has it. */
function hashOfTree(leaves: readonly Buffer[]): Buffer {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  const k = splitOf(leaves);
  return sha256(Buffer.of(1), hashOfTree(leaves.slice(0, k)), hashOfTree(leaves.slice(k)));
}

/** PATH(m, D[n]), as section 2.1.1 has it. */
function pathInTree(leaves: readonly Buffer[], m: number): Buffer[] {
  if (leaves.length === 1) return [];
  const k = splitOf(leaves);
  const [left, right] = [leaves.slice(0, k), leaves.slice(k)];
  return m < k ? [...pathInTree(left, m), hashOfTree(right)] : [...pathInTree(right, m - k), hashOfTree(left)];
}

/** The same bytes with one bit turned over; a byte more when there is none. */
function flip(bytes: Buffer, bit: number): Buffer {
  if (bytes.length === 0) return Buffer.of(0);
  const copy = Buffer.from(bytes);
  const at = Math.floor(bit / 8) % copy.length;
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << (bit % 8)), at);
  return copy;
}

describe('a Merkle tree', () => {
  it.each(ROOTS.map((root, size) => [size, root] as const))(
    'of %d leaves has the root of the reference',
    (size, root) => {
      expect(merkleRoot(LEAVES.slice(0, size)).toString('hex')).toBe(root);
    },
  );

  it('has the root and the proofs of the recursion that the RFC defines', () => {
    fc.assert(
      fc.property(tree, ([leaves, index]) => {
        expect(merkleRoot(leaves)).toEqual(hashOfTree(leaves));
        expect(merkleProof(leaves, index).path).toEqual(pathInTree(leaves, index));
      }),
      { numRuns: 300 },
    );
  });

  it('proves every leaf of it', () => {
    fc.assert(
      fc.property(tree, ([leaves, index]) => {
        const proof = merkleProof(leaves, index);
        expect(verifyMerkleProof(leaves[index] ?? Buffer.of(), proof, merkleRoot(leaves))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('proves nothing when one bit of leaf, path or root is another', () => {
    fc.assert(
      fc.property(tree, fc.nat(), fc.nat(), ([leaves, index], bit, pick) => {
        const [proved, proof, root] = [leaves[index] ?? Buffer.of(), merkleProof(leaves, index), merkleRoot(leaves)];
        expect(verifyMerkleProof(flip(proved, bit), proof, root)).toBe(false);
        expect(verifyMerkleProof(proved, proof, flip(root, bit))).toBe(false);
        const at = pick % Math.max(1, proof.path.length);
        const path = proof.path.map((hash, place) => (place === at ? flip(hash, bit) : hash));
        if (path.length > 0) expect(verifyMerkleProof(proved, { ...proof, path }, root)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('proves nothing by a path that is too short, too long, or of another place', () => {
    const leaves = LEAVES.slice(0, 7);
    const [root, proof, proved] = [merkleRoot(leaves), merkleProof(leaves, 4), LEAVES[4] ?? Buffer.of()];
    expect(verifyMerkleProof(proved, proof, root)).toBe(true);
    expect(verifyMerkleProof(proved, { ...proof, path: proof.path.slice(1) }, root)).toBe(false);
    expect(verifyMerkleProof(proved, { ...proof, path: [...proof.path, root] }, root)).toBe(false);
    for (const [index, size] of [
      [3, 7],
      [7, 7],
      [-1, 7],
      [0.5, 7],
    ] as const) {
      expect(verifyMerkleProof(proved, { ...proof, index, size }, root)).toBe(false);
    }
  });

  it('does not take an inner node for a leaf', () => {
    const [first = Buffer.of(), second = Buffer.of()] = LEAVES.slice(2, 4);
    const root = merkleRoot([first, second]);
    const inner = Buffer.concat([first, second].map((one) => merkleRoot([one])));
    expect(merkleRoot([inner])).not.toEqual(root);
  });
});
