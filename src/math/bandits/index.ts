export { type Bandit, chooseArm, type Outcome } from './bandit.ts';
export { type BetaState, betaThompson } from './beta-thompson.ts';
export { withFloors } from './floors.ts';
export { type LinUcbState, linUcb } from './lin-ucb.ts';
export { type NormalState, normalThompson } from './normal-thompson.ts';
export {
  estimatePolicy,
  type LoggedChoices,
  type OffPolicyReading,
  type PolicyEstimate,
} from './off-policy.ts';
export { probabilityBestOfBetas, probabilityBestOfNormals } from './probability-best.ts';
export { expectRewards } from './reward-model.ts';
export { DEFAULT_TRUST_RULES } from './trust.ts';
