import { Field, Float, ID, InputType, Int } from 'type-graphql';
import {
  type ChoiceCriterion,
  type EffectWish,
  MAX_DOMAINS,
  MAX_EFFECT_PARTNERS,
  MAX_NAMED_PARTNERS,
  MAX_PERIOD_DAYS,
  type MissingPolicy,
  type RankingWish,
} from '../../src/partner-choice/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import { ChoiceCriterionEnum, ChoiceMissingPolicyEnum } from './partner-choice.enums.ts';

const PERIOD = `Days up to now that are looked at, from 1 to ${MAX_PERIOD_DAYS}.`;
const DEFAULT_DAYS = 90;

@InputType('DomainWeightInput', { description: 'How much of a domain is wanted.' })
export class DomainWeightInputType {
  @Field(() => String, { description: 'Code of the domain.' })
  readonly domain: string;

  @Field(() => Float, { defaultValue: 1, description: 'Its weight, above 0; weights are taken as parts of their sum.' })
  readonly weight: number;
}

@InputType('PartnerGoalInput', { description: 'Whom a partner is looked for, for.' })
export class PartnerGoalInputType {
  @Field(() => [DomainWeightInputType], { description: `The domains wanted, from 1 to ${MAX_DOMAINS}.` })
  readonly domains: readonly DomainWeightInputType[];

  @Field(() => [String], {
    defaultValue: [],
    description:
      'Words of the people wanted, at most 20: one fits when a word occurs in their occupation, interests or goals. Only ' +
      'profiles that their people let be used are looked at.',
  })
  readonly personaWords: readonly string[];

  @Field(() => String, {
    nullable: true,
    description: 'Language of the people wanted, BCP 47: "en" takes "en-GB" too. Absent for any.',
  })
  readonly language?: string | null;
}

@InputType('CriterionWeightInput', { description: 'How much a criterion counts.' })
export class CriterionWeightInputType {
  @Field(() => ChoiceCriterionEnum, { description: 'The criterion.' })
  readonly criterion: ChoiceCriterion;

  @Field(() => Float, { description: 'Its weight, above 0; weights are taken as parts of their sum.' })
  readonly weight: number;
}

@InputType('RankPartnersInput', { description: 'Which partners to rank for what.' })
export class RankPartnersInputType {
  @Field(() => PartnerGoalInputType, { description: 'What they are looked for, for.' })
  readonly goal: PartnerGoalInputType;

  @Field(() => [ID], {
    nullable: true,
    description: `The candidates, at most ${MAX_NAMED_PARTNERS}; absent for every ACTIVE partner.`,
  })
  readonly partnerIds?: readonly string[] | null;

  @Field(() => Int, { defaultValue: DEFAULT_DAYS, description: PERIOD })
  readonly periodDays: number;

  @Field(() => [CriterionWeightInputType], {
    nullable: true,
    description:
      'How much each criterion counts; one that is not named counts nothing. Absent: by the entropy method, which lets ' +
      'those criteria count that tell the candidates apart.',
  })
  readonly weights?: readonly CriterionWeightInputType[] | null;

  @Field(() => ChoiceMissingPolicyEnum, { defaultValue: 'IMPUTE', description: 'What to do about missing figures.' })
  readonly missing: MissingPolicy;
}

@InputType('PartnerEffectInput', { description: 'Partners that may do something together, and what for.' })
export class PartnerEffectInputType {
  @Field(() => PartnerGoalInputType, {
    description:
      'What they are looked for, for: its domains count. What people it wants is not known of past campaigns.',
  })
  readonly goal: PartnerGoalInputType;

  @Field(() => [ID], { description: `The partners, from 1 to ${MAX_EFFECT_PARTNERS}.` })
  readonly partnerIds: readonly string[];

  @Field(() => Int, { defaultValue: DEFAULT_DAYS, description: PERIOD })
  readonly periodDays: number;
}

export function toRankingWish(input: RankPartnersInputType): RankingWish {
  const { goal, partnerIds, periodDays, weights, missing } = input;
  const ids = partnerIds ? partnerIds.map((id) => localId('Partner', id)) : null;
  return { goal: toGoal(goal), partnerIds: ids, periodDays, weights: weights ?? null, missing };
}

export function toEffectWish({ goal, partnerIds, periodDays }: PartnerEffectInputType): EffectWish {
  return { goal: toGoal(goal), partnerIds: partnerIds.map((id) => localId('Partner', id)), periodDays };
}

function toGoal({ domains, personaWords, language }: PartnerGoalInputType): RankingWish['goal'] {
  return { domains, personaWords, language: language ?? null };
}
