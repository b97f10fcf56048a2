import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FastifyInstance, fastify } from 'fastify';
import { describe, expect, it } from 'vitest';
import { limitRequestTime } from '../../../src/bin/http/request-time.ts';

const WITHIN_MS = 200;

/** Sends the head of a request and half of its body, and gives what came back until the connection ended. */
async function sendHalf(app: FastifyInstance, path: string, restAfterMs: number): Promise<string> {
  const { port } = new URL(app.listeningOrigin);
  const socket = connect(Number(port), '127.0.0.1');
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes.toString();
    if (answer.includes('"length"')) socket.end();
  });
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  socket.write(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 6\r\n\r\nabc`);
  await sleep(restAfterMs);
  if (!socket.destroyed) socket.write('def');
  await closed;
  return answer;
}

async function startServer(): Promise<FastifyInstance> {
  const app = fastify();
  limitRequestTime(app, WITHIN_MS);
  const echo = async (request: { body: unknown }) => ({ length: String(request.body).length });
  app.post('/quick', echo);
  app.post('/long', { config: { takesLongBodies: true } }, echo);
  await app.listen({ host: '127.0.0.1', port: 0 });
  return app;
}

describe('the time that a request may take to come', () => {
  it('ends who sends it drop by drop, with the status that says so', async () => {
    const app = await startServer();
    expect(await sendHalf(app, '/quick', 4 * WITHIN_MS)).toMatch(/^HTTP\/1\.1 408 /);
    expect(await sendHalf(app, '/quick', 0)).toContain('{"length":6}');
    await app.close();
  });

  it('does not hold where a route takes long bodies', async () => {
    const app = await startServer();
    expect(await sendHalf(app, '/long', 4 * WITHIN_MS)).toContain('{"length":6}');
    await app.close();
  });
});
