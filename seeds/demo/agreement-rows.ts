import { idFromName } from '../../src/shared/ids.ts';
import { present } from '../../src/shared/invariant.ts';
import { campaignPlanRows } from './campaign-plan-rows.ts';
import { type Row, steps } from './catalogue-rows.ts';
import type { DemoContract, DemoContractVersion, DemoScenario } from './scenario.types.ts';

/** What was agreed and planned: contracts and campaigns, as rows by table. */
export function agreementRows(scenario: DemoScenario): ReadonlyMap<string, Row[]> {
  const { contracts, campaigns } = scenario;
  return new Map([
    ['contracts', contracts.map(contractRow)],
    ['contract_parties', contracts.flatMap(partyRows)],
    ['contract_steps', contracts.flatMap(contractSteps)],
    ['contract_versions', contracts.flatMap((contract) => contract.versions.map((v) => versionRow(contract, v)))],
    ['contract_acceptances', contracts.flatMap((contract) => contract.versions.flatMap(acceptanceRows))],
    ['contract_terms', contracts.flatMap((contract) => contract.versions.flatMap(termRows))],
    ['campaigns', campaignRows(scenario)],
    ['campaign_steps', steps('campaign', campaigns)],
    ['campaign_partners', campaignPartnerRows(scenario)],
    ['campaign_contents', campaigns.flatMap((c) => c.contentIds.map((id) => ({ campaign_id: c.id, content_id: id })))],
    ['campaign_costs', costRows(scenario)],
    ...campaignPlanRows(scenario),
  ]);
}

function firstVersion(contract: DemoContract): DemoContractVersion {
  return present(contract.versions.at(0), 'the first version of a contract');
}

function contractRow(contract: DemoContract): Row {
  const { currency, timeZone } = firstVersion(contract);
  return {
    id: contract.id,
    name: contract.title,
    currency,
    currencies: [currency],
    notice_days: 30,
    time_zone: timeZone,
    state: 'IN_FORCE',
    created_at: contract.createdAt,
  };
}

function partyRows(contract: DemoContract): Row[] {
  const suppliers = new Set(contract.scope.partnerIds);
  return contract.partyIds.map((partnerId) => ({
    id: idFromName('demo-contract-party', `${contract.id}:${partnerId}`),
    contract_id: contract.id,
    partner_id: partnerId,
    role: suppliers.has(partnerId) ? 'SUPPLIER' : 'LICENSOR',
  }));
}

/** The platform's own acceptance is the proposal and has no row. */
function acceptanceRows(version: DemoContractVersion): Row[] {
  return version.acceptances
    .filter(({ partnerId }) => partnerId !== null)
    .map(({ partnerId, byUserId, at }) => ({
      id: idFromName('demo-contract-acceptance', `${version.id}:${partnerId}`),
      version_id: version.id,
      partner_id: partnerId,
      accepted_at: at,
      accepted_by: `user:${byUserId}`,
      reason: '已审阅并同意',
    }));
}

/** When the last party signed, and who that was. */
function lastAcceptance(version: DemoContractVersion) {
  return present(
    version.acceptances.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1),
    'an acceptance of a version in force',
  );
}

function contractSteps(contract: DemoContract): Row[] {
  const { proposedAt, effectiveFrom } = firstVersion(contract);
  const { at: acceptedAt, byUserId } = lastAcceptance(firstVersion(contract));
  const inForceAt = new Date(Math.max(effectiveFrom.getTime(), acceptedAt.getTime()));
  const history = [
    { from: null, to: 'DRAFT', at: contract.createdAt, reason: '起草' },
    { from: 'DRAFT', to: 'PROPOSED', at: proposedAt, reason: '提交各方' },
    { from: 'PROPOSED', to: 'ACCEPTED', at: acceptedAt, reason: '各方均已签署' },
    { from: 'ACCEPTED', to: 'IN_FORCE', at: inForceAt, reason: '到达生效日' },
  ];
  return history.map((step, at) => ({
    id: idFromName('demo-contract-step', `${contract.id}:${at}`),
    contract_id: contract.id,
    from_state: step.from,
    to_state: step.to,
    by: `user:${byUserId}`,
    reason: step.reason,
    at: step.at,
  }));
}

function versionRow(contract: DemoContract, version: DemoContractVersion): Row {
  return {
    id: version.id,
    contract_id: contract.id,
    number: version.number,
    effective_from: version.effectiveFrom,
    recorded_at: lastAcceptance(version).at,
    rounding: version.roundingRule,
    pool_model: version.attributionModel ?? 'LAST_TOUCH',
    hold_days: version.holdDays,
    payout_minimums: [{ currency: version.currency, amount: String(version.payoutMinimumMinor) }],
    note: version.note,
    proposed_at: version.proposedAt,
    proposed_by: `user:${lastAcceptance(version).byUserId}`,
  };
}

function termRows(version: DemoContractVersion): Row[] {
  return version.terms.map((term, position) => ({
    id: term.id,
    version_id: version.id,
    position,
    clause: term.clause,
    step: term.step,
    kind: term.kind,
    basis: term.basis ?? null,
    percent: term.percent ?? null,
    amount_minor: term.amountMinor ?? null,
    tiers: term.tiers ?? null,
    beneficiary: term.beneficiary ?? null,
    partner_id: term.partnerId ?? null,
    cost: term.cost ?? null,
    window: term.window ?? null,
    cap_minor: term.capMinor ?? null,
    cap_window: term.capWindow ?? null,
    content_id: term.contentId ?? null,
    domain_code: term.domainCode ?? null,
    module: term.module ?? null,
    description: term.description,
  }));
}

function campaignRows(scenario: DemoScenario): Row[] {
  return scenario.campaigns.map((campaign) => ({
    id: campaign.id,
    name: campaign.name,
    description: campaign.nameEn,
    goal: campaign.goal,
    state: campaign.status,
    lead_partner_id: campaign.leadPartnerId,
    channels: campaign.channels,
    currency: campaign.currency,
    budget_minor: campaign.budgetMinor,
    attribution_window_days: campaign.attributionWindowDays,
    view_window_days: campaign.viewWindowDays,
    starts_at: campaign.startsAt,
    ends_at: campaign.endsAt,
    created_at: campaign.createdAt,
  }));
}

function campaignPartnerRows(scenario: DemoScenario): Row[] {
  return scenario.campaigns.flatMap((campaign) =>
    campaign.partners.map((partner) => ({
      id: idFromName('demo-campaign-partner', `${campaign.id}:${partner.partnerId}`),
      campaign_id: campaign.id,
      partner_id: partner.partnerId,
      role: partner.role,
    })),
  );
}

function costRows(scenario: DemoScenario): Row[] {
  return scenario.campaignCosts.map((cost) => ({
    id: cost.id,
    campaign_id: cost.campaignId,
    partner_id: cost.partnerId,
    channel: cost.channel,
    day: cost.day,
    cost_minor: cost.amountMinor,
  }));
}
