import { IANAZone } from 'luxon';
import type { RoundingRule } from '../math/allocation/index.ts';
import { requireTender } from '../shared/currency.ts';
import { InvalidInputError } from '../shared/domain-error.ts';
import { requireText } from '../shared/input.ts';
import { quoted } from '../shared/quoted.ts';
import type { PartyRole } from './contract-party.entity.ts';
import { checkTerms, type TermContext } from './contract-terms.ts';
import type { PayoutMinimum, PoolModel } from './contract-version.entity.ts';
import type { TermProposal } from './term-row.ts';

export interface ContractProposal extends VersionProposal {
  readonly name: string;
  /** ISO 4217. */
  readonly currency: string;
  /** Further ones, if any. Sales in none of these are not the contract's. */
  readonly currencies?: readonly string[] | undefined;
  /** IANA name. Decides in which month a sale falls. */
  readonly timeZone: string;
  /** From notice to the earliest end; 30 when absent. */
  readonly noticeDays?: number | undefined;
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
  /** How long earnings are kept back before they can be paid out; none when absent. */
  readonly holdDays?: number | undefined;
  /** From how much on partners are paid out; none when absent. */
  readonly payoutMinimums?: readonly PayoutMinimum[] | undefined;
  /** What the version is for, or what it changes. */
  readonly note: string;
  readonly terms: readonly TermProposal[];
}

export type CheckedVersion = ReturnType<typeof checkVersion>;

const MAX_PARTIES = 20;
const MAX_CURRENCIES = 20;
const MAX_NOTICE_DAYS = 730;
const MAX_HOLD_DAYS = 365;
const DEFAULT_NOTICE_DAYS = 30;

/** @throws InvalidInputError */
export function checkContract(proposal: ContractProposal) {
  const { timeZone, parties, noticeDays = DEFAULT_NOTICE_DAYS } = proposal;
  const currencies = checkCurrencies(proposal);
  if (!IANAZone.isValidZone(timeZone)) {
    throw new InvalidInputError(
      'timeZone',
      `${quoted(timeZone)} is not a time zone of the IANA list such as "Asia/Shanghai".`,
    );
  }
  assertDays('noticeDays', noticeDays, MAX_NOTICE_DAYS);
  const name = requireText('name', proposal.name, { maxLength: 120 });
  const partyIds = checkParties(parties);
  return { name, currency: proposal.currency, currencies, timeZone, noticeDays, partyIds };
}

/** @throws InvalidInputError, AmbiguousTermsError */
export function checkVersion(version: VersionProposal, context: TermContext) {
  const { effectiveFrom, rounding, poolModel, holdDays = 0, payoutMinimums = [] } = version;
  assertDays('holdDays', holdDays, MAX_HOLD_DAYS);
  const note = requireText('note', version.note, { maxLength: 500, multiline: true });
  const payout = { holdDays, payoutMinimums: checkMinimums(payoutMinimums, context.currencies) };
  return { effectiveFrom, rounding, poolModel, ...payout, note, terms: checkTerms(version.terms, context) };
}

/** All currencies, the first one first. */
function checkCurrencies({ currency, currencies = [] }: ContractProposal): string[] {
  requireTender('currency', currency);
  const all = [...new Set([currency, ...currencies])];
  for (const [at, code] of currencies.entries()) requireTender(`currencies.${at}`, code);
  if (all.length <= MAX_CURRENCIES) return all;
  throw new InvalidInputError('currencies', `A contract is for at most ${MAX_CURRENCIES} currencies.`);
}

function checkMinimums(minimums: readonly PayoutMinimum[], currencies: readonly string[]): PayoutMinimum[] {
  const seen = new Set<string>();
  return minimums.map(({ currency, amount }, at) => {
    const path = `payoutMinimums.${at}`;
    if (!currencies.includes(currency) || seen.has(currency)) {
      throw new InvalidInputError(`${path}.currency`, 'A minimum is for a currency of the contract, one for each.');
    }
    if (!/^\d{1,15}$/.test(amount)) {
      throw new InvalidInputError(`${path}.amount`, 'A minimum is from 0 to 999999999999999 minor units.');
    }
    seen.add(currency);
    return { currency, amount };
  });
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

function assertDays(field: string, days: number, max: number): void {
  if (Number.isInteger(days) && days >= 0 && days <= max) return;
  throw new InvalidInputError(field, `"${field}" is a whole number of days from 0 to ${max}.`);
}
