import {
  ATTRIBUTION_MODELS,
  type AttributionModel,
  type AttributionModelName,
  DEFAULT_HALF_LIFE_DAYS,
} from '../math/attribution/index.ts';

/** Models that share a conversion by what is in its journey alone. MARKOV needs what was learnt from all journeys. */
export type JourneyModelName = Exclude<AttributionModelName, 'MARKOV'>;

export const JOURNEY_MODELS = [
  'FIRST_TOUCH',
  'LAST_TOUCH',
  'LINEAR',
  'POSITION',
  'TIME_DECAY',
  'SHAPLEY',
] as const satisfies readonly JourneyModelName[];

/** A model as one run uses it. */
export interface CampaignModel {
  readonly name: AttributionModelName;
  readonly kernel: AttributionModel;
  /** What decides about credit beside the name: part of the digest, so that another setting makes a new run. */
  readonly settings: Readonly<Record<string, number | string>>;
  /** The version of removal effects; null for models that learn nothing. */
  readonly effectsVersion: number | null;
}

/** The models that need nothing but the journeys. */
export function journeyModels(): CampaignModel[] {
  return JOURNEY_MODELS.map((name) => ({
    name,
    kernel: ATTRIBUTION_MODELS[name],
    settings: name === 'TIME_DECAY' ? { halfLifeDays: DEFAULT_HALF_LIFE_DAYS } : {},
    effectsVersion: null,
  }));
}
