import { findDomainsByCodes } from '../domains/index.ts';
import type { EffectFactors } from '../math/partner-ranking/index.ts';
import { rowsOf } from '../platform/database.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, requireRole } from '../shared/actor.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { present } from '../shared/invariant.ts';
import { quoted } from '../shared/quoted.ts';
import { type CandidateRow, findCandidates } from './candidates.queries.ts';
import { ANYBODY, type CheckedGoal, type ChoiceGoal, checkGoal, type Period, periodBefore } from './choice-goal.ts';
import { checkWeights, type WeightGiven } from './criterion-weights.ts';
import {
  type EffectForecast,
  factorsMissing,
  forecastFrom,
  MOST_PAST_CAMPAIGNS,
  spansBefore,
  usableCampaigns,
} from './effect-forecast.ts';
import { effectOf, type PartnerEffect } from './partner-effect.ts';
import { figuresOf } from './partner-figures.ts';
import { findPastCampaigns } from './past-campaigns.queries.ts';
import { rankCandidates } from './rank-candidates.ts';
import type { Candidate, LeftOutPartner, MissingPolicy, Ranking } from './ranking.ts';
import { readFigures } from './read-figures.ts';

export interface RankingWish {
  readonly goal: ChoiceGoal;
  /** Null for all that are ACTIVE. */
  readonly partnerIds: readonly string[] | null;
  readonly periodDays: number;
  /** Null for weights by entropy. */
  readonly weights: readonly WeightGiven[] | null;
  readonly missing: MissingPolicy;
}

export interface EffectWish {
  readonly goal: ChoiceGoal;
  readonly partnerIds: readonly string[];
  readonly periodDays: number;
}

export const MAX_NAMED_PARTNERS = 500;
export const MAX_EFFECT_PARTNERS = 50;
/** Those who choose partners are those who admit them. */
const CHOOSERS = ['ADMIN'] as const;

/** Which partners fit a goal, by what is known of them; and what a set of them may bring. Reads alone. */
export class PartnerChoiceService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Ranks partners for a goal by what people did with their contents in the days up to now.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an admin
   * @throws InvalidInputError for a domain or partner that does not exist, no candidate, weights that are not above 0 or
   *   lie on nothing that is known, and numbers out of bounds
   */
  async rank(actor: Actor, wish: RankingWish): Promise<Ranking & { readonly period: Period }> {
    requireRole(actor, ...CHOOSERS);
    const { database, clock } = this.#platform;
    const period = periodBefore(clock.now(), wish.periodDays);
    const weights = wish.weights === null ? 'ENTROPY' : checkWeights(wish.weights);
    if (wish.partnerIds !== null) requireSome(wish.partnerIds, MAX_NAMED_PARTNERS);
    const goal = await this.#requireGoal(wish.goal);
    const isTargeted = isTargetedAt(goal);
    const { candidates, inactive } = await database.snapshot(async (em) => {
      const rows = rowsOf(em);
      const found = requireFound(await findCandidates(rows, wish.partnerIds), wish.partnerIds);
      const ids = found.filter(({ isActive }) => isActive).map(({ id }) => id);
      const spans = ids.map((partnerId) => ({ partnerId, ...period }));
      const counted = await readFigures(rows, { spans, target: goal.audience });
      return {
        inactive: found.filter(({ isActive }) => !isActive).map(({ id }) => id),
        candidates: counted.map((figures, at): Candidate => {
          const partnerId = present(ids[at], 'a candidate');
          return { partnerId, figures: figuresOf(figures, { mix: goal.mix, isTargeted }) };
        }),
      };
    });
    const ranking = rankCandidates(candidates, { weights, missing: wish.missing, isTargeted });
    const notActive = inactive.map((partnerId): LeftOutPartner => ({ partnerId, reason: 'NOT_ACTIVE', missing: [] }));
    return { ...ranking, leftOut: [...ranking.leftOut, ...notActive], period };
  }

  /**
   * The effect index of partners together, whatever their state, with each one's factors.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an admin
   * @throws InvalidInputError for a domain or partner that does not exist, and numbers out of bounds
   */
  async effect(actor: Actor, wish: EffectWish): Promise<PartnerEffect & { readonly period: Period }> {
    requireRole(actor, ...CHOOSERS);
    const { database, clock } = this.#platform;
    const period = periodBefore(clock.now(), wish.periodDays);
    requireSome(wish.partnerIds, MAX_EFFECT_PARTNERS);
    const goal = await this.#requireGoal(wish.goal);
    const known = await database.snapshot(async (em) => {
      const rows = rowsOf(em);
      requireFound(await findCandidates(rows, wish.partnerIds), wish.partnerIds);
      const spans = wish.partnerIds.map((partnerId) => ({ partnerId, ...period }));
      return readFigures(rows, { spans, target: ANYBODY });
    });
    const partners = known.map((figures, at) => ({
      partnerId: present(wish.partnerIds[at], 'a partner'),
      figures: figuresOf(figures, { mix: goal.mix, isTargeted: false }),
    }));
    return { ...effectOf(partners), period };
  }

  /**
   * Registrations of a campaign of such partners, as the latest past campaigns tell: each by the factors of its partners
   * in as many days before it began, for the domains of what it promoted.
   *
   * @param wish `planned`: of `effect`; `level`: chance that the interval holds the number
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an admin
   * @throws InvalidInputError for a level or a number of days out of bounds
   */
  async forecast(
    actor: Actor,
    wish: { planned: readonly EffectFactors[] | null; periodDays: number; level: number },
  ): Promise<EffectForecast> {
    requireRole(actor, ...CHOOSERS);
    const { planned, periodDays, level } = wish;
    if (!(level >= 0.5 && level <= 0.999)) {
      throw new InvalidInputError('level', `"level" is a number from 0.5 to 0.999, not ${level}.`);
    }
    if (planned === null) return factorsMissing();
    const { database, clock } = this.#platform;
    const past = await database.snapshot(async (em) => {
      const rows = rowsOf(em);
      const campaigns = await findPastCampaigns(rows, { until: clock.now(), limit: MOST_PAST_CAMPAIGNS });
      const spans = spansBefore(campaigns, periodDays);
      return usableCampaigns(campaigns, await readFigures(rows, { spans, target: ANYBODY }));
    });
    return forecastFrom(past, planned, level);
  }

  /** @throws InvalidInputError for a goal that is none, or names a domain that does not exist */
  async #requireGoal(asked: ChoiceGoal): Promise<CheckedGoal> {
    const goal = checkGoal(asked);
    const codes = [...goal.mix.keys()];
    const known = new Set((await findDomainsByCodes(this.#platform.database, codes)).map(({ code }) => code));
    const unknown = codes.find((code) => !known.has(code));
    if (unknown === undefined) return goal;
    const field = `goal.domains.${codes.indexOf(unknown)}.domain`;
    throw new InvalidInputError(field, `There is no domain ${quoted(unknown)}.`);
  }
}

function isTargetedAt({ audience }: CheckedGoal): boolean {
  return audience.personaWords.length > 0 || audience.language !== null;
}

function requireSome(partnerIds: readonly string[], most: number): void {
  const { length } = partnerIds;
  if (length < 1 || length > most) {
    throw new InvalidInputError('partnerIds', `Name from 1 to ${most} partners, not ${length}.`);
  }
  if (new Set(partnerIds).size !== length) throw new InvalidInputError('partnerIds', 'A partner stands there twice.');
}

/** @throws InvalidInputError when one of those named does not exist, or nobody is there to choose from */
function requireFound(found: readonly CandidateRow[], asked: readonly string[] | null): readonly CandidateRow[] {
  const known = new Set(found.map(({ id }) => id));
  const unknown = (asked ?? []).findIndex((id) => !known.has(id));
  if (unknown >= 0) throw new InvalidInputError(`partnerIds.${unknown}`, 'There is no such partner.');
  if (found.length === 0) throw new InvalidInputError('partnerIds', 'There is no ACTIVE partner to choose from.');
  return found;
}
