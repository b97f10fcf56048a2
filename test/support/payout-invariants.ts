import { rawSql } from './ledger.ts';
import type { TestApp } from './test-app.ts';

/** What must hold of money on its way, whatever happened. Each gives the rows that break it. */
const INVARIANTS: Readonly<Record<string, string>> = {
  'entries are what the ledger has on the payable account': `
    with stated as (select partner_id, currency, sum(amount_minor) as amount from partner_entries group by 1, 2),
    booked as (
      select split_part(account.code, ':', 2)::uuid as partner_id, account.currency, -sum(posting.amount_minor) as amount
      from ledger_postings posting join ledger_accounts account on account.id = posting.account_id
      where account.code like 'partner:%:payable' group by 1, 2)
    select * from stated full join booked using (partner_id, currency)
    where stated.amount is distinct from booked.amount`,
  'opening and lines are closing': `
    select statement.id from statements statement left join partner_entries entry on entry.statement_id = statement.id
    group by statement.id
    having statement.opening_minor + coalesce(sum(entry.amount_minor), 0) <> statement.closing_minor`,
  'a statement opens with what the one before it closed with': `
    select * from (
      select opening_minor, lag(closing_minor, 1, 0::bigint) over (partition by partner_id, currency order by period) as before
      from statements) chain where opening_minor <> before`,
  'the last statement and what is open are the balance': `
    with last as (
      select distinct on (partner_id, currency) partner_id, currency, closing_minor from statements
      order by partner_id, currency, period desc)
    select entry.partner_id from partner_entries entry left join last using (partner_id, currency)
    group by entry.partner_id, entry.currency, last.closing_minor
    having sum(entry.amount_minor) <>
      coalesce(last.closing_minor, 0) + coalesce(sum(entry.amount_minor) filter (where entry.statement_id is null), 0)`,
  'a payout is held while it is under way, and only then': `
    select payout.id from payouts payout join ledger_holds hold on hold.id = payout.hold_id
    where hold.amount_minor <> payout.amount_minor or hold.currency <> payout.currency
       or hold.state <> case when payout.state in ('PENDING', 'SENT') then 'PENDING'
                             when exists (select from payout_steps step where step.payout_id = payout.id
                                          and step.to_state = 'PAID') then 'POSTED' else 'VOIDED' end`,
  'no hold is without its payout': `
    select id from ledger_holds hold where not exists (select from payouts where hold_id = hold.id)`,
  'what was paid is posted once, and what came back too': `
    select payout.id, paid.count, returned.count
    from payouts payout
    cross join lateral (select count(*), min(amount_minor) as amount from partner_entries
                        where source_id = payout.id and kind = 'PAYOUT') paid
    cross join lateral (select count(*), min(amount_minor) as amount from partner_entries
                        where source_id = payout.id and kind = 'PAYOUT_RETURN') returned
    cross join lateral (select count(*) filter (where to_state = 'PAID') as paid,
                               count(*) filter (where from_state = 'PAID') as returned
                        from payout_steps where payout_id = payout.id) step
    where paid.count <> step.paid or returned.count <> step.returned or paid.count > 1 or returned.count > 1
       or (paid.count = 1 and paid.amount <> -payout.amount_minor)
       or (returned.count = 1 and returned.amount <> payout.amount_minor)`,
  'a payout is where its last step led': `
    select payout.id from payouts payout
    where payout.state <> (select to_state from payout_steps where payout_id = payout.id order by at desc, id desc limit 1)`,
  'a batch is the sum of its payouts, and complete when each is answered for': `
    select batch.id from payout_batches batch join payouts payout on payout.batch_id = batch.id group by batch.id
    having batch.payout_count <> count(*) or batch.total_minor <> sum(payout.amount_minor)
        or (batch.state = 'COMPLETED') <> bool_and(payout.state in ('PAID', 'RETURNED', 'FAILED'))`,
  'every bank posting is a payout': `
    select posting.id from ledger_postings posting
    join ledger_accounts account on account.id = posting.account_id and account.code = 'platform:bank'
    where not exists (select from ledger_transactions entry where entry.id = posting.transaction_id
                      and entry.kind in ('PAYOUT', 'PAYOUT_RETURN'))`,
};

/** Names of the invariants of partners' accounts, statements and payouts that do not hold, with the rows that break them. */
export function brokenInvariants(app: TestApp): Promise<string[]> {
  return brokenRows(app, INVARIANTS);
}

/** Of queries by name, those that find rows, with what they find: one statement over one snapshot. */
export async function brokenRows(app: TestApp, queries: Readonly<Record<string, string>>): Promise<string[]> {
  const parts = Object.entries(queries).map(
    ([name, query]) =>
      `select '${name.replaceAll("'", "''")}' as name, (select json_agg(broken)::text from (${query}) broken) as rows`,
  );
  const checked = await rawSql(app, parts.join(' union all '));
  return checked.filter(({ rows }) => rows !== null).map(({ name, rows }) => `${name}: ${rows}`);
}
