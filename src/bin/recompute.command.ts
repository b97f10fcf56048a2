import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import type { JobRow } from '../outbox/index.ts';
import { system } from '../shared/actor.ts';
import { print } from './output.ts';
import { type ProgressView, progressView } from './progress-view.ts';
import { type CommandContext, withPlatform } from './with-platform.ts';

const OPERATOR = system('cli');
const POLL_MS = 250;
/** Relays look at least once a second: a message that waits longer has no worker. */
const TAKEN_WITHIN_MS = 3_000;

/** `recompute`: trains models anew. Failures are thrown to the program's one handler. */
export function recomputeCommand(): Command {
  return new Command('recompute').description('Train models anew.').addCommand(
    new Command('similarity')
      .description('Train the similarity of contents from all interactions and switch feeds to it.')
      .addHelpText('after', '\nA worker does it when one runs on the database; else this command does it itself.')
      .action(() => withPlatform(recomputeSimilarity)),
  );
}

async function recomputeSimilarity(context: CommandContext): Promise<void> {
  const startMs = performance.now();
  const view = progressView();
  try {
    const requested = await context.services.similarity.requestRecompute(OPERATOR);
    const byWorker = await untilTaken(context, requested.jobId);
    const done = byWorker ? await watch(context, requested, view) : await trainHere(context, view);
    view.end();
    print(`${done} ${((performance.now() - startMs) / 1_000).toFixed(1)} s.`);
  } finally {
    view.end();
  }
}

/** @returns whether a worker has the job; if not, it is taken back */
async function untilTaken({ services, signal }: CommandContext, jobId: string): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < TAKEN_WITHIN_MS; waitedMs += POLL_MS) {
    if ((await services.outbox.findJob(OPERATOR, jobId))?.relayedAt) return true;
    await sleep(POLL_MS, undefined, { signal });
  }
  return !(await services.outbox.withdraw(jobId));
}

async function watch(
  { services, signal }: CommandContext,
  { jobId, runId }: { jobId: string; runId: string },
  view: ProgressView,
): Promise<string> {
  for (;;) {
    const job: JobRow | null = await services.outbox.findJob(OPERATOR, jobId);
    if (job?.error) throw new Error(`The worker gave up: ${job.error}`);
    const run = await services.models.findTraining(OPERATOR, runId);
    if (!run && job?.settledAt) return 'Another training that began later has read the same. Waited';
    if (run?.endedAt) return `Workers trained the similarity of contents: ${run.state}. ${run.outcome} It took`;
    view.show({ stage: 'training on workers', fraction: run ? 0.2 + (0.7 * run.shardsDone) / run.shardCount : 0 });
    await sleep(POLL_MS, undefined, { signal });
  }
}

async function trainHere({ services, signal }: CommandContext, view: ProgressView): Promise<string> {
  const report = await services.similarity.recompute(async (fraction) => {
    signal.throwIfAborted();
    view.show({ stage: 'training', fraction });
  });
  if (!report) return 'Another training that began later is done. Waited';
  const { versionNumber, interactions, users, contents } = report;
  const version = versionNumber === null ? 'Not published, since it is worse' : `Version ${versionNumber}`;
  return `${version}: ${interactions} interactions of ${users} learners with ${contents} contents, in`;
}
