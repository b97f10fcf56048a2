import { IANAZone } from 'luxon';
import type { RoundingRule } from '../math/allocation/index.ts';
import { currencyExponent } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import type { PartyRole } from './contract-party.entity.ts';
import { checkTerms } from './contract-terms.ts';
import type { PoolModel } from './contract-version.entity.ts';
import type { TermProposal } from './term-row.ts';

export interface ContractProposal extends VersionProposal {
  readonly name: string;
  /** ISO 4217. Sales in other currencies are not the contract's. */
  readonly currency: string;
  /** IANA name. Decides in which month a sale falls. */
  readonly timeZone: string;
  readonly parties: readonly PartyProposal[];
}

export interface PartyProposal {
  readonly partnerId: string;
  readonly role: PartyRole;
}

export interface VersionProposal {
  /** First instant whose sales the version splits. */
  readonly effectiveFrom: Date;
  readonly rounding: RoundingRule;
  readonly poolModel: PoolModel;
  /** What the version is for, or what it changes. */
  readonly note: string;
  readonly terms: readonly TermProposal[];
}

const MAX_PARTIES = 20;

/** @throws InvalidInputError */
export function checkContract({ name, currency, timeZone, parties }: ContractProposal) {
  currencyExponent(currency);
  if (!IANAZone.isValidZone(timeZone)) {
    throw new InvalidInputError(
      'timeZone',
      `"${timeZone}" is not a time zone of the IANA list such as "Asia/Shanghai".`,
    );
  }
  return { name: requireText('name', name, { maxLength: 120 }), currency, timeZone, partyIds: checkParties(parties) };
}

/** @throws InvalidInputError */
export function checkVersion(version: VersionProposal, partyIds: readonly string[]) {
  const { effectiveFrom, rounding, poolModel } = version;
  const note = requireText('note', version.note, { maxLength: 500, multiline: true });
  return { effectiveFrom, rounding, poolModel, note, terms: checkTerms(version.terms, partyIds) };
}

function checkParties(parties: readonly PartyProposal[]): string[] {
  if (parties.length > MAX_PARTIES || !parties.some(({ role }) => role === 'SUPPLIER')) {
    throw new InvalidInputError(
      'parties',
      `A contract has at most ${MAX_PARTIES} partners as parties, of whom at least one is a supplier.`,
    );
  }
  const seen = new Set<string>();
  for (const [at, { partnerId }] of parties.entries()) {
    if (seen.has(partnerId)) throw new InvalidInputError(`parties.${at}.partnerId`, 'The partner is a party already.');
    seen.add(partnerId);
  }
  return [...seen];
}
