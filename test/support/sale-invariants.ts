/**
 * What must hold of sales and of what goes back, once every job is done. Each gives the rows that break it. Nothing but
 * sales may have moved the provider's clearing account.
 */
export const SALE_INVARIANTS: Readonly<Record<string, string>> = {
  'a transaction has the postings it says, and they balance': `
    select entry.id from ledger_transactions entry left join ledger_postings posting on posting.transaction_id = entry.id
    group by entry.id having count(posting.id) <> entry.posting_count or coalesce(sum(posting.amount_minor), 0) <> 0`,
  'an order is paid when its payment was captured, and by that sum': `
    select orders.id, orders.state, payment.state as payment from orders
    join payments payment on payment.order_id = orders.id
    where (orders.paid_at is not null and (payment.captured_at is null or payment.amount_minor <> orders.total_minor))
       or (payment.captured_at is not null and orders.state in ('PLACED'))`,
  'an item of a paid order is split once, and no other is': `
    select item.id, orders.state, count(sale.id) from order_items item join orders on orders.id = item.order_id
    left join allocations sale on sale.order_item_id = item.id and sale.kind = 'SALE'
    where item.list_price_minor > 0
    group by item.id, orders.id
    having count(sale.id) <> case when orders.paid_at is null then 0 else 1 end`,
  'shares come to the sum that is split, and every split is of one chain': `
    select split.id from allocations split left join allocation_shares share on share.allocation_id = split.id
    group by split.id having coalesce(sum(share.amount_minor), 0) <> split.amount_minor
    union all
    select first.id from allocations first join allocations second
      on second.order_item_id = first.order_item_id and second.id > first.id
     and first.kind in ('SALE', 'REALLOCATION') and second.kind in ('SALE', 'REALLOCATION')
    where not exists (select from allocations later where later.supersedes_id = first.id)
      and not exists (select from allocations later where later.supersedes_id = second.id)`,
  'what went back is in the books once': `
    with moved as (
      select 'REFUND' as kind, refund.id, refund.amount_minor as moved, 0 as fee from refunds refund
      join orders on orders.id = refund.order_id and orders.paid_at is not null where refund.state = 'SUCCEEDED'
      union all
      select 'CHARGEBACK', back.id, back.amount_minor, back.fee_minor from chargebacks back
      join orders on orders.id = back.order_id and orders.paid_at is not null where back.opened_at is not null
      union all
      select 'CHARGEBACK_REVERSAL', back.id, -back.amount_minor, 0 from chargebacks back
      join orders on orders.id = back.order_id and orders.paid_at is not null
      where back.opened_at is not null and back.state = 'WON')
    select moved.kind, moved.id, settled.moved_minor from moved
    full join settled_returns settled on settled.kind = moved.kind and settled.source_id = moved.id
    where moved.moved is distinct from settled.moved_minor or moved.fee is distinct from settled.fee_minor`,
  'parties give back what the books say that they share, and never more than the sale': `
    with back as (
      select order_id, kind, coalesce(refund_id, chargeback_id) as source, -sum(split.amount_minor) as amount
      from allocations split join order_items item on item.id = split.order_item_id
      where kind in ('REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL') group by 1, 2, 3)
    select settled.source_id from settled_returns settled
    left join back on back.kind = settled.kind and back.source = settled.source_id
    where settled.shared_minor <> coalesce(back.amount, 0)
    union all
    select settled.order_id from settled_returns settled join orders on orders.id = settled.order_id
    group by settled.order_id, orders.total_minor
    having sum(settled.shared_minor) <> least(orders.total_minor, sum(settled.moved_minor))`,
  'the clearing account is what was captured, less what went back and what that cost': `
    with facts as (
      select payment.provider, payment.currency, payment.amount_minor as amount
      from payments payment join orders on orders.id = payment.order_id where orders.paid_at is not null
      union all
      select payment.provider, payment.currency, -refund.amount_minor from refunds refund
      join payments payment on payment.order_id = refund.order_id
      join orders on orders.id = refund.order_id and orders.paid_at is not null where refund.state = 'SUCCEEDED'
      union all
      select back.provider, back.currency, -back.fee_minor - case when back.state = 'WON' then 0 else back.amount_minor end
      from chargebacks back join orders on orders.id = back.order_id and orders.paid_at is not null
      where back.opened_at is not null),
    wanted as (select provider, currency, sum(amount) as amount from facts group by 1, 2),
    booked as (
      select split_part(account.code, ':', 2) as provider, account.currency, sum(posting.amount_minor) as amount
      from ledger_postings posting join ledger_accounts account on account.id = posting.account_id
      where account.code like 'provider:%:clearing' group by 1, 2)
    select * from wanted full join booked using (provider, currency)
    where coalesce(wanted.amount, 0) <> coalesce(booked.amount, 0)`,
  'money for an order that is not wanted goes back': `
    select orders.id from orders join payments payment on payment.order_id = orders.id
    where orders.state = 'CANCELLED' and payment.captured_at is not null and payment.amount_minor >
      coalesce((select sum(amount_minor) from refunds where order_id = orders.id and state = 'SUCCEEDED'), 0)
      + coalesce((select sum(amount_minor) from chargebacks where order_id = orders.id and state <> 'WON'), 0)`,
  'whoever paid has what was bought, until all of it is back': `
    select item.id from order_items item join orders on orders.id = item.order_id
    left join entitlements right_to on right_to.order_id = item.order_id and right_to.content_id = item.content_id
    where orders.paid_at is not null and (right_to.revoked_at is null) is distinct from (orders.refunded_at is null)
       or orders.paid_at is not null and right_to.id is null`,
  'a posting is on one statement line, and its entry says on which': `
    select entry.posting_id from partner_entries entry
    full join statement_lines line on line.posting_id = entry.posting_id
    where entry.statement_id is distinct from line.statement_id`,
  'no more is kept for payouts than payouts are under way': `
    with kept as (select account_id, sum(amount_minor) as amount from ledger_holds where state = 'PENDING' group by 1),
    under_way as (
      select account.id as account_id, sum(payout.amount_minor) as amount from payouts payout
      join ledger_accounts account
        on account.code = 'partner:' || payout.partner_id || ':payable' and account.currency = payout.currency
      where payout.state in ('PENDING', 'SENT') group by 1)
    select * from kept full join under_way using (account_id) where kept.amount is distinct from under_way.amount`,
  'every job that was wanted is done, and none was given up': `
    select id, job, error from outbox_messages where settled_at is null or error is not null`,
};
