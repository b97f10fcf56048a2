import type { JobHandler } from './job-handler.ts';

/** Learns anew what would be lost without each partner's channel in each campaign. */
export const learnRemovalEffects: JobHandler<'learn-removal-effects'> = (payload, { services }) =>
  services.removalEffects.learn(payload);
