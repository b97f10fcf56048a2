export { PARTNER_KINDS, Partner, PartnerSchema } from './partner.entity.ts';
export { PARTNER_STATES, type PartnerState } from './partner.state.ts';
export { PartnerMember, PartnerMemberSchema } from './partner-member.entity.ts';
export { PartnerStep, PartnerStepSchema } from './partner-step.entity.ts';
