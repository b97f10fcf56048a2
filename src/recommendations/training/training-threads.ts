import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import type { Platform } from '../../platform/platform.ts';
import type * as worker from './similarity.worker.ts';

type Tasks = typeof worker;
type Task<Name extends keyof Tasks> = Parameters<Tasks[Name]>[0];

/** What the steps of a training work with. */
export interface TrainingContext {
  readonly platform: Platform;
  readonly threads: TrainingThreads;
}

const IDLE_MS = 2_000;

/**
 * Threads for heavy work, with one processor left to the rest of the program. They come with the first task, go some
 * time after the last one, and keep no process alive.
 */
export class TrainingThreads {
  #pool: Piscina | undefined;

  run<Name extends keyof Tasks>(
    name: Name,
    task: Task<Name>,
    transferList: readonly ArrayBuffer[] = [],
  ): Promise<ReturnType<Tasks[Name]>> {
    this.#pool ??= new Piscina({
      filename: new URL('./similarity.worker.ts', import.meta.url).href,
      minThreads: 0,
      maxThreads: Math.max(1, availableParallelism() - 1),
      idleTimeout: IDLE_MS,
      execArgv: [],
    });
    return this.#pool.run(task, { name, transferList });
  }
}
