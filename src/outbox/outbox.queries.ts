import type { InferKyselyDB } from '@mikro-orm/postgresql';
import type { Database } from '../platform/database.ts';
import type { JobName, JobPayloads } from './job-payloads.ts';
import type { OutboxMessageSchema } from './outbox-message.entity.ts';

type Tables = InferKyselyDB<typeof OutboxMessageSchema>;

const MAX_OPEN = 1_000;

/** What the jobs of one name that wait or run were told; the oldest thousand. */
export async function findOpenPayloads<Name extends JobName>(
  database: Database,
  job: Name,
): Promise<JobPayloads[Name][]> {
  const rows = await database
    .read<Tables>()
    .selectFrom('outbox_messages')
    .select('payload')
    .where('job', '=', job)
    .where('settled_at', 'is', null)
    .orderBy('created_at')
    .limit(MAX_OPEN)
    .execute();
  return rows.map((row) => row.payload as unknown as JobPayloads[Name]);
}
