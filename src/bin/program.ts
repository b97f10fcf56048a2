import { print } from './output.ts';

/** A mistake of the person at the command line, or of the environment: told without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** One thing that a program opened. */
export interface Opened {
  /** Finishes what is under way and closes it. */
  close(): Promise<void>;
  /** Gives up at once what would outlive the process. */
  abandon?(): void;
}

/** What a program is given while it starts. */
export interface Run {
  /** Aborted when the program is told to stop: a start that is under way goes no further then. */
  readonly stopping: AbortSignal;
  /** Takes charge of something opened; in the end all are closed, the last one first. */
  own<T extends Opened>(opened: T): T;
}

/**
 * The npm command line passes on a signal that the terminal has sent to us as well: what follows this soon is the same
 * wish, not a second one.
 */
const SAME_WISH_MS = 500;
const TOLD_PLAINLY = ['UsageError', 'ConfigError', 'DataFolderInUseError', 'ServiceUnavailableError'];

/**
 * Runs a process from start to stop and exits. SIGINT, SIGTERM or SIGHUP stops it, also while it still starts; a second one
 * ends it by force. The exit code is 0 after a stop and 1 after a failure or by force.
 */
export async function runProgram(start: (run: Run) => Promise<void>): Promise<never> {
  const owned: Opened[] = [];
  const stopping = new AbortController();
  const asked = Promise.withResolvers<void>();
  endOnSignals({
    onFirst() {
      print('Stopping: what is under way is finished. Once more ends it by force.');
      stopping.abort();
      asked.resolve();
    },
    force() {
      for (const opened of owned) opened.abandon?.();
      process.exit(1);
    },
  });
  let code = 0;
  try {
    await start({
      stopping: stopping.signal,
      own(opened) {
        owned.push(opened);
        return opened;
      },
    });
    await asked.promise;
  } catch (error) {
    if (!stopping.signal.aborted) code = complain(error);
  }
  for (const opened of owned.toReversed()) {
    await opened.close().catch((error: unknown) => {
      code = complain(error);
    });
  }
  if (stopping.signal.aborted) print('Stopped.');
  process.exit(code);
}

function endOnSignals({ onFirst, force }: { onFirst: () => void; force: () => void }): void {
  let firstAtMs: number | undefined;
  const onSignal = () => {
    const nowMs = performance.now();
    if (firstAtMs === undefined) {
      firstAtMs = nowMs;
      onFirst();
    } else if (nowMs - firstAtMs > SAME_WISH_MS) force();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).on('SIGHUP', onSignal);
  process.on('uncaughtException', (error) => {
    complain(error);
    force();
  });
}

function complain(error: unknown): 1 {
  const isPlain = error instanceof Error && TOLD_PLAINLY.includes(error.name);
  const text = error instanceof Error ? (isPlain ? error.message : error.stack) : String(error);
  process.stderr.write(`${text}\n`);
  return 1;
}
