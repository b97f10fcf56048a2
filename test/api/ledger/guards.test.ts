import { describe, expect, it } from 'vitest';
import { anEntry, post, rawSql } from '../../support/ledger.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const TRANSACTION = '00000000-0000-7000-8000-00000000000a';

/** Inserts a transaction and postings as somebody with a console would. */
function insertSql(
  postings: readonly [account: string, amountMinor: number, currency: string][],
  count = postings.length,
) {
  const rows = postings.map(
    ([code, amount, currency], position) =>
      `(gen_random_uuid(), '${TRANSACTION}', ${position}, (select id from ledger_accounts where code = '${code}'), ${amount}, '${currency}', 'raw')`,
  );
  return [
    `insert into ledger_transactions values ('${TRANSACTION}', 'raw', 'hash', 'RAW', 'raw', now(), now(), ${count})`,
    `insert into ledger_postings (id, transaction_id, position, account_id, amount_minor, currency, reference) values ${rows.join(', ')}`,
  ];
}

async function withBooks(): Promise<TestApp> {
  const app = await startTestApp();
  await post(app, anEntry(app));
  return app;
}

const CLEARING = 'provider:sandbox:clearing';
const REVENUE = 'platform:revenue';

describe('raw SQL on the books', () => {
  it('may store a transaction that balances', async () => {
    await using app = await withBooks();
    await rawSql(
      app,
      'begin',
      ...insertSql([
        [CLEARING, 5, 'CNY'],
        [REVENUE, -5, 'CNY'],
      ]),
      'commit',
    );
    expect(await rawSql(app, 'select count(*)::int as n from ledger_postings')).toEqual([{ n: 4 }]);
  });

  it('cannot store a transaction that does not balance', async () => {
    await using app = await withBooks();
    const unbalanced = insertSql([
      [CLEARING, 5, 'CNY'],
      [REVENUE, -4, 'CNY'],
    ]);
    await expect(rawSql(app, 'begin', ...unbalanced)).rejects.toThrow(/does not balance: 1 in CNY/);
  });

  it('cannot store a transaction without postings, nor one with fewer than announced', async () => {
    await using app = await withBooks();
    const [head = ''] = insertSql([], 2);
    await expect(rawSql(app, head)).rejects.toThrow(/has no postings/);
    const fewer = insertSql(
      [
        [CLEARING, 5, 'CNY'],
        [REVENUE, -5, 'CNY'],
      ],
      3,
    );
    await expect(rawSql(app, 'begin', ...fewer)).rejects.toThrow(/has 3 postings and not 2/);
  });

  it('cannot add postings to a transaction that stands, not even balanced ones', async () => {
    await using app = await withBooks();
    const more = `
      insert into ledger_postings (id, transaction_id, position, account_id, amount_minor, currency, reference)
      select gen_random_uuid(), transaction_id, position + 2, account_id, amount_minor, currency, 'more' from ledger_postings`;
    await expect(rawSql(app, more)).rejects.toThrow(/has 2 postings and not 4/);
  });

  it('cannot post in a currency that the account does not count, nor nothing', async () => {
    await using app = await withBooks();
    const foreign = insertSql([
      [CLEARING, 5, 'EUR'],
      [REVENUE, -5, 'EUR'],
    ]);
    await expect(rawSql(app, 'begin', ...foreign)).rejects.toThrow(/is in EUR, its account in CNY/);
    const nothing = insertSql([
      [CLEARING, 0, 'CNY'],
      [REVENUE, 0, 'CNY'],
    ]);
    await expect(rawSql(app, 'begin', ...nothing)).rejects.toThrow(/ledger_postings_amount_check/);
  });

  it('cannot post at other instants than those of the transaction, and gets these when it names none', async () => {
    await using app = await withBooks();
    const [head = '', postings = ''] = insertSql([
      [CLEARING, 5, 'CNY'],
      [REVENUE, -5, 'CNY'],
    ]);
    const dated = postings
      .replace('reference)', 'reference, effective_at, recorded_at)')
      .replaceAll("'raw')", "'raw', now(), now() - interval '1 microsecond')");
    await expect(rawSql(app, 'begin', head, dated)).rejects.toThrow(/have other instants than it has/);
    await rawSql(app, 'begin', head, postings, 'commit');
    const agreeing = `select count(*)::int as n from ledger_postings p join ledger_transactions t
      on t.id = p.transaction_id and t.effective_at = p.effective_at and t.recorded_at = p.recorded_at`;
    expect(await rawSql(app, agreeing)).toEqual([{ n: 4 }]);
  });

  it.each([
    'update ledger_postings set amount_minor = 1',
    'update ledger_transactions set effective_at = now()',
    "update ledger_accounts set code = 'partner:mine:payable'",
    'delete from ledger_postings',
    'delete from ledger_transactions',
    'truncate ledger_postings cascade',
    'truncate ledger_transactions cascade',
  ])('refuses: %s', async (statement) => {
    await using app = await withBooks();
    await expect(rawSql(app, statement)).rejects.toThrow(/is append-only/);
  });

  it('cannot change the chain', async () => {
    await using app = await withBooks();
    await app.services.ledger.seal();
    await expect(rawSql(app, "update ledger_seals set hash = 'x'")).rejects.toThrow(/is append-only/);
    await expect(rawSql(app, 'delete from ledger_seals')).rejects.toThrow(/is append-only/);
  });
});
