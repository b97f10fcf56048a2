import { readConfig } from '../platform/config.ts';
import { createServices, type Services } from '../services.ts';
import { type OpenPlatform, openPlatform } from './open-platform.ts';

/** What a command works with. */
export interface CommandContext extends Pick<OpenPlatform, 'platform' | 'databaseUrl'> {
  readonly services: Services;
  /** Aborted by Ctrl-C: the command stops at the next place where it can. */
  readonly signal: AbortSignal;
}

const INTERRUPTED_CODE = 130;

/**
 * Runs one command on the database of the configuration: beside the product when it runs on the data folder, else with
 * a server of its own for as long as the command takes. The first Ctrl-C asks the command to stop, the second ends the
 * process and the server at once; what was not committed is gone then.
 *
 * @throws Error with a plain message when Ctrl-C stopped the command
 */
export async function withPlatform(work: (context: CommandContext) => Promise<void>): Promise<void> {
  const opened = await openPlatform(readConfig(process.env), { mayJoin: true });
  const interrupted = new AbortController();
  const onSignal = () => {
    if (interrupted.signal.aborted) {
      opened.abandon();
      process.exit(INTERRUPTED_CODE);
    }
    process.exitCode = INTERRUPTED_CODE;
    interrupted.abort(new Error('Stopped. Nothing was kept.'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  try {
    await work({ ...opened, services: createServices(opened.platform), signal: interrupted.signal });
  } finally {
    await opened.close();
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal).off('SIGHUP', onSignal);
  }
}
