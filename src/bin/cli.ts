import { Command } from 'commander';
import { migrationsCommand } from './migrations.command.ts';

const program = new Command('tributary')
  .description('Operate Tributary from the command line.')
  .showHelpAfterError()
  .addCommand(migrationsCommand());

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
