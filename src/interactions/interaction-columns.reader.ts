import { setImmediate as nextTurn } from 'node:timers/promises';
import { to as copyTo } from 'pg-copy-streams';
import type { Database } from '../platform/database.ts';
import { INTERACTION_KINDS } from './interaction.entity.ts';
import { InteractionColumns } from './interaction-columns.ts';

const UUID_LENGTH = 36;
const NEWLINE = 10;

/** The kind goes as its place in the list, the time as milliseconds; by id, so that sums over rows never differ. */
const COPY_ALL = `copy (
  select user_id, content_id,
    array_position(array['${INTERACTION_KINDS.join("','")}'], kind) - 1,
    (extract(epoch from occurred_at) * 1000)::bigint,
    coalesce(value::text, '')
  from interactions
  order by id
) to stdout`;

/**
 * Every interaction as columns of numbers, from one snapshot of the table. It streams: memory grows with 29 bytes a row
 * and with the number of people and contents.
 */
export async function readInteractionColumns(database: Database): Promise<InteractionColumns> {
  const client = await database.pool.connect();
  let failure: Error | undefined;
  try {
    const columns = new InteractionColumns();
    let rest: Buffer = Buffer.alloc(0);
    for await (const chunk of client.query(copyTo(COPY_ALL)) as AsyncIterable<Buffer>) {
      const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      rest = bytes.subarray(readRows(bytes, columns));
      // Rows come faster than they are read: without a pause between chunks nothing else would get its turn.
      await nextTurn();
    }
    columns.finish();
    return columns;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose COPY broke off is in no state to serve the next one.
    client.release(failure);
  }
}

/** Reads the whole lines; returns where the first one begins that is not whole. */
function readRows(bytes: Buffer, columns: InteractionColumns): number {
  let at = 0;
  for (;;) {
    const end = bytes.indexOf(NEWLINE, at);
    if (end < 0) return at;
    const contentAt = at + UUID_LENGTH + 1;
    const [kind, occurredAtMs, value] = bytes.toString('latin1', contentAt + UUID_LENGTH + 1, end).split('\t');
    columns.add({
      userId: bytes.toString('latin1', at, at + UUID_LENGTH),
      contentId: bytes.toString('latin1', contentAt, contentAt + UUID_LENGTH),
      kind: Number(kind),
      occurredAtMs: Number(occurredAtMs),
      value: value ? Number(value) : Number.NaN,
    });
    at = end + 1;
  }
}
