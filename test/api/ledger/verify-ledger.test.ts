import { describe, expect, it } from 'vitest';
import { anEntry, post, rawSql, tamper } from '../../support/ledger.ts';
import { aMember, aPartner } from '../../support/partners.ts';
import { aFinanceClerk, aLearner, anAdmin } from '../../support/people.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const VERIFY = /* GraphQL */ `{
  verifyLedger {
    isIntact transactions postings links unsealed headHash
    fault { kind transactionId sequence detail }
  }
}`;

interface Verified {
  readonly verifyLedger: {
    readonly isIntact: boolean;
    readonly headHash: string;
    readonly fault: { readonly kind: string; readonly transactionId: string | null; readonly sequence: number } | null;
  };
}

async function verify(app: TestApp): Promise<Verified['verifyLedger']> {
  return (await app.query<Verified>(VERIFY, {}, await aFinanceClerk(app))).verifyLedger;
}

/** Five transactions, linked one after the other. @returns their ids in the order of the chain */
async function withChain(app: TestApp): Promise<string[]> {
  const ids = [];
  for (let n = 1; n <= 5; n++) {
    const [posted] = await post(app, anEntry(app, { amountMinor: BigInt(n) * 100n }));
    ids.push(posted?.transactionId ?? '');
    app.clock.advance(1_000);
  }
  await app.services.ledger.seal();
  return ids;
}

describe('verifying the ledger', () => {
  it('finds it intact, and counts what has no link yet', async () => {
    await using app = await startTestApp();
    await withChain(app);
    await post(app, anEntry(app), anEntry(app));
    expect(await verify(app)).toMatchObject({
      isIntact: true,
      fault: null,
      transactions: 7,
      postings: 14,
      links: 5,
      unsealed: 2,
    });
  });

  it('asks for links by itself: the job makes them', async () => {
    await using app = await startTestApp();
    await post(app, anEntry(app), anEntry(app));
    await app.drainJobs();
    expect(await verify(app)).toMatchObject({ isIntact: true, links: 2, unsealed: 0 });
  });

  it('is the same for a thousand and one transactions, which it reads page by page', async () => {
    await using app = await startTestApp();
    await post(app, ...Array.from({ length: 1_001 }, () => anEntry(app)));
    await app.services.ledger.seal();
    await post(app, ...Array.from({ length: 1_001 }, () => anEntry(app)));
    expect(await verify(app)).toMatchObject({ isIntact: true, transactions: 2_002, links: 1_001, unsealed: 1_001 });
  });

  it('makes one chain when sixteen sealers work at once', async () => {
    await using app = await startTestApp();
    const posts = Array.from({ length: 16 }, () => post(app, anEntry(app), anEntry(app)));
    const sealers = Array.from({ length: 16 }, () => app.services.ledger.seal());
    await Promise.all([...posts, ...sealers]);
    await app.services.ledger.seal();
    expect(await verify(app)).toMatchObject({ isIntact: true, links: 32, unsealed: 0 });
  });

  const third = (ids: readonly string[]) => ids[2] ?? '';

  it.each([
    [
      'one amount',
      'UNBALANCED',
      (id: string) =>
        `update ledger_postings set amount_minor = amount_minor + 1 where transaction_id = '${id}' and position = 0`,
    ],
    [
      'both amounts, so that they balance',
      'CONTENT_CHANGED',
      (id: string) => `update ledger_postings set amount_minor = amount_minor * 2 where transaction_id = '${id}'`,
    ],
    [
      'the account of a posting',
      'CONTENT_CHANGED',
      (id: string) =>
        `update ledger_postings set account_id = (select id from ledger_accounts where code = 'platform:revenue') where transaction_id = '${id}' and position = 0`,
    ],
    [
      'when it counts, by a microsecond',
      'CONTENT_CHANGED',
      (id: string) =>
        `update ledger_transactions set effective_at = effective_at + interval '1 microsecond' where id = '${id}'`,
    ],
    [
      'when it was recorded',
      'LINK_BROKEN',
      (id: string) => `update ledger_transactions set recorded_at = recorded_at - interval '1 day' where id = '${id}'`,
    ],
    [
      'its key',
      'LINK_BROKEN',
      (id: string) => `update ledger_transactions set idempotency_key = 'mine' where id = '${id}'`,
    ],
    ['its link', 'LINK_BROKEN', (id: string) => `update ledger_seals set hash = 'mine' where transaction_id = '${id}'`],
    [
      'its postings away',
      'CONTENT_CHANGED',
      (id: string) => `delete from ledger_postings where transaction_id = '${id}'`,
    ],
    ['it away', 'TRANSACTION_MISSING', (id: string) => `delete from ledger_transactions where id = '${id}'`],
  ])('names the transaction when somebody changed %s', async (_, kind, change) => {
    await using app = await startTestApp();
    const id = third(await withChain(app));
    await tamper(app, change(id));
    expect(await verify(app)).toMatchObject({
      isIntact: false,
      fault: { kind, transactionId: id, sequence: 3 },
      transactions: 2,
      links: 2,
    });
  });

  it('names the gap when somebody took a link away, and the transaction that was slipped past the chain', async () => {
    await using app = await startTestApp();
    const id = third(await withChain(app));
    await tamper(app, `delete from ledger_seals where transaction_id = '${id}'`);
    expect((await verify(app)).fault).toMatchObject({ kind: 'LINK_MISSING', sequence: 3 });
    await tamper(app, 'update ledger_seals set sequence = sequence - 1 where sequence > 3');
    expect((await verify(app)).fault).toMatchObject({ kind: 'LINK_BROKEN', sequence: 3 });
  });

  it('finds what neither has a link nor waits for one', async () => {
    await using app = await startTestApp();
    await withChain(app);
    const [posted] = await post(app, anEntry(app));
    await rawSql(app, 'delete from ledger_unsealed');
    expect((await verify(app)).fault).toMatchObject({
      kind: 'TRANSACTION_STRAY',
      transactionId: posted?.transactionId,
    });
  });

  it('gives a head hash that changes with every link and with nothing else', async () => {
    await using app = await startTestApp();
    await withChain(app);
    const before = (await verify(app)).headHash;
    expect((await verify(app)).headHash).toBe(before);
    await post(app, anEntry(app));
    expect((await verify(app)).headHash).toBe(before);
    await app.services.ledger.seal();
    expect((await verify(app)).headHash).not.toBe(before);
  });

  it('is for finance and admins only', async () => {
    await using app = await startTestApp();
    const owner = await aMember(app, { partnerId: (await aPartner(app)).id });
    for (const query of [VERIFY, '{ ledgerAccounts { edges { node { code } } } }']) {
      for (const who of [await aLearner(app), owner]) {
        expect((await app.graphql(query, {}, who)).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
      }
      expect((await app.graphql(query)).errors[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
      expect((await app.graphql(query, {}, await anAdmin(app))).errors).toEqual([]);
    }
  });
});
