import type { ContractService } from '../../src/contracts/index.ts';
import { localId } from '../../src/shared/global-id.ts';
import type { ProposeContractInputType, VersionInput } from './contract.input.ts';
import { toTermProposals } from './contract-term.input.ts';

/** What is proposed, with identifiers as the business knows them. */
export function toNewContract(input: ProposeContractInputType): Parameters<ContractService['propose']>[1] {
  const parties = input.parties.map(({ partnerId, role }) => ({ partnerId: localId('Partner', partnerId), role }));
  const { name, currency, currencies, noticeDays, timeZone } = input;
  return { ...toVersion(input), name, currency, currencies, noticeDays, timeZone, parties };
}

export function toVersion(input: VersionInput) {
  const { effectiveFrom, rounding, poolModel, holdDays, note } = input;
  const payoutMinimums = input.payoutMinimums.map(({ currency, amount }) => ({ currency, amount: String(amount) }));
  return { effectiveFrom, rounding, poolModel, holdDays, payoutMinimums, note, terms: toTermProposals(input.terms) };
}

/** The contract, and which side of it acts: null for the platform. */
export function toSide(input: { contractId: string; partnerId?: string | null }) {
  const partnerId = input.partnerId ? localId('Partner', input.partnerId) : null;
  return { contractId: localId('Contract', input.contractId), partnerId };
}
