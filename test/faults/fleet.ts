import type { Random } from '../../src/shared/random.ts';
import { freePort } from '../support/free-port.ts';
import { type ProductProcess, startProduct } from '../support/product.ts';

export type Role = 'api' | 'worker';

/** Soon enough that a round need not wait long for what a killed worker held. */
export const LOCK_SECONDS = 2;

export interface FleetOptions {
  readonly databaseUrl: string;
  /** Settings of the queues: nothing for those on PostgreSQL. */
  readonly queues: Readonly<Record<string, string>>;
  /** How many processes of each role there are. */
  readonly size: number;
}

interface Berth {
  readonly role: Role;
  readonly environment: Readonly<Record<string, string>>;
  process: ProductProcess;
}

/** The product as it runs in earnest: processes of the API and of workers, each of which can be killed and started again. */
export class Fleet implements AsyncDisposable {
  readonly #berths: readonly Berth[];
  /** Where the API is, whether or not it answers now. */
  readonly addresses: readonly string[];
  readonly #leave = () => this.#killAll();

  private constructor(berths: readonly Berth[], addresses: readonly string[]) {
    this.#berths = berths;
    this.addresses = addresses;
    process.once('exit', this.#leave);
  }

  /** Starts all of it and waits until it is ready. */
  static async launch({ databaseUrl, queues, size }: FleetOptions): Promise<Fleet> {
    const ports: number[] = [];
    for (let count = 0; count < size; count += 1) ports.push(await freePort());
    const addresses = ports.map((port) => `http://127.0.0.1:${port}`);
    const common = { DATABASE_URL: databaseUrl, WORKER_LOCK_SECONDS: String(LOCK_SECONDS), ...queues };
    const berths = ports.flatMap((port, at): Berth[] => {
      const api = { ...common, PORT: String(port) };
      const worker = { ...common, PAYMENT_WEBHOOK_URL: `${addresses[at]}/webhooks/payments/sandbox` };
      return [moor('api', api), moor('worker', worker)];
    });
    const fleet = new Fleet(berths, addresses);
    await Promise.all(berths.map((berth) => berth.process.ready()));
    return fleet;
  }

  /**
   * Ends a process of a role as a power cut would, and waits until it is gone.
   *
   * @returns what starts it again, ready when that is done
   */
  async kill(role: Role, random: Random): Promise<() => Promise<void>> {
    const candidates = this.#berths.filter((berth) => berth.role === role);
    const berth = candidates[Math.floor(random.next() * candidates.length)];
    if (!berth) throw new Error(`No process is a ${role}`);
    const { child } = berth.process;
    if (child.exitCode !== null) throw new Error(`The ${role} ended by itself:\n${berth.process.output()}`);
    child.kill('SIGKILL');
    await berth.process.ended();
    return async () => {
      berth.process = startProduct(programs[role], berth.environment);
      await berth.process.ready();
    };
  }

  /** The last words of every process, for when something does not go on. */
  lastWords(): string {
    return this.#berths.map(({ role, process: it }) => `${role}:\n${it.output().slice(-3_000)}`).join('\n');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    process.off('exit', this.#leave);
    this.#killAll();
    await Promise.all(this.#berths.map((berth) => berth.process.ended()));
  }

  #killAll(): void {
    for (const { process: it } of this.#berths) it.child.kill('SIGKILL');
  }
}

const programs: Readonly<Record<Role, string>> = { api: 'serve.ts', worker: 'work.ts' };

function moor(role: Role, environment: Readonly<Record<string, string>>): Berth {
  return { role, environment, process: startProduct(programs[role], { ...environment }) };
}
