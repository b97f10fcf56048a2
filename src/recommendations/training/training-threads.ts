import type { Platform } from '../../platform/platform.ts';
import { type ThreadOptions, WorkerThreads } from '../../platform/worker-threads.ts';
import type * as worker from './similarity.worker.ts';

/** What the steps of a training work with. */
export interface TrainingContext {
  readonly platform: Platform;
  readonly threads: TrainingThreads;
}

/** Threads that train the similarity model and use what it is made of. */
export class TrainingThreads extends WorkerThreads<typeof worker> {
  constructor(options: ThreadOptions = {}) {
    super(new URL('./similarity.worker.ts', import.meta.url), options);
  }
}
