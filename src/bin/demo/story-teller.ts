import { setTimeout as sleep } from 'node:timers/promises';
import stringify from 'json-stringify-pretty-compact';
import { DEMO_PASSWORD } from '../../../seeds/demo/people.ts';
import { print } from '../output.ts';
import type { DemoProduct } from './demo-product.ts';

const JOBS_TIMEOUT_MS = 30_000;
const POLL_MS = 25;
const LINE_WIDTH = 116;
const LOG_IN = /* GraphQL */ `
  mutation LogIn($input: LogInInput!) {
    logIn(input: $input) {
      ... on SessionOpened { token }
      ... on UserError { message }
    }
  }`;

/** Acts for one person through the API, and prints what is asked and answered. */
export class StoryTeller {
  readonly product: DemoProduct;
  readonly #token: string;

  private constructor(product: DemoProduct, token: string) {
    this.product = product;
    this.#token = token;
  }

  /** Logs in as one of the demo's people. */
  static async as(product: DemoProduct, email: string): Promise<StoryTeller> {
    const anonymous = new StoryTeller(product, '');
    const input = { email, password: DEMO_PASSWORD };
    const { logIn } = await anonymous.ask<{ logIn: { token?: string } }>(LOG_IN, { input });
    if (logIn.token === undefined) throw new Error(`${email} cannot log in.`);
    return new StoryTeller(product, logIn.token);
  }

  get #headers(): Record<string, string> {
    return this.#token === '' ? {} : { authorization: `Bearer ${this.#token}` };
  }

  /** Asks without printing. @throws Error with the messages of the answer's errors */
  async ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const headers = this.#headers;
    const payload = { query, variables };
    const response = await this.product.server.inject({ method: 'POST', url: '/graphql', payload, headers });
    const { data, errors = [] } = response.json<{ data: Data; errors?: { message: string }[] }>();
    if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  }

  /** Asks, and prints the question and the answer. */
  async show<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Data> {
    const data = await this.ask<Data>(query, variables);
    print('', indent(query), '');
    if (Object.keys(variables).length > 0) print(`  variables ${JSON.stringify(variables)}`, '');
    print(indent(stringify(data, { maxLength: LINE_WIDTH })), '');
    return data;
  }

  /** Prints what was done and came back where no question of GraphQL is asked. */
  tell(title: string, answer: string): void {
    print('', indent(title), '', indent(answer), '');
  }

  /** What the API has as a file at a path. @throws Error when it gives none */
  async download(path: string): Promise<string> {
    const { statusCode, body } = await this.product.server.inject({ method: 'GET', url: path, headers: this.#headers });
    if (statusCode !== 200) throw new Error(`${path} answered ${statusCode}: ${body}`);
    return body;
  }

  /** Uploads a file as it is. @throws Error when it is refused */
  async upload<Answer>(path: string, content: string): Promise<Answer> {
    const headers = { ...this.#headers, 'content-type': 'text/csv' };
    const response = await this.product.server.inject({ method: 'POST', url: path, headers, payload: content });
    if (response.statusCode >= 300) throw new Error(`${path} answered ${response.statusCode}: ${response.body}`);
    return response.json<Answer>();
  }

  /** Waits until the workers have done what was asked for. */
  async waitForJobs(): Promise<void> {
    for (let waitedMs = 0; waitedMs < JOBS_TIMEOUT_MS; waitedMs += POLL_MS) {
      if ((await this.product.services.outbox.countOpen()) === 0) return;
      await sleep(POLL_MS);
    }
    throw new Error('The jobs did not end in time.');
  }
}

/** Sets a text in the terminal two columns in, without the indentation that it has in the source. */
function indent(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => `  ${line.slice(margin)}`).join('\n');
}
