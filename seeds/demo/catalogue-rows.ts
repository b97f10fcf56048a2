import { defaultMinAge } from '../../src/content/index.ts';
import { idFromName } from '../../src/shared/ids.ts';
import { present } from '../../src/shared/invariant.ts';
import { interestsInWords } from './interest-words.ts';
import type { DemoPartner, DemoScenario, DemoTransition } from './scenario.types.ts';

/** A row as the database keeps it: column names and plain values. */
export type Row = Readonly<Record<string, unknown>>;

const WITHOUT_ACCOUNT = 'sprout-house';

/** Who and what sells: everything that stands before the first click, as rows by table. */
export function catalogueRows(scenario: DemoScenario, passwordHash: string): ReadonlyMap<string, Row[]> {
  const codeOf = new Map(scenario.domains.map((domain) => [domain.id, domain.code]));
  return new Map([
    ['domains', scenario.domains.map((d) => ({ code: d.code, name: d.nameEn, name_zh: d.nameZh }))],
    ['users', userRows(scenario, passwordHash)],
    ['partners', partnerRows(scenario, codeOf)],
    ['partner_steps', steps('partner', scenario.partners)],
    ['partner_members', memberRows(scenario)],
    ['payout_details', payoutDetailRows(scenario)],
    ['contents', contentRows(scenario, codeOf)],
    ['licences', licenceRows(scenario)],
  ]);
}

function userRows(scenario: DemoScenario, passwordHash: string): Row[] {
  return scenario.users.map((user, number) => ({
    id: user.id,
    email: user.email,
    password_hash: user.canLogIn ? passwordHash : null,
    display_name: user.displayName,
    roles: user.roles,
    locale: user.locale,
    country: user.country,
    birth_year: user.birthYear,
    occupation: user.occupation,
    interests: interestsInWords(user.interests, { locale: user.locale, number }),
    goals: user.goals,
    created_at: user.createdAt,
  }));
}

function partnerRows(scenario: DemoScenario, codeOf: ReadonlyMap<string, string>): Row[] {
  return scenario.partners.map((partner) => ({
    id: partner.id,
    name: partner.name,
    kind: partner.kind,
    domain_code: codeOf.get(partner.domainId),
    state: partner.status,
    country: partner.country,
    description: partner.description,
    audience_size: partner.audience.followers,
    created_at: partner.createdAt,
  }));
}

function memberRows(scenario: DemoScenario): Row[] {
  return scenario.partners.flatMap((partner) =>
    partner.members.map((member) => ({
      id: idFromName('demo-member', `${partner.id}:${member.userId}`),
      partner_id: partner.id,
      user_id: member.userId,
      role: member.role,
      created_at: member.since,
    })),
  );
}

/**
 * Where the money of those goes that were taken on, but for one that has yet to say so. The accounts are invented: no
 * bank has them.
 */
function payoutDetailRows(scenario: DemoScenario): Row[] {
  const hasSaid = ({ key, transitions }: DemoPartner) =>
    key !== WITHOUT_ACCOUNT && transitions.some(({ to }) => to === 'ACTIVE');
  return scenario.partners.filter(hasSaid).map((partner, at) => {
    const owner = present(
      partner.members.find(({ role }) => role === 'OWNER'),
      `an owner of ${partner.key}`,
    );
    return {
      id: idFromName('demo-payout-details', partner.id),
      partner_id: partner.id,
      number: 1,
      beneficiary: partner.name,
      account: `${partner.country}00DEMO${String(at + 1).padStart(10, '0')}`,
      bank_name: 'Demo Bank',
      country: partner.country,
      set_by: `user:${owner.userId}`,
      set_at: present(partner.transitions.at(-1), 'the last step of a partner').at,
    };
  });
}

function contentRows(scenario: DemoScenario, codeOf: ReadonlyMap<string, string>): Row[] {
  return scenario.contents.map((content) => ({
    id: content.id,
    partner_id: content.partnerId,
    domain_code: codeOf.get(content.domainId),
    kind: content.kind,
    module: content.module,
    level: content.level,
    language: content.language,
    title: content.title,
    authors: [content.author],
    description: content.description,
    keywords: content.keywords,
    price_minor: content.priceMinor,
    currency: content.currency,
    duration_minutes: content.durationMinutes,
    min_age: defaultMinAge(content.kind),
    state: content.status,
    published_at: content.publishedAt,
    created_at: content.createdAt,
  }));
}

function licenceRows(scenario: DemoScenario): Row[] {
  return scenario.contents.map(({ id: contentId, licence }) => ({
    id: licence.id,
    content_id: contentId,
    territory: licence.territory,
    exclusive: licence.exclusive,
    valid_from: licence.validFrom,
    valid_until: licence.validUntil,
  }));
}

/** Rows of a lifecycle's history, for things of one kind. */
export function steps(
  kind: 'partner' | 'campaign',
  things: readonly { readonly id: string; readonly transitions: readonly DemoTransition<string>[] }[],
): Row[] {
  return things.flatMap((thing) =>
    thing.transitions.map((step, at) => ({
      id: idFromName(`demo-${kind}-step`, `${thing.id}:${at}`),
      [`${kind}_id`]: thing.id,
      from_state: step.from,
      to_state: step.to,
      by: `user:${step.byUserId}`,
      reason: step.reason,
      at: step.at,
    })),
  );
}
