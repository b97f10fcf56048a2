import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../../platform/config.ts';
import { type Opened, UsageError } from '../program.ts';

/**
 * Opens the server to requests. Closing it refuses new ones and lets those under way finish, within the grace that
 * the configuration gives them.
 *
 * @throws UsageError when the port is taken
 */
export async function listen(app: FastifyInstance, config: Config): Promise<Opened & { address: string }> {
  const { host, port, shutdownGraceMs } = config;
  try {
    const address = await app.listen({ host, port });
    return { address, close: () => closeWithin(app, shutdownGraceMs) };
  } catch (error) {
    await app.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${port} on ${host} is in use: stop that program, or set PORT to another one.`);
  }
}

/** Ends each connection with the answer that was under way when the server began to close, however long it was kept. */
export function endConnectionsOnClose(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
}

async function closeWithin(app: FastifyInstance, graceMs: number): Promise<void> {
  const patience = new AbortController();
  const cutOff = sleep(graceMs, undefined, { signal: patience.signal }).then(
    () => app.server.closeAllConnections(),
    () => undefined,
  );
  await app.close();
  patience.abort();
  await cutOff;
}
