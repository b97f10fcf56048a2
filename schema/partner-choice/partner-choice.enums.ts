import { registerEnumType } from 'type-graphql';
import {
  CHOICE_CRITERIA,
  FORECAST_STATES,
  LEFT_OUT_REASONS,
  MARKET_MEASURES,
  MISSING_POLICIES,
  MISSING_REASONS,
  TREATMENTS,
} from '../../src/partner-choice/index.ts';
import { enumOf } from '../shared/enum.ts';

export const ChoiceCriterionEnum = enumOf(CHOICE_CRITERIA);
registerEnumType(ChoiceCriterionEnum, {
  name: 'ChoiceCriterion',
  description: 'What partners are compared by. Of each more is better.',
  valuesConfig: {
    AUDIENCE_FIT: {
      description:
        'Cosine of the mix of domains wanted and that of what the people of the partner do, times the part of them who are ' +
        'wanted when the goal wants certain people. Each person counts as one, whatever the number of their interactions.',
    },
    BRAND_INFLUENCE: { description: 'ln(1 + people who did something with its contents, or bought one).' },
    MARKET_PERFORMANCE: {
      description:
        'Mean of what was sold of its contents, less what went back since, and of buyers per person: each as a part of the ' +
        'highest among the candidates.',
    },
    INTERACTION_RATE: {
      description:
        'Interactions other than views per view, dismissals aside, drawn towards the rate of all candidates together as if ' +
        'there had been 100 views more of that rate.',
    },
    SOCIAL_IMPACT: {
      description: "Nothing in the platform's books says it yet: it is missing of every partner, and left out openly.",
    },
  },
});

export const ChoiceMissingReasonEnum = enumOf(MISSING_REASONS);
registerEnumType(ChoiceMissingReasonEnum, {
  name: 'ChoiceMissingReason',
  description: 'Why a figure is missing.',
  valuesConfig: {
    TOO_FEW_PEOPLE: { description: 'It would rest on fewer than 10 people.' },
    TOO_FEW_PROFILES: { description: 'Fewer than 10 of its people told of themselves and let it be used.' },
    TOO_FEW_BUYERS: { description: 'From 1 to 9 people bought something.' },
    NO_VIEWS: { description: 'Nobody viewed anything.' },
    NOT_ENTERED: { description: 'Nobody entered it.' },
  },
});

export const ChoiceTreatmentEnum = enumOf(TREATMENTS);
registerEnumType(ChoiceTreatmentEnum, {
  name: 'ChoiceTreatment',
  description: 'What was done about a figure that is missing.',
  valuesConfig: {
    MEDIAN: { description: 'The median of the known figures stands in.' },
    CRITERION_LEFT_OUT: { description: 'The criterion is not counted for anybody.' },
  },
});

export const ChoiceMissingPolicyEnum = enumOf(MISSING_POLICIES);
registerEnumType(ChoiceMissingPolicyEnum, {
  name: 'ChoiceMissingPolicy',
  description: 'What to do about missing figures of a criterion that is known of other partners.',
  valuesConfig: {
    IMPUTE: { description: 'Take the median of the known ones, and say so.' },
    LEAVE_OUT: { description: 'Leave the partner out.' },
  },
});

export const ChoiceLeftOutReasonEnum = enumOf(LEFT_OUT_REASONS);
registerEnumType(ChoiceLeftOutReasonEnum, {
  name: 'ChoiceLeftOutReason',
  description: 'Why a partner is not ranked.',
  valuesConfig: {
    NOT_ACTIVE: { description: 'It was named, and is not ACTIVE.' },
    NOTHING_KNOWN: { description: 'No criterion that counts is known of it: most often, it has fewer than 10 people.' },
    FIGURE_MISSING: { description: 'A figure is missing, and such partners were to be left out.' },
  },
});

export const MarketMeasureEnum = enumOf(MARKET_MEASURES);
registerEnumType(MarketMeasureEnum, {
  name: 'MarketMeasure',
  description: 'What MARKET_PERFORMANCE takes for what was sold. Amounts of several currencies are never added up.',
  valuesConfig: {
    REVENUE: { description: 'Revenue: one currency alone has 10 buyers of a partner or more. Others are not counted.' },
    SALES: { description: 'The number of sales: there are several such currencies.' },
  },
});

export const ForecastStateEnum = enumOf(FORECAST_STATES);
registerEnumType(ForecastStateEnum, {
  name: 'ForecastState',
  description: 'Whether registrations can be forecast.',
  valuesConfig: {
    FORECAST: { description: 'They are.' },
    NOT_ENOUGH_CAMPAIGNS: { description: 'Too few past campaigns are known well enough.' },
    FACTORS_MISSING: { description: 'A factor of one of the partners is not known.' },
  },
});
