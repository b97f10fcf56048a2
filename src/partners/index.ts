export { PARTNER_KINDS, Partner, type PartnerKind, PartnerSchema } from './partner.entity.ts';
export { AlreadyMemberError, LastOwnerError, UnknownPersonError } from './partner.errors.ts';
export {
  findMembersOfPartners,
  findPartnersByIds,
  findStepsOfPartners,
  findVisiblePartner,
  type PartnerMemberRow,
  type PartnerRow,
  type PartnerStepRow,
} from './partner.queries.ts';
export { PartnerService } from './partner.service.ts';
export { PARTNER_STATES, type PartnerState } from './partner.state.ts';
export { PartnerMember, PartnerMemberSchema } from './partner-member.entity.ts';
export { PartnerMemberService } from './partner-member.service.ts';
export { PartnerStepSchema } from './partner-step.entity.ts';
