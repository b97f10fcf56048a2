import type { Command } from 'commander';
import { vi } from 'vitest';

/**
 * What a command prints. It throws in place of ending the process, and is silent on the standard error stream. The spy is
 * the caller's to restore.
 */
export async function runCommand(command: Command, words: readonly string[]): Promise<string> {
  let output = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    output += chunk;
    return true;
  });
  for (const part of [command, ...command.commands]) part.exitOverride().configureOutput({ writeErr: () => {} });
  try {
    await command.parseAsync([...words], { from: 'user' });
  } finally {
    // Other tests of this process set out with none.
    process.exitCode = undefined;
  }
  return output;
}
