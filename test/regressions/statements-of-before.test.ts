import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { expect, inject, it } from 'vitest';
import { entities } from '../../src/entities.ts';
import { Database } from '../../src/platform/database.ts';
import { migrations } from '../../src/platform/migrations/index.ts';
import { statementAudit } from '../../src/statements/index.ts';

const LAST_OF_BEFORE = '20261121000004-volatile-stores';
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const [PARTNER, SEPTEMBER, OCTOBER, TRANSACTION] = [id(1), id(2), id(3), id(4)];
const LINES = [
  { posting: id(5), share: id(6), allocation: id(9), kind: 'SALE', amount: 7_000, position: 1 },
  { posting: id(7), share: id(8), allocation: TRANSACTION, kind: 'REFUND', amount: -500, position: 2 },
];

/** Statements as they lay in the tables when they showed shares of sales alone. No key to what is left out is checked. */
async function fill(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('set session_replication_role = replica');
  const at = '2026-09-20T00:00:00Z';
  await client.query("insert into domains values ('music', 'Music', '音乐')");
  await client.query(
    `insert into partners (id, name, kind, domain_code, state, country, description, created_at)
     values ($1, 'House', 'SCHOOL', 'music', 'ACTIVE', 'CN', '', $2)`,
    [PARTNER, at],
  );
  for (const transaction of LINES.map(({ allocation }) => allocation)) {
    await client.query(
      `insert into ledger_transactions (id, idempotency_key, content_hash, kind, reference, effective_at, recorded_at,
         posting_count) values ($1::uuid, $1::uuid::text, 'hash', 'SALE', '', $2, $2, 2)`,
      [transaction, at],
    );
  }
  await client.query("insert into ledger_accounts values ($1, $2, 'CNY', 'LIABILITY', now())", [
    PARTNER,
    `partner:${PARTNER}:payable`,
  ]);
  for (const period of ['2026-09', '2026-10']) {
    await client.query("insert into period_closings values ($1, '2026-11-03', 'system:test')", [period]);
  }
  for (const [statement, period, opening] of [
    [SEPTEMBER, '2026-09', 0],
    [OCTOBER, '2026-10', 6_500],
  ]) {
    await client.query(
      `insert into statements (id, partner_id, currency, period, opening_minor, closing_minor, closed_at)
       values ($1, $2, 'CNY', $3, $4, 6500, '2026-11-03')`,
      [statement, PARTNER, period, opening],
    );
  }
  for (const { posting, share, allocation, kind, amount, position } of LINES) {
    await client.query(
      `insert into allocations (id, kind, order_item_id, contract_version_id, ledger_transaction_id, amount_minor, currency,
         period, effective_at, facts, created_at)
       values ($1, $2, $3, $3, $1, 10000, 'CNY', '2026-09', $4, jsonb_build_object('kind', $2::text), $4)`,
      [allocation, kind, posting, at],
    );
    await client.query(
      `insert into ledger_postings (id, transaction_id, position, account_id, amount_minor, currency, reference)
       values ($1, $2, $3, $4, $5, 'CNY', '')`,
      [posting, TRANSACTION, position, PARTNER, -amount],
    );
    await client.query(
      `insert into allocation_shares (id, allocation_id, position, party, partner_id, posting_id, amount_minor,
         basis_minor, explanation)
       values ($1, $2, $3, 'PARTNER', $4, $5, $6, 10000, $7)`,
      [share, allocation, position, PARTNER, posting, amount, `A ${kind}.`],
    );
    await client.query(
      `insert into statement_lines (id, statement_id, position, posting_id, allocation_share_id, kind, amount_minor,
         effective_at) values ($1, $2, $3, $1, $4, $5, $6, $7)`,
      [posting, SEPTEMBER, position, share, kind, amount, at],
    );
  }
  await client.end();
}

it('keeps statements that were closed before they showed every kind of entry and had roots', async () => {
  const address = new URL(inject('templateUrl'));
  address.pathname = '/postgres';
  const server = new Client({ connectionString: address.href });
  await server.connect();
  const name = `before_${randomBytes(6).toString('hex')}`;
  await server.query(`create database ${name}`);
  address.pathname = `/${name}`;
  const database = await Database.connect({ url: address.href, poolMax: 2, entities, migrations });
  try {
    await database.orm.migrator.up({ to: LAST_OF_BEFORE });
    await fill(address.href);
    await database.migrate();
    const { rows: statements } = await database.pool.query(
      'select period, line_count, totals, pending_minor, previous_id, merkle_root from statements order by period',
    );
    const common = { pending_minor: 0n, merkle_root: null };
    const totals = [
      { kind: 'SALE', count: 1, amountMinor: '7000' },
      { kind: 'REFUND', count: 1, amountMinor: '-500' },
    ];
    expect(statements).toEqual([
      { period: '2026-09', line_count: 2, totals, previous_id: null, ...common },
      { period: '2026-10', line_count: 0, totals: [], previous_id: SEPTEMBER, ...common },
    ]);
    const { rows: lines } = await database.pool.query(
      `select line.position, line.explanation, line.source_id, line.leaf_hash, entry.statement_id
       from statement_lines line join partner_entries entry using (posting_id) order by position`,
    );
    expect(lines).toEqual(
      LINES.map(({ position, kind, allocation }) => ({
        position,
        explanation: `A ${kind}.`,
        source_id: allocation,
        leaf_hash: null,
        statement_id: SEPTEMBER,
      })),
    );
    expect(await database.snapshot((em) => statementAudit.check(em, () => undefined))).toBeNull();
    await expect(database.pool.query("update statement_lines set explanation = ''")).rejects.toThrow(/append-only/);
  } finally {
    await database.close();
    await server.query(`drop database ${name} with (force)`);
    await server.end();
  }
});
