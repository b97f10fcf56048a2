import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';

export interface ThreadOptions {
  /** How many at a time; by the processors, with one left to the rest of the program, unless given. */
  readonly threadCount?: number;
  /** How long one waits for a next task before it goes. */
  readonly idleMs?: number;
}

/** What a file of tasks exports: functions of one thing that travels, to another. */
type TasksOf<File> = { readonly [Name in keyof File]: (task: never) => unknown };

const IDLE_MS = 2_000;

/** Threads for heavy work. They come with the first task, go some time after the last one, and keep no process alive. */
export class WorkerThreads<Tasks extends TasksOf<Tasks>> {
  readonly #file: URL;
  readonly #options: ThreadOptions;
  #pool: Piscina | undefined;

  /** @param file what the threads run: plain TypeScript that Node runs as it is */
  constructor(file: URL, options: ThreadOptions = {}) {
    this.#file = file;
    this.#options = options;
  }

  run<Name extends keyof Tasks & string>(
    name: Name,
    task: Parameters<Tasks[Name]>[0],
    transferList: readonly ArrayBuffer[] = [],
  ): Promise<ReturnType<Tasks[Name]>> {
    const { threadCount = Math.max(1, availableParallelism() - 1), idleMs = IDLE_MS } = this.#options;
    this.#pool ??= new Piscina({
      filename: this.#file.href,
      minThreads: 0,
      maxThreads: threadCount,
      idleTimeout: idleMs,
      execArgv: [],
    });
    return this.#pool.run(task, { name, transferList });
  }
}
