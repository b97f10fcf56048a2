import { rawSql } from '../support/ledger.ts';
import type { TestApp } from '../support/test-app.ts';

/** What clients were told that is done. They asked for nothing else. */
export interface Ledgerbook {
  readonly orderIds: Set<string>;
  readonly refundKeys: Set<string>;
  readonly paidPayoutIds: Set<string>;
  readonly months: Set<string>;
  readonly versionNumbers: Set<number>;
}

export function emptyLedgerbook(): Ledgerbook {
  return {
    orderIds: new Set(),
    refundKeys: new Set(),
    paidPayoutIds: new Set(),
    months: new Set(),
    versionNumbers: new Set([1]),
  };
}

/** Where the database and what clients were told differ: something was lost, or was done twice. */
export async function differences(app: TestApp, book: Ledgerbook): Promise<string[]> {
  const kept = {
    orderIds: await namesIn(app, 'select id::text as name from orders where paid_at is not null'),
    refundKeys: await namesIn(app, `select idempotency_key as name from refunds where requested_by like 'user:%'`),
    paidPayoutIds: await namesIn(app, `select source_id::text as name from partner_entries where kind = 'PAYOUT'`),
    months: await namesIn(app, 'select period as name from period_closings'),
    versionNumbers: await namesIn(
      app,
      `select distinct number::text as name from contract_versions where recorded_at is not null`,
    ),
  };
  const unpaid = await namesIn(
    app,
    `select concat_ws(' ', id, state, cancellation) as name from orders where paid_at is null`,
  );
  const strays = unpaid.map((name) => `an order was never paid: ${name}`);
  const parts = (Object.keys(kept) as (keyof Ledgerbook)[]).flatMap((part) => {
    const told = [...book[part]].map(String);
    const lost = told.filter((name) => !kept[part].includes(name));
    const more = kept[part].filter((name, at) => !told.includes(name) || kept[part].indexOf(name) !== at);
    return [
      ...lost.map((name) => `${part}: ${name} was answered for and is lost`),
      ...more.map((name) => `${part}: ${name} is there, once too often or unasked`),
    ];
  });
  return [...strays, ...parts];
}

async function namesIn(app: TestApp, query: string): Promise<string[]> {
  return (await rawSql(app, query)).map(({ name }) => String(name));
}
