import { describe, expect, it } from 'vitest';
import { tamper } from '../../support/ledger.ts';
import { aMember } from '../../support/partners.ts';
import { rowsRead } from '../../support/rows-read.ts';
import { aSupplier, askStatement, close, post } from '../../support/statements.ts';
import { startTestApp, type TestApp } from '../../support/test-app.ts';

const HISTORY = 30_000;
const MONTHS = 60;
const OPEN_LINES = 20;

/** Entries that earlier statements show, with their lines, as five years of trade would leave them. */
async function aLongHistory(app: TestApp, partnerId: string): Promise<void> {
  const entries = `select md5('line' || n)::uuid as id, md5('month' || n % ${MONTHS})::uuid as statement_id,
      n / ${MONTHS} as position,
      '2021-01-01'::timestamptz + n * interval '1 minute' as at
    from generate_series(1, ${HISTORY}) n`;
  await tamper(
    app,
    `insert into partner_entries (posting_id, partner_id, currency, kind, amount_minor, period, effective_at,
       available_at, source_id, explanation, recorded_at, statement_id)
     select id, '${partnerId}', 'CNY', 'SALE', 1, '2021-01', at, at, id, 'Long ago.', at, statement_id
     from (${entries}) entry`,
    `insert into statement_lines (id, statement_id, position, posting_id, source_id, kind, amount_minor, effective_at,
       available_at, explanation)
     select id, statement_id, position, id, id, 'SALE', 1, at, at, 'Long ago.'
     from (${entries}) entry`,
    'analyze',
  );
}

describe('reading an open statement', () => {
  it('looks at the entries that no statement shows, and not at the history', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-20T08:00:00Z') });
    const supplier = await aSupplier(app);
    await post(app, supplier, [{ kind: 'SALE', amountMinor: 5n, effectiveAt: new Date('2026-10-05T00:00:00Z') }]);
    await close(app, '2026-10');
    await aLongHistory(app, supplier.id);
    const open = Array.from({ length: OPEN_LINES }, () => ({ kind: 'SALE' as const, amountMinor: 100n }));
    await post(app, supplier, open);
    const owner = await aMember(app, { partnerId: supplier.id });
    const question = { partnerId: supplier.globalId, period: '2026-11' };
    const rows = await rowsRead(app, async () => {
      expect((await askStatement(app, owner, question))?.lines.edges).toHaveLength(OPEN_LINES);
    });
    expect(rows.get('partner_entries')).toBeGreaterThanOrEqual(OPEN_LINES);
    // Sums, lines and what is on hold each read the open ones once.
    expect(rows.get('partner_entries')).toBeLessThanOrEqual(4 * OPEN_LINES);
    expect(rows.get('statement_lines') ?? 0).toBe(0);
    expect(rows.get('allocation_shares') ?? 0).toBe(0);
  });

  it('closes without reading what earlier statements show', async () => {
    await using app = await startTestApp({ now: new Date('2026-11-20T08:00:00Z') });
    const supplier = await aSupplier(app);
    await aLongHistory(app, supplier.id);
    await post(app, supplier, [{ kind: 'SALE', amountMinor: 5n, effectiveAt: new Date('2026-10-05T00:00:00Z') }]);
    const rows = await rowsRead(app, async () => {
      await close(app, '2026-10');
    });
    expect(rows.get('partner_entries') ?? 0).toBeLessThanOrEqual(OPEN_LINES);
    expect(rows.get('statement_lines') ?? 0).toBeLessThanOrEqual(OPEN_LINES);
  });
});
