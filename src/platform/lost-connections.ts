import type { PoolClient } from 'pg';

const ENDS = /^rollback$/i;
const BEGINS = /^(begin|start transaction\b.*)$/i;

/**
 * Lets a transaction end whose connection was lost, as by a restart of the server. What runs transactions for us gives a
 * connection back only after a `rollback` that succeeded, and forgets it after a `begin` that failed: each time the pool
 * would be one smaller, for good. Here a failure of either closes the connection and counts as done. The server has
 * rolled back by itself, and every later statement on the closed connection fails, so nothing runs outside of a
 * transaction. A `commit` that fails stays a failure.
 */
export function surviveLoss(client: PoolClient): void {
  // The pool listens only to connections that are idle; without this a loss between two statements ends the process.
  client.on('error', () => undefined);
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const surviving = (...args: unknown[]) => {
    const answer = query(...args);
    const [text] = args;
    const isBoundary = typeof text === 'string' && (ENDS.test(text) || BEGINS.test(text));
    return isBoundary && answer instanceof Promise ? answer.catch(() => closeForGood(client)) : answer;
  };
  Object.assign(client, { query: surviving });
}

/** Says that the statement had no rows. The pool drops a closed connection when it is given back. */
function closeForGood(client: PoolClient): { command: string; rowCount: number; rows: unknown[] } {
  // The pool's own type hides that its connections can be closed one by one.
  void (client as unknown as { end(): Promise<void> }).end().catch(() => undefined);
  return { command: '', rowCount: 0, rows: [] };
}
