import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifyProofCommand } from '../../../src/bin/verify-proof.command.ts';
import { MerkleTree, merkleLeafHash } from '../../../src/ledger/index.ts';

let folder: string;

beforeEach(async () => {
  process.exitCode = undefined;
  folder = await mkdtemp(join(tmpdir(), 'tributary-proof-'));
});

afterEach(async () => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
  await rm(folder, { recursive: true });
});

const LEAF = '{"amountMinor":"7000","position":1,"record":"LINE"}';

function aProof() {
  const tree = new MerkleTree(['header', LEAF, 'other'].map((leaf) => merkleLeafHash(Buffer.from(leaf))));
  const { index, size, path } = tree.proof(1);
  const hashes = path.map((hash) => hash.toString('hex'));
  return { leaf: LEAF, index, size, path: hashes, root: tree.root.toString('hex') };
}

/** @returns what was printed, and the exit code */
async function run(content: string, ...options: string[]) {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  const file = join(folder, 'proof.json');
  await writeFile(file, content);
  await verifyProofCommand()
    .exitOverride()
    .parseAsync([file, ...options], { from: 'user' });
  return { output, code: process.exitCode ?? 0 };
}

describe('verify-proof', () => {
  it('says that a proof holds, with exit code 0', async () => {
    const proof = aProof();
    const { output, code } = await run(JSON.stringify(proof), '--root', proof.root.toUpperCase());
    expect(output).toBe(`The proof holds. The line is one of the statement with this root.\nRoot: ${proof.root}\n`);
    expect(code).toBe(0);
  });

  it('says what does not hold, with exit code 1', async () => {
    const proof = { ...aProof(), leaf: LEAF.replace('7000', '7001') };
    const { output, code } = await run(JSON.stringify(proof), '--json');
    expect(JSON.parse(output)).toEqual({
      kind: 'LINE',
      holds: false,
      root: proof.root,
      detail: 'The way from the leaf does not lead to the root.',
    });
    expect(code).toBe(1);
  });

  it('is not content with another root than the one that was noted', async () => {
    const { output, code } = await run(JSON.stringify(aProof()), '--root', 'f'.repeat(64));
    expect(output).toContain('DOES NOT HOLD');
    expect(code).toBe(1);
  });

  it.each(['', '{', '"text"', '[]'])('fails on a file that holds no proof: %j', async (content) => {
    await expect(run(content)).rejects.toThrow(/is not JSON|neither the proof of a line nor a statement/);
  });
});
