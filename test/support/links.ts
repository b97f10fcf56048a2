import type { LightMyRequestResponse } from 'fastify';
import { globalId } from '../../src/shared/global-id.ts';
import type { TestCampaign } from './campaigns.ts';
import type { TestPerson } from './people.ts';
import type { TestApp } from './test-app.ts';

export const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0';

const CREATE = /* GraphQL */ `
  mutation ($input: CreateCampaignLinkInput!) {
    createCampaignLink(input: $input) {
      __typename
      ... on ChangeCampaignLinkSuccess {
        link { id code path target destination utm { source medium campaign content } creative { title } expiresAt }
      }
      ... on UserError { code message }
      ... on InvalidInputError { field }
    }
  }`;

/** Asks for a link of the lead on e-mail to `/courses/1`, unless the input says otherwise. */
export async function askForLink(
  app: TestApp,
  person: Partial<TestPerson>,
  { campaign, ...more }: { readonly campaign: TestCampaign; readonly [field: string]: unknown },
): Promise<Record<string, unknown>> {
  const partnerId = globalId('Partner', campaign.leadPartnerId);
  const input = { campaignId: campaign.globalId, partnerId, channel: 'EMAIL', target: '/courses/1', ...more };
  const session = person.token === undefined ? {} : { token: person.token };
  return (await app.graphql(CREATE, { input }, session)).data?.createCampaignLink as Record<string, unknown>;
}

export interface TestLink {
  readonly id: string;
  readonly code: string;
  readonly destination: string;
}

/** A link of the lead on e-mail, made through the API. */
export async function aLink(
  app: TestApp,
  campaign: TestCampaign & { readonly manager: TestPerson },
  more: Record<string, unknown> = {},
): Promise<TestLink> {
  return (await askForLink(app, campaign.manager, { campaign, ...more })).link as TestLink;
}

/** Opens a link as a browser does, and waits until the click is kept. */
export async function openLink(
  app: TestApp,
  code: string,
  {
    method = 'GET',
    cookie,
    headers,
  }: { method?: 'GET' | 'HEAD'; cookie?: string; headers?: Record<string, string> } = {},
): Promise<LightMyRequestResponse> {
  const sent = { 'user-agent': BROWSER, ...(cookie === undefined ? {} : { cookie }), ...headers };
  const response = await app.server.inject({ method, url: `/l/${code}`, headers: sent });
  await app.services.linkVisits.settle();
  return response;
}
