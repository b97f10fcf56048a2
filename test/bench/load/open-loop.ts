import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

export interface OpenLoop {
  readonly perSecond: number;
  readonly seconds: number;
  /** Sends one request and waits for its answer. */
  readonly send: (number: number) => Promise<void>;
}

export interface LoadReport {
  /** Milliseconds from when each request was due to the end of its answer, in the order in which they were due. */
  readonly latencies: readonly number[];
  /** The first mistakes. */
  readonly failures: readonly string[];
  readonly failureCount: number;
}

/**
 * Sends requests at a fixed rate, whether or not those before were answered, and times each from the moment at which it
 * was due: a server that falls behind cannot slow its own measurement down.
 */
export async function runOpenLoop({ perSecond, seconds, send }: OpenLoop): Promise<LoadReport> {
  const count = Math.round(perSecond * seconds);
  const latencies = new Array<number>(count).fill(Number.POSITIVE_INFINITY);
  const failures: string[] = [];
  const running: Promise<void>[] = [];
  const startedMs = performance.now();
  for (let number = 0; number < count; number++) {
    const dueMs = startedMs + (number * 1_000) / perSecond;
    const waitMs = dueMs - performance.now();
    if (waitMs > 1) await sleep(waitMs);
    running.push(
      send(number).then(
        () => {
          latencies[number] = performance.now() - dueMs;
        },
        (error: Error) => {
          failures.push(error.message);
        },
      ),
    );
  }
  await Promise.all(running);
  return { latencies, failures: failures.slice(0, 5), failureCount: failures.length };
}

/** Sends GraphQL over kept connections. */
export class GraphqlClient implements Disposable {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 256 });
  readonly #address: URL;

  constructor(address: string) {
    this.#address = new URL('/graphql', address);
  }

  /** @returns the body of the answer */
  send(query: string, { token, variables }: { token: string; variables?: Record<string, unknown> }): Promise<string> {
    const body = JSON.stringify({ query, variables });
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${token}`,
    };
    return new Promise((settle, fail) => {
      const sent = request(this.#address, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', fail);
        response.on('end', () => settle(Buffer.concat(chunks).toString('utf8')));
      });
      sent.on('error', fail);
      sent.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}
