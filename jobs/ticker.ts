import type { Logger } from '../src/platform/logger.ts';
import type { Services } from '../src/services.ts';
import { system } from '../src/shared/actor.ts';
import { idFromName } from '../src/shared/ids.ts';
import { present } from '../src/shared/invariant.ts';
import type { Processor, RunningJob } from './queues.ts';
import { recurrences } from './schedule.ts';

/**
 * Turns a tick of the schedule into messages of the outbox, named after the instant at which it was due: the same
 * tick, run twice or by two workers, wants the same messages and writes them once.
 */
export function createTicker(services: Services, logger: Logger): Processor {
  return async (tick) => {
    const recurrence = recurrences[tick.name];
    if (!recurrence) return;
    const at = dueAt(tick);
    const wanted = await recurrence.due(at, services);
    const messages = wanted.map((job) => ({
      ...job,
      id: idFromName('schedule', `${tick.name} ${at.toISOString()} ${JSON.stringify(job.payload)}`),
    }));
    await services.outbox.enqueueNamed(messages, system('schedule'));
    logger.debug({ recurrence: tick.name, at, jobs: messages.length }, 'recurring jobs wanted');
  };
}

function dueAt({ opts }: RunningJob): Date {
  return new Date(present(opts.prevMillis, 'the instant of a tick'));
}
