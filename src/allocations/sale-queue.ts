/** Orders of one transaction at most. */
const MOST_AT_ONCE = 100;
/** Transactions at once: the next batch is computed while the last one is written. */
const MOST_RUNNING = 2;

interface Waiting {
  readonly orderId: string;
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Settles orders that are asked for one by one, by as few transactions as can be: whoever comes while others are being
 * settled goes with the next batch. Nobody waits for company, so that an order that comes alone is settled at once.
 */
export class SaleQueue {
  readonly #settle: (orderIds: readonly string[]) => Promise<unknown>;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  /** @param settle settles all of the orders or, when it throws, none */
  constructor(settle: (orderIds: readonly string[]) => Promise<unknown>) {
    this.#settle = settle;
  }

  /** Waits until the order is settled. @throws whatever stands in the way of this order, and of no other */
  add(orderId: string): Promise<void> {
    const done = Promise.withResolvers<void>();
    this.#waiting.push({ orderId, done });
    this.#start();
    return done.promise;
  }

  #start(): void {
    if (this.#running >= MOST_RUNNING || this.#waiting.length === 0) return;
    this.#running += 1;
    void this.#run(this.#waiting.splice(0, MOST_AT_ONCE)).finally(() => {
      this.#running -= 1;
      this.#start();
    });
  }

  async #run(batch: readonly Waiting[]): Promise<void> {
    try {
      await this.#settle([...new Set(batch.map(({ orderId }) => orderId))]);
      for (const { done } of batch) done.resolve();
    } catch (error) {
      if (batch.length === 1) batch[0]?.done.reject(error);
      // One of them stands in the way of all: each for itself tells which.
      else for (const each of batch) await this.#run([each]);
    }
  }
}
