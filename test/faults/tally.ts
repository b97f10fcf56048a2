import { rawSql } from '../support/ledger.ts';
import type { Role } from './fleet.ts';
import type { Ledgerbook } from './ledgerbook.ts';
import { PHASES, type Phase, phasesOf } from './phases.ts';
import type { RemoteApp } from './remote-app.ts';

/** What a series of rounds came to. */
export class Tally {
  /** Rounds whose kill found work of a phase under way: one round can count for several. */
  readonly hits: Record<Phase, number> = { settle: 0, refund: 0, close: 0, payout: 0, amend: 0 };
  readonly kills: Record<Role, number> = { api: 0, worker: 0 };
  /** Kills that found nothing under way. */
  idle = 0;
  figures: Readonly<Record<string, number>> = {};
  readonly #rounds: number;
  readonly #startedMs = performance.now();

  constructor({ rounds }: { rounds: number }) {
    this.#rounds = rounds;
  }

  /** @returns one line about the round */
  add({ role, target, hit }: { role: Role; target: Phase; hit: readonly string[] }): string {
    const phases = phasesOf(hit);
    for (const phase of phases) this.hits[phase] += 1;
    if (phases.length === 0) this.idle += 1;
    this.kills[role] += 1;
    const count = this.kills.api + this.kills.worker;
    const seconds = Math.round((performance.now() - this.#startedMs) / 1_000);
    return `${count}/${this.#rounds} ${seconds} s: ${role} killed, aimed at ${target}, hit ${phases.join(' ') || 'nothing'}`;
  }

  /** Counts what there is at the end. */
  async close(app: RemoteApp, book: Ledgerbook): Promise<void> {
    const count = async (table: string) => Number((await rawSql(app, `select count(*) from ${table}`))[0]?.count);
    this.figures = {
      orders: book.orderIds.size,
      refunds: await count('refunds'),
      chargebacks: await count('chargebacks'),
      'months closed': book.months.size,
      'payouts paid': book.paidPayoutIds.size,
      'versions signed': book.versionNumbers.size - 1,
      reallocations: await count("allocations where kind = 'REALLOCATION'"),
      'jobs done': await count('outbox_messages'),
      'ledger transactions checked': await count('ledger_transactions'),
      'postings checked': await count('ledger_postings'),
      'operations sent again': app.repeated(),
      seconds: Math.round((performance.now() - this.#startedMs) / 1_000),
    };
  }

  /** As a table to print. */
  toString(): string {
    const kills = Object.entries(this.kills).map(([role, count]): [string, number] => [`kills of a ${role}`, count]);
    const hits = PHASES.map((phase): [string, number] => [`  in the middle of ${phase}`, this.hits[phase]]);
    const rows = [...kills, ...hits, ['  of nothing', this.idle] as const, ...Object.entries(this.figures)];
    return rows.map(([name, value]) => `${name.padEnd(32)}${String(value).padStart(8)}`).join('\n');
  }
}
