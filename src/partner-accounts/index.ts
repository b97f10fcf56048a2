export { type AccountedEntry, PartnerAccountService, type PartnerEntryDraft } from './partner-account.service.ts';
export {
  PARTNER_ENTRY_KINDS,
  PartnerEntry,
  type PartnerEntryKind,
  PartnerEntrySchema,
} from './partner-entry.entity.ts';
export {
  findPayable,
  findPayables,
  findWaitingParts,
  type PayableParts,
  type WaitingPart,
} from './payable.queries.ts';
