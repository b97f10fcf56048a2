import { sql } from 'kysely';
import {
  Campaign,
  CampaignPartner,
  type CampaignRole,
  type CampaignState,
  type Channel,
  type TouchKind,
} from '../../src/campaigns/index.ts';
import { bulkInsert } from '../../src/platform/bulk-insert.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { aMember, aPartner } from './partners.ts';
import type { TestPerson } from './people.ts';
import type { Answer, TestApp } from './test-app.ts';

export interface CampaignOptions {
  readonly name?: string;
  readonly state?: CampaignState;
  /** A new active partner unless given. */
  readonly leadPartnerId?: string;
  readonly partners?: readonly { readonly partnerId: string; readonly role: CampaignRole }[];
  readonly channels?: readonly Channel[];
  readonly currency?: string;
  readonly attributionWindowDays?: number;
  readonly viewWindowDays?: number;
  readonly startsAt?: Date;
}

export interface TestCampaign {
  readonly id: string;
  /** Global. */
  readonly globalId: string;
  readonly leadPartnerId: string;
}

const DAY_MS = 86_400_000;

/** A live campaign of October 2026 on e-mail and social media, with windows of 30 days after a click and one after a view. */
export async function aCampaign(app: TestApp, options: CampaignOptions = {}): Promise<TestCampaign> {
  const id = app.platform.ids.next();
  const leadPartnerId = options.leadPartnerId ?? (await aPartner(app)).id;
  const startsAt = options.startsAt ?? new Date('2026-10-01T00:00:00Z');
  await app.platform.database.transaction(async (em) => {
    em.create(
      Campaign,
      {
        id,
        name: options.name ?? '秋学季',
        description: 'A campaign of the tests.',
        goal: '200 registrations',
        state: options.state ?? 'LIVE',
        leadPartnerId,
        channels: [...(options.channels ?? ['EMAIL', 'SOCIAL'])],
        currency: options.currency ?? 'CNY',
        budgetMinor: 1_000_000n,
        attributionWindowDays: options.attributionWindowDays ?? 30,
        viewWindowDays: options.viewWindowDays ?? 1,
        startsAt,
        endsAt: new Date(startsAt.getTime() + 60 * DAY_MS),
        createdAt: startsAt,
      },
      { persist: true },
    );
    for (const part of [{ partnerId: leadPartnerId, role: 'LEAD' as const }, ...(options.partners ?? [])]) {
      em.create(CampaignPartner, { id: app.platform.ids.next(), campaignId: id, ...part }, { persist: true });
    }
  });
  return { id, globalId: globalId('Campaign', id), leadPartnerId };
}

/** A live campaign, and a manager of its lead partner. */
export async function aManagedCampaign(
  app: TestApp,
  options: CampaignOptions = {},
): Promise<TestCampaign & { readonly manager: TestPerson }> {
  const campaign = await aCampaign(app, options);
  return { ...campaign, manager: await aMember(app, { partnerId: campaign.leadPartnerId, role: 'MANAGER' }) };
}

const APPROVE = /* GraphQL */ `
  mutation ($input: ApproveCampaignInput!) {
    approveCampaign(input: $input) {
      __typename
      ... on ChangeCampaignSuccess { campaign { approvals { partner { name } planVersion isCurrent by at } } }
      ... on UserError { code message }
      ... on PlanChangedError { planVersion }
    }
  }`;

/** Approves the plan of a campaign as it stands, through the API. @param approval `campaignId`: global */
export async function approveCampaign(
  app: TestApp,
  person: { readonly token?: string },
  approval: { readonly campaignId: string; readonly partnerId: string; readonly planVersion?: number },
): Promise<unknown> {
  const { campaignId, planVersion = 1 } = approval;
  const input = { campaignId, partnerId: globalId('Partner', approval.partnerId), planVersion };
  return (await app.graphql(APPROVE, { input }, person)).data?.approveCampaign;
}

const MOVE = /* GraphQL */ `
  mutation ($input: TransitionCampaignInput!) {
    transitionCampaign(input: $input) {
      __typename
      ... on ChangeCampaignSuccess { campaign { state planVersion } }
      ... on UserError { code message }
      ... on CampaignNotReadyError { blockers { kind subjectId message } }
      ... on IllegalTransitionError { from to }
    }
  }`;

/** Takes a step of a campaign's lifecycle through the API. @param step `campaignId`: global */
export async function moveCampaign(
  app: TestApp,
  person: { readonly token?: string },
  step: { readonly campaignId: string; readonly to: CampaignState },
): Promise<Record<string, unknown>> {
  const answer = await app.graphql(MOVE, { input: { ...step, reason: 'As planned.' } }, person);
  return (answer.data?.transitionCampaign ?? {}) as Record<string, unknown>;
}

export interface TouchOptions {
  readonly campaign: TestCampaign;
  /** The lead partner unless given. */
  readonly partnerId?: string;
  readonly channel?: Channel;
  readonly kind?: TouchKind;
  readonly userId?: string | null;
  readonly visitorId?: string | null;
  readonly at: string;
  /** Arrival; as it happened unless given. */
  readonly receivedAt?: string;
}

/** Touchpoints as if they had been reported; in the order of arrival. @returns their ids */
export async function touchpoints(app: TestApp, touches: readonly TouchOptions[]): Promise<string[]> {
  const rows = touches.map((touch) => ({
    id: app.platform.ids.next(),
    campaign_id: touch.campaign.id,
    partner_id: touch.partnerId ?? touch.campaign.leadPartnerId,
    channel: touch.channel ?? 'EMAIL',
    kind: touch.kind ?? 'CLICK',
    user_id: touch.userId ?? null,
    visitor_id: touch.visitorId ?? null,
    occurred_at: touch.at,
    received_at: touch.receivedAt ?? touch.at,
  }));
  await app.platform.database.transaction((em) => bulkInsert(em, 'touchpoints', rows));
  return rows.map((row) => row.id);
}

export interface PurchaseOptions {
  readonly userId: string;
  readonly orderId?: string;
  readonly valueMinor?: bigint;
  readonly currency?: string;
  readonly at: string;
}

/** A conversion as a paid order makes it; the order itself is not there. @returns the order's id */
export async function aPurchase(app: TestApp, options: PurchaseOptions): Promise<string> {
  const orderId = options.orderId ?? app.platform.ids.next();
  await app.platform.database.transaction((em) =>
    app.services.conversions.recordPurchase(em, {
      orderId,
      userId: options.userId,
      valueMinor: options.valueMinor ?? 9_900n,
      currency: options.currency ?? 'CNY',
      occurredAt: new Date(options.at),
    }),
  );
  return orderId;
}

/** All rows of a table, for recounting. */
export async function rowsIn<Row>(app: TestApp, table: string): Promise<Row[]> {
  return (await sql<Row>`select * from ${sql.table(table)}`.execute(app.platform.database.read())).rows;
}

const RECORD_TOUCHPOINTS = /* GraphQL */ `
  mutation ($input: RecordTouchpointsInput!) {
    recordTouchpoints(input: $input) {
      __typename
      ... on EventsRecorded { accepted duplicates refused { index eventId reason } }
      ... on UserError { code message }
    }
  }`;
const RECORD_CONVERSIONS = /* GraphQL */ `
  mutation ($input: RecordConversionsInput!) {
    recordConversions(input: $input) {
      __typename
      ... on EventsRecorded { accepted duplicates refused { index eventId reason } }
      ... on UserError { code message }
    }
  }`;

export interface Report {
  readonly partnerId: string;
  readonly events: readonly Readonly<Record<string, unknown>>[];
}

/** Reports touchpoints through the API. */
export async function reportTouchpoints(app: TestApp, report: Report, { token }: { token?: string }): Promise<unknown> {
  return (await send(app, { query: RECORD_TOUCHPOINTS, report, token })).data?.recordTouchpoints;
}

/** Reports conversions through the API. */
export async function reportConversions(app: TestApp, report: Report, { token }: { token?: string }): Promise<unknown> {
  return (await send(app, { query: RECORD_CONVERSIONS, report, token })).data?.recordConversions;
}

function send(
  app: TestApp,
  { query, report, token }: { query: string; report: Report; token: string | undefined },
): Promise<Answer> {
  const input = { partnerId: globalId('Partner', report.partnerId), events: report.events };
  return app.graphql(query, { input }, token === undefined ? {} : { token });
}
