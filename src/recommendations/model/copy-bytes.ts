import type { Pool } from 'pg';
import { to as copyTo } from 'pg-copy-streams';

/**
 * What a COPY to stdout sends, as it comes: other answers of the server pass through text, and are taken apart value by
 * value. The memory is its own, so that it can be handed over to a thread.
 *
 * @param statement without bound values, since COPY takes none
 */
export async function copyBytes(pool: Pool, statement: string): Promise<Uint8Array<ArrayBuffer>> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of client.query(copyTo(statement)) as AsyncIterable<Buffer>) chunks.push(chunk);
    return joined(chunks);
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection whose COPY broke off is in no state to serve the next one.
    client.release(failure);
  }
}

function joined(chunks: readonly Buffer[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
