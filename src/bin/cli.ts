import { Command } from 'commander';
import { errorText } from './error-text.ts';
import { endWithReader } from './output.ts';

/** Loaded only when asked for, so that no command waits for what another one needs. Help loads all. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ['attribute', async () => (await import('./attribute.command.ts')).attributeCommand()],
  ['budget', async () => (await import('./budget.command.ts')).budgetCommand()],
  ['demo', async () => (await import('./demo.command.ts')).demoCommand()],
  ['evaluate', async () => (await import('./evaluate.command.ts')).evaluateCommand()],
  ['experiment', async () => (await import('./experiment.command.ts')).experimentCommand()],
  ['import', async () => (await import('./import.command.ts')).importCommand()],
  ['ope', async () => (await import('./ope.command.ts')).opeCommand()],
  ['plan', async () => (await import('./plan.command.ts')).planCommand()],
  ['reconcile', async () => (await import('./reconcile.command.ts')).reconcileCommand()],
  ['recompute', async () => (await import('./recompute.command.ts')).recomputeCommand()],
  ['session', async () => (await import('./session.command.ts')).sessionCommand()],
  ['schema', async () => (await import('./schema.command.ts')).schemaCommand()],
  ['tune', async () => (await import('./tune.command.ts')).tuneCommand()],
  ['verify-ledger', async () => (await import('./verify-ledger.command.ts')).verifyLedgerCommand()],
  ['verify-proof', async () => (await import('./verify-proof.command.ts')).verifyProofCommand()],
  ['migrations', async () => (await import('./migrations.command.ts')).migrationsCommand()],
]);

endWithReader();

const program = new Command('tributary').description('Operate Tributary from the command line.').showHelpAfterError();
const asked = COMMANDS.get(process.argv[2] ?? '');
for (const load of asked ? [asked] : COMMANDS.values()) program.addCommand(await load());
endUsageErrorsWith(2, program);

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`error: ${errorText(error)}\n`);
  process.exitCode ??= 1;
}

/** A command that was called wrongly has not done its work and failed: scripts can tell the two apart. */
function endUsageErrorsWith(code: number, command: Command): void {
  command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : code));
  for (const one of command.commands) endUsageErrorsWith(code, one);
}
