import { setTimeout as sleep } from 'node:timers/promises';
import { createQueueBackend } from '../../jobs/queue-backend.ts';
import { connectPlatform } from '../../src/bin/open-platform.ts';
import { SIGNATURE_HEADER, signWebhook } from '../../src/orders/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import { createServices } from '../../src/services.ts';
import { ManualClock, systemClock } from '../../src/shared/clock.ts';
import { User } from '../../src/users/index.ts';
import type { Answer, TestApp } from '../support/test-app.ts';

const ANSWER_WITHIN_MS = 20_000;
const GIVE_UP_AFTER_MS = 90_000;
const AGAIN_AFTER_MS = 60;

/** The product in other processes, used as test apps are: what helpers make and look up goes past it, into its database. */
export interface RemoteApp extends TestApp {
  /** Names of the operations that wait for their answer. */
  readonly underWay: () => readonly string[];
  /** How many operations had to be sent again, since nothing came back the first time. */
  readonly repeated: () => number;
  /** Tells of a payment as a provider does: again and again until it is heard. */
  notify(event: object): Promise<void>;
}

class WallClock extends ManualClock {
  override now(): Date {
    return systemClock.now();
  }
}

export interface RemoteOptions {
  readonly databaseUrl: string;
  readonly queues: Readonly<Record<string, string>>;
  readonly addresses: readonly string[];
}

/** Sends each operation to any of the addresses, and the same operation again after every failure to get an answer. */
export async function openRemoteApp({ databaseUrl, queues, addresses }: RemoteOptions): Promise<RemoteApp> {
  const config = readConfig({ NODE_ENV: 'test', LOG_LEVEL: 'silent', ...queues });
  const server = { url: databaseUrl, stop: async () => undefined, abandon: () => undefined };
  const { platform, close } = await connectPlatform(config, server);
  const services = createServices(platform);
  const backend = createQueueBackend({ ...config, databaseUrl, logger: platform.logger });
  const sender = new Sender(addresses);
  const graphql: TestApp['graphql'] = async (query, variables = {}, { token } = {}) => {
    const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const headers = { 'content-type': 'application/json', ...authorization };
    const body = JSON.stringify({ query, variables }, (_key, value) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    const post = { path: '/graphql', headers, body };
    const { status, text } = await sender.send(/mutation[^{]*\{\s*(\w+)/.exec(query)?.[1] ?? 'other', post);
    const answer = JSON.parse(text) as { data?: Record<string, unknown>; errors?: Answer['errors'] };
    return { status, data: answer.data ?? null, errors: answer.errors ?? [] };
  };
  return {
    get server(): never {
      throw new Error('The server is another process.');
    },
    platform,
    services,
    queues: backend,
    clock: new WallClock(systemClock.now()),
    databaseUrl,
    underWay: () => [...sender.underWay.values()],
    repeated: () => sender.repeated,
    graphql,
    async query<Data>(query: string, variables = {}, options: { token?: string } = {}) {
      const answer = await graphql(query, variables, options);
      if (answer.errors.length > 0) throw new Error(answer.errors.map(({ message }) => message).join('\n'));
      return answer.data as Data;
    },
    async notify(event) {
      const body = JSON.stringify(event);
      const at = systemClock.now();
      const signature = signWebhook({ secret: config.paymentWebhookSecret, body: Buffer.from(body), at });
      const headers = { 'content-type': 'application/json', [SIGNATURE_HEADER]: signature };
      const { status, text } = await sender.send('webhook', { path: '/webhooks/payments/sandbox', headers, body });
      if (status > 299) throw new Error(`The webhook was refused: ${text}`);
    },
    async tokenOf(userId) {
      const user = await platform.database.orm.em.fork().findOneOrFail(User, { id: userId });
      return (await services.access.openSession(user)).token;
    },
    async drainJobs() {
      const deadline = performance.now() + GIVE_UP_AFTER_MS;
      while ((await services.outbox.countOpen()) > 0) {
        if (performance.now() > deadline) throw new Error('Jobs are still open after the time limit.');
        await sleep(AGAIN_AFTER_MS);
      }
    },
    async [Symbol.asyncDispose]() {
      await backend.close();
      await close();
    },
  };
}

interface Post {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A client that does not give up: it asks the next process, and the same again. */
class Sender {
  readonly underWay = new Map<number, string>();
  repeated = 0;
  readonly #addresses: readonly string[];
  #count = 0;

  constructor(addresses: readonly string[]) {
    this.#addresses = addresses;
  }

  /** @throws Error when no process gave an answer in a long time */
  async send(name: string, { path, headers, body }: Post): Promise<{ status: number; text: string }> {
    this.#count += 1;
    const id = this.#count;
    const deadline = performance.now() + GIVE_UP_AFTER_MS;
    this.underWay.set(id, name);
    try {
      for (let attempt = 0; ; attempt += 1) {
        const address = this.#addresses[(id + attempt) % this.#addresses.length] ?? '';
        try {
          const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
          const response = await fetch(`${address}${path}`, { method: 'POST', headers, body, signal });
          return { status: response.status, text: await response.text() };
        } catch (error) {
          if (performance.now() > deadline) throw error;
          if (attempt === 0) this.repeated += 1;
          await sleep(AGAIN_AFTER_MS);
        }
      }
    } finally {
      this.underWay.delete(id);
    }
  }
}
