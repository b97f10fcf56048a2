import { Campaign, type Channel, Touchpoint } from '../../src/campaigns/index.ts';
import { Order } from '../../src/orders/index.ts';
import { rawSql } from './ledger.ts';
import type { TestOrder } from './orders.ts';
import type { TestApp } from './test-app.ts';

export interface TouchOptions {
  readonly userId: string;
  readonly partnerId: string;
  /** A new campaign of the partner unless given. */
  readonly campaignId?: string;
  readonly channel?: Channel;
  readonly occurredAt?: Date;
}

/** One click of a person on a campaign of a partner. */
export async function aTouchpoint(app: TestApp, options: TouchOptions): Promise<{ id: string; campaignId: string }> {
  const id = app.platform.ids.next();
  const { userId, partnerId, channel = 'EMAIL', occurredAt = app.clock.now() } = options;
  const campaignId = options.campaignId ?? (await aLiveCampaign(app, partnerId));
  await app.platform.database.transaction(async (em) => {
    const place = { campaignId, partnerId, channel, kind: 'CLICK' as const };
    em.create(Touchpoint, { id, ...place, userId, occurredAt, receivedAt: occurredAt }, { persist: true });
  });
  return { id, campaignId };
}

async function aLiveCampaign(app: TestApp, leadPartnerId: string): Promise<string> {
  const id = app.platform.ids.next();
  const now = app.clock.now();
  await app.platform.database.transaction(async (em) => {
    em.create(
      Campaign,
      {
        id,
        name: `Campaign ${id.slice(-4)}`,
        description: 'A campaign of the tests.',
        goal: 'Sales.',
        state: 'LIVE',
        leadPartnerId,
        channels: ['EMAIL', 'SOCIAL'],
        currency: 'CNY',
        budgetMinor: 1_000_000n,
        attributionWindowDays: 30,
        viewWindowDays: 1,
        startsAt: new Date(now.getTime() - 60 * 86_400_000),
        endsAt: new Date(now.getTime() + 60 * 86_400_000),
        createdAt: now,
      },
      { persist: true },
    );
  });
  return id;
}

/** Tells campaigns of a paid order, as the capture of its payment does. */
export async function recordPurchase(app: TestApp, { id: orderId, userId, totalMinor }: TestOrder): Promise<void> {
  await app.platform.database.transaction(async (em) => {
    const { currency, paidAt } = await em.findOneOrFail(Order, { id: orderId });
    const occurredAt = paidAt ?? app.clock.now();
    await app.services.conversions.recordPurchase(em, {
      orderId,
      userId,
      valueMinor: totalMinor,
      currency,
      occurredAt,
    });
  });
}

/** What stands on the accounts, by code, debit positive. Accounts at zero are left out. */
export async function balances(app: TestApp): Promise<Record<string, bigint>> {
  const rows = (await rawSql(
    app,
    `select a.code, sum(p.amount_minor)::text as balance from ledger_postings p
     join ledger_accounts a on a.id = p.account_id group by a.code having sum(p.amount_minor) <> 0 order by a.code`,
  )) as { code: string; balance: string }[];
  return Object.fromEntries(rows.map(({ code, balance }) => [code, BigInt(balance)]));
}
