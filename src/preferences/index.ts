export {
  type Consent,
  type ConsentChoiceRow,
  findConsents,
  hasConsent,
} from './consent.queries.ts';
export { ConsentService } from './consent.service.ts';
export { ConsentChoiceSchema } from './consent-choice.entity.ts';
export { CONSENT_PURPOSES, type ConsentPurpose, PURPOSES } from './consent-purposes.ts';
export { PartnerBlockSchema } from './partner-block.entity.ts';
export { blockedPartnerIds, findBlockedAmong, type PartnerBlockRow } from './partner-block.queries.ts';
export { MOST_BLOCKED, PartnerBlockService } from './partner-block.service.ts';
export { TooManyBlocksError } from './preference.errors.ts';
