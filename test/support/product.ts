import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const READY_WITHIN_MS = 80_000;

/** A process of the product, as a person starts it. */
export interface ProductProcess extends AsyncDisposable {
  readonly child: ChildProcess;
  /** What it said so far. */
  output(): string;
  /** Address of its API; waits until it is ready. @throws Error with its output when it ends before */
  ready(): Promise<string>;
  /** Waits for its end. @returns the exit code; null when a signal ended it */
  ended(): Promise<number | null>;
}

/**
 * @param program `serve.ts --with-workers` and the like
 * @param environment nothing else of ours is passed on
 */
export function startProduct(program: string, environment: Record<string, string>): ProductProcess {
  const [file = '', ...flags] = program.split(' ');
  const env = { PATH: process.env.PATH ?? '', PORT: '0', LOG_LEVEL: 'warn', DEMO_DATA: 'never', ...environment };
  const child = spawn(process.execPath, ['--import', 'tsx', `src/bin/${file}`, ...flags], { cwd: ROOT, env });
  let text = '';
  const exit = once(child, 'close').then(([code]) => code as number | null);
  const ready = new Promise<string>((settle, fail) => {
    const read = (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.includes('Ready after')) settle(/http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? '');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const giveUp = () => fail(new Error(`It did not get ready:\n${text}`));
    void exit.then(giveUp);
    setTimeout(giveUp, READY_WITHIN_MS).unref();
  });
  // Not every test waits for it.
  ready.catch(() => undefined);
  return {
    child,
    output: () => text,
    ready: () => ready,
    ended: () => exit,
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}
