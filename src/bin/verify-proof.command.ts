import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { checkProof, type ProofVerdict } from '../statements/index.ts';
import { print } from './output.ts';

/** `verify-proof`: checks a proof from its file alone. The exit code is 1 when it does not hold. */
export function verifyProofCommand(): Command {
  return new Command('verify-proof')
    .description(
      'Check the proof of a statement line, or a whole statement in JSON, without a database: that it leads to its root.',
    )
    .argument('<file>', 'JSON: what the field "proof" of a line answered, or the JSON export of a statement')
    .option('--root <hash>', 'the root that was noted earlier; without it the root in the file is taken')
    .option('--json', 'print one JSON object', false)
    .action(async (file: string, { root, json }: { root?: string; json: boolean }) => {
      const verdict = checkProof(await readJson(file), root?.toLowerCase());
      print(json ? JSON.stringify(verdict) : toText(verdict));
      if (!verdict.holds) process.exitCode = 1;
    });
}

/** @throws Error when the file is not JSON */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not JSON.`);
  }
}

function toText({ holds, root, detail }: ProofVerdict): string {
  return `${holds ? 'The proof holds.' : 'The proof DOES NOT HOLD.'} ${detail}\nRoot: ${root ?? 'none'}`;
}
