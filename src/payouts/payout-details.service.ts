import { LockMode } from '@mikro-orm/core';
import { Partner } from '../partners/index.ts';
import type { Platform } from '../platform/platform.ts';
import { type Actor, actorName, requirePartner } from '../shared/actor.ts';
import { ForbiddenError } from '../shared/domain-error.ts';
import { requireCountry, requireText } from '../shared/input.ts';
import type { Page, PageRequest } from '../shared/page.ts';
import { requireAccount } from './bank-account.ts';
import { PayoutDetails } from './payout-details.entity.ts';
import { findDetailsPage, type PayoutDetailsRow, shownTo } from './payout-details.queries.ts';
import { PAYOUT_READERS } from './payout-readers.ts';

export interface PayoutDetailsInput {
  readonly partnerId: string;
  readonly beneficiary: string;
  readonly account: string;
  readonly bankName: string;
  /** Of the bank, ISO 3166-1 alpha-2. */
  readonly country: string;
}

/** Where partners' money goes. */
export class PayoutDetailsService {
  readonly #platform: Platform;

  constructor(platform: Platform) {
    this.#platform = platform;
  }

  /**
   * Says where a partner's money goes from now on, as a new version. What is said already makes none. Batches that are
   * proposed already cannot be approved any more.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor is an owner of the partner; no staff may
   * @throws InvalidInputError
   */
  async set(actor: Actor, input: PayoutDetailsInput): Promise<PayoutDetailsRow> {
    const { partnerId } = input;
    requirePartner(actor, partnerId, { memberRoles: ['OWNER'], staffRoles: [] });
    const facts = checkDetails(input);
    const { clock, database, ids } = this.#platform;
    return database.transaction(async (em) => {
      // One version after the other: the partner's row is what two owners wait for.
      const partner = await em.findOne(Partner, { id: partnerId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!partner) throw new ForbiddenError();
      const latest = await em.findOne(PayoutDetails, { partnerId }, { orderBy: { number: 'desc' } });
      if (latest && isSame(latest, facts)) return shownTo(actor)(toRow(latest));
      const place = { id: ids.next(), partnerId, number: (latest?.number ?? 0) + 1 };
      const set = { setBy: actorName(actor), setAt: clock.now() };
      return shownTo(actor)(toRow(em.create(PayoutDetails, { ...place, ...facts, ...set }, { persist: true })));
    });
  }

  /**
   * Where a partner's money goes, and went before: the latest first, which is the one that counts.
   *
   * @throws UnauthenticatedError, ForbiddenError unless the actor may read the partner's payouts
   */
  async list(actor: Actor, partnerId: string, page: PageRequest): Promise<Page<PayoutDetailsRow>> {
    requirePartner(actor, partnerId, PAYOUT_READERS);
    const { rows, hasNextPage } = await findDetailsPage(this.#platform.database, partnerId, page);
    return { rows: rows.map(shownTo(actor)), hasNextPage };
  }
}

type Facts = Omit<PayoutDetailsInput, 'partnerId'>;

function checkDetails(input: PayoutDetailsInput): Facts {
  return {
    beneficiary: requireText('beneficiary', input.beneficiary, { minLength: 2, maxLength: 140 }),
    account: requireAccount(input.account),
    bankName: requireText('bankName', input.bankName, { minLength: 2, maxLength: 140 }),
    country: requireCountry('country', input.country),
  };
}

function isSame(one: Facts, other: Facts): boolean {
  return (['beneficiary', 'account', 'bankName', 'country'] as const).every((name) => one[name] === other[name]);
}

function toRow(details: PayoutDetails): PayoutDetailsRow {
  const { id, partnerId, number, beneficiary, account, bankName, country, setBy, setAt } = details;
  return { id, partnerId, number, beneficiary, account, bankName, country, setBy, setAt };
}
