import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import {
  type ApprovalRow,
  BLOCKER_KINDS,
  type BlockerKind,
  type BudgetShareRow,
  type LaunchBlocker,
  PLAN_PARTS,
  type PlanPart,
  type PlanVersionRow,
} from '../../src/campaigns/index.ts';
import { globalId } from '../../src/shared/global-id.ts';
import { build } from '../shared/build.ts';
import { enumOf } from '../shared/enum.ts';
import { MoneyType, toMoney } from '../shared/money.type.ts';

export const PlanPartEnum = enumOf(PLAN_PARTS);
registerEnumType(PlanPartEnum, { name: 'CampaignPlanPart', description: 'What of a plan the partners agree on.' });

export const BlockerKindEnum = enumOf(BLOCKER_KINDS);
registerEnumType(BlockerKindEnum, {
  name: 'LaunchBlockerKind',
  description: 'What keeps a campaign from going live, or from running until its end.',
  valuesConfig: {
    END_PASSED: { description: 'Its planned end has passed.' },
    APPROVAL_MISSING: { description: 'A partner has not approved the plan as it stands.' },
    TASK_OPEN: { description: 'A required task is open.' },
    CONTRACT_MISSING: { description: 'A partner has no contract in force until the end of the campaign.' },
    LICENCE_MISSING: { description: 'A content has no licence until the end of the campaign.' },
  },
});

@ObjectType('CampaignPlanVersion', { description: 'One version of what the partners agree on.', simpleResolvers: true })
export class CampaignPlanVersionType {
  @Field(() => Int, { description: 'Its number, from 1.' })
  readonly number: number;

  @Field(() => [PlanPartEnum], { description: 'What is new in it.' })
  readonly parts: readonly PlanPart[];

  @Field(() => String, { description: 'Who changed it: "user:..." or "system:...".' })
  readonly by: string;

  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

@ObjectType('CampaignApproval', { description: "A partner's word that it takes part as planned." })
export class CampaignApprovalType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => Int, { description: 'Number of the plan that it approved.' })
  readonly planVersion: number;

  @Field(() => Boolean, {
    description: 'Whether that is the plan as it stands: an approval of an earlier one is void.',
  })
  readonly isCurrent: boolean;

  @Field(() => String, { description: 'Who gave it: "user:..." or "system:...".' })
  readonly by: string;

  @Field(() => Date, { description: 'When.' })
  readonly at: Date;
}

@ObjectType('CampaignBudgetShare', { description: "A partner's share of the budget, and what is left of it." })
export class CampaignBudgetShareType {
  /** Not part of the API. */
  readonly partnerId: string;

  @Field(() => MoneyType, { description: 'What it pays. The shares of all partners sum to the budget.' })
  readonly share: MoneyType;

  @Field(() => MoneyType, { description: 'What it has spent: the sum of its costs.' })
  readonly spent: MoneyType;

  @Field(() => MoneyType, { description: 'Share less what was spent; negative when more was spent.' })
  readonly left: MoneyType;
}

@ObjectType('LaunchBlocker', {
  description: 'Something that keeps a campaign from going live, or from running until its end.',
  simpleResolvers: true,
})
export class LaunchBlockerType {
  @Field(() => BlockerKindEnum, { description: 'Of what kind.' })
  readonly kind: BlockerKind;

  @Field(() => ID, { description: 'The partner, task, content or campaign that it is about.' })
  readonly subjectId: string;

  @Field(() => String, { description: 'What is missing, by name.' })
  readonly message: string;
}

export function toPlanVersion({ number, parts, by, at }: PlanVersionRow): CampaignPlanVersionType {
  return build(CampaignPlanVersionType, { number, parts, by, at });
}

export function toApproval(row: ApprovalRow, currentVersion: number): CampaignApprovalType {
  const { partnerId, planVersion, by, at } = row;
  return build(CampaignApprovalType, { partnerId, planVersion, isCurrent: planVersion === currentVersion, by, at });
}

export function toBudgetShare(row: BudgetShareRow, currency: string): CampaignBudgetShareType {
  const { partnerId, shareMinor, spentMinor } = row;
  return build(CampaignBudgetShareType, {
    partnerId,
    share: toMoney(shareMinor, currency),
    spent: toMoney(spentMinor, currency),
    left: toMoney(shareMinor - spentMinor, currency),
  });
}

const subjectTypes: Readonly<Record<BlockerKind, string>> = {
  END_PASSED: 'Campaign',
  APPROVAL_MISSING: 'Partner',
  TASK_OPEN: 'CampaignTask',
  CONTRACT_MISSING: 'Partner',
  LICENCE_MISSING: 'Content',
};

export function toLaunchBlocker({ kind, subjectId, message }: LaunchBlocker): LaunchBlockerType {
  return build(LaunchBlockerType, { kind, subjectId: globalId(subjectTypes[kind], subjectId), message });
}
